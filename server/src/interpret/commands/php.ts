import { unknown } from '../../fact.js';
import { putFile } from '../effects.js';
import { withBundle } from '../bundles.js';
import type { Bundle, StageState } from '../state.js';
import { because, buildCommand, operands, type CommandContext, type CommandEffect } from './command.js';

/** docker-php-ext-install of the official image: each extension is a file of its own. */
export const installExtensions: CommandEffect = (state, context) =>
  operands(context, ['-j', '--jobs']).reduce<StageState>((next, name) => extension(next, context, name), state);

/** `pecl install imagick-3.8.0` */
export const pecl: CommandEffect = (state, context) => {
  const [action, ...names] = operands(context, ['-D', '--configureoptions', '-R', '-B']);
  if (action !== 'install') return state;
  return names.reduce<StageState>(
    (next, name) => extension(next, context, name?.replace(/-[^-]*$/, '') ?? null),
    state,
  );
};

/** The date in the folder of extensions: ZEND_MODULE_API_NO in https://github.com/php/php-src/blob/master/Zend/zend_modules.h */
const moduleApi: Readonly<Record<string, string>> = {
  '7.4': '20190902',
  '8.0': '20200930',
  '8.1': '20210902',
  '8.2': '20220829',
  '8.3': '20230831',
  '8.4': '20240924',
  '8.5': '20250925',
};

function extension(state: StageState, context: CommandContext, name: string | null): StageState {
  const folder = folderOf(state);
  if (!folder || name === null || !/^[a-z]\w*$/i.test(name)) return state;
  const path = `${folder}/${name}.so`;
  const by = because(context, `'${context.words[0]}' makes the extension '${name}'.`);
  const next = putFile(state, path, { by });
  const bundle: Bundle = {
    kind: 'php-extension',
    stage: context.stage,
    libc: state.libc,
    version: unknown(),
    built: buildCommand(context),
    platform: null,
    traits: [],
  };
  return by.certain ? withBundle(next, path, bundle) : next;
}

function folderOf({ runtime }: StageState): string | null {
  if (!runtime.known || runtime.value?.name !== 'php') return null;
  const api = moduleApi[/^\d+\.\d+/.exec(runtime.value.version ?? '')?.[0] ?? ''];
  const image = runtime.because.find((item) => item.kind === 'catalog')?.image ?? '';
  if (!api || !/^php:/.test(image)) return null;
  return `/usr/local/lib/php/extensions/no-debug-${/zts/.test(image) ? '' : 'non-'}zts-${api}`;
}
