import { byDocker, known, unknown } from '../../fact.js';
import { putBundle } from '../bundles.js';
import type { Bundle, StageState } from '../state.js';
import { because, buildCommand, pathOf, type CommandContext, type CommandEffect } from './command.js';
import { readNodeCommand } from './node-command.js';

type Tool = 'playwright' | 'puppeteer';

/** `playwright install`, `npx puppeteer browsers install`, `npm install puppeteer`: browsers built for glibc. */
export const browsers: CommandEffect = (state, context) => {
  const tool = downloader(context);
  const path = tool && folderOf(tool, state, context);
  if (!tool || !path) return state;
  const by = because(context, `${names[tool]} downloads browsers to '${path}'.`);
  const bundle: Bundle = {
    kind: 'browser',
    stage: context.stage,
    libc: known({ kind: 'glibc', version: null }, byDocker(`The browsers of ${names[tool]} are built for glibc.`)),
    version: unknown(),
    built: buildCommand(context),
    platform: null,
    traits: [],
  };
  return putBundle(state, path, { bundle, by });
};

const names: Readonly<Record<Tool, string>> = { playwright: 'Playwright', puppeteer: 'Puppeteer' };

function downloader(context: CommandContext): Tool | null {
  const words = context.words.map((word) => (word ?? '').replace(/(?<=.)@[^/]*$/, ''));
  const at = words.findIndex((word) =>
    /^(playwright(-core)?|@playwright\/test|puppeteer|@puppeteer\/browsers)$/.test(word),
  );
  const isRunner = /^(npx|bunx|npm|yarn|pnpm|poetry|uv|pipenv|python3?)$/.test(words[0] ?? '');
  const isRun = at === 0 || (isRunner && !/^(install|i|add|ci)$/.test(words[1] ?? ''));
  const action = words.slice(at + 1).filter((word) => !word.startsWith('-'));
  if (at >= 0 && isRun) {
    if (words[at]?.includes('playwright')) return action[0] === 'install' ? 'playwright' : null;
    const isInstall = action[0] === 'install' || (action[0] === 'browsers' && action[1] === 'install');
    return isInstall ? 'puppeteer' : null;
  }
  return isPuppeteerPackage(context) ? 'puppeteer' : null;
}

/** The package downloads Chrome when it is installed; playwright does so no more. */
function isPuppeteerPackage(context: CommandContext): boolean {
  if (readNodeCommand(context)?.packages.includes('puppeteer') !== true) return false;
  if (context.words.includes('--ignore-scripts')) return false;
  const skips = ['PUPPETEER_SKIP_DOWNLOAD', 'PUPPETEER_SKIP_CHROMIUM_DOWNLOAD', 'PUPPETEER_CHROME_SKIP_DOWNLOAD'];
  return skips.every((name) => context.lookup(name) === null);
}

const settings: Readonly<Record<Tool, { readonly variable: string; readonly folder: string }>> = {
  playwright: { variable: 'PLAYWRIGHT_BROWSERS_PATH', folder: '.cache/ms-playwright' },
  puppeteer: { variable: 'PUPPETEER_CACHE_DIR', folder: '.cache/puppeteer' },
};

function folderOf(tool: Tool, { user }: StageState, context: CommandContext): string | null {
  const { variable, folder } = settings[tool];
  const given = context.lookup(variable);
  // Of a base image that is not read in full it is taken that it does not move them.
  if (given === undefined && context.whyVariable(variable) !== null) return null;
  if (typeof given === 'string') return given.startsWith('/') ? pathOf(context, given) : null;
  if (!user.known) return null;
  const { uid, name } = user.value;
  const home = uid === 0 || name === 'root' ? '/root' : name === null ? null : `/home/${name}`;
  return home && `${home}/${folder}`;
}
