import { putUnknownFiles } from '../effects.js';
import { findPython, packageFolder, scriptFolder, type Found } from '../python/find.js';
import { pythonAt, putPython, replaceLinks, type Python } from '../python/places.js';
import { entryAt } from '../query.js';
import type { StageState } from '../state.js';
import { resolvePath } from '../tree.js';
import { because, hasOption, operands, optionValue, pathOf, type CommandContext } from './command.js';
import { packageLists } from './python-lists.js';

/** `python -m venv folder`, `virtualenv folder`. */
export function makeEnvironment(state: StageState, context: CommandContext, found: Found | null): StageState {
  const [folder] = operands(context, ['-m', '--prompt', '-p', '--python', '--app-data', '--seeder']);
  const path = pathOf(context, folder);
  if (!path) return state;
  // An environment made by the interpreter of another one links to the interpreter behind that.
  const asked = optionValue(context, '-p', '--python');
  const isNamed = typeof asked === 'string' && /^(\/|python)/.test(asked);
  const other = isNamed ? (pythonOf(state, context, asked)?.python ?? null) : null;
  const python = asked === undefined ? (found?.python ?? null) : other;
  return putEnvironment(state, context, { path, python, tool: 'python -m venv' });
}

export type NewEnvironment = {
  readonly path: string;
  readonly python: Python | null;
  readonly tool: string;
  readonly isApplication?: boolean;
};

export function putEnvironment(state: StageState, context: CommandContext, what: NewEnvironment): StageState {
  const { path, tool } = what;
  const by = because(context, `'${tool}' makes the virtual environment '${path}'.`);
  const python = what.python ?? unknownPython;
  const place = {
    kind: 'environment',
    madeAt: path,
    python,
    isCopy: hasOption(context, '--copies', '--always-copy'),
    isRelocatable: hasOption(context, '--relocatable') || context.lookup('UV_VENV_RELOCATABLE') === '1',
    seesSystem: hasOption(context, '--system-site-packages'),
    isApplication: what.isApplication === true,
    stage: context.stage,
    because: [by.evidence],
  } as const;
  const listed = putUnknownFiles(state, path, { by });
  const next = putPython(listed, path, { place, by });
  const interpreter = place.isRelocatable ? null : `${path}/bin/python`;
  const managed = python.isManaged && python.folder !== null ? putInterpreter(next, context, python) : next;
  return putPython(managed, `${path}/bin`, { place: { kind: 'scripts', interpreter, because: [by.evidence] }, by });
}

/** The interpreter that uv downloaded, by the directory it keeps them in. */
export function putInterpreter(state: StageState, context: CommandContext, python: Python): StageState {
  const { folder } = python;
  if (folder === null || pythonAt(state, folder)) return state;
  const by = because(context, `uv keeps its interpreter in '${folder}'.`);
  return putPython(state, folder, { place: { kind: 'interpreter', python, because: [by.evidence] }, by });
}

const unknownPython: Python = {
  path: null,
  folder: null,
  version: null,
  prefix: null,
  packages: 'site-packages',
  isManaged: false,
  alternative: null,
  isRolling: false,
  because: [],
};

export type Installed = {
  readonly python: Python;
  readonly names: readonly string[];
  /** The directory of the packages, and that of their console scripts. */
  readonly folder: string;
  readonly scripts: string | null;
  readonly tool: string;
};

/** Of many lists for one directory the last ones are kept. */
const mostLists = 50;

export function putPackages(state: StageState, context: CommandContext, what: Installed): StageState {
  const { folder, scripts, python, tool } = what;
  const by = because(context, `'${tool}' installs packages into '${folder}'.`);
  const before = pythonAt(state, folder);
  const names = before?.kind === 'packages' ? [...before.names, ...what.names] : what.names;
  const own = packageLists(state, context);
  const lists = before?.kind === 'packages' ? [...before.lists, ...own].slice(-mostLists) : own;
  const place = { kind: 'packages', python, names, lists, stage: context.stage, because: [by.evidence] } as const;
  // One that is there stays: what only may have been added takes nothing away.
  const next = before?.kind === 'packages' && !by.certain ? state : putPython(state, folder, { place, by });
  const listed = entryAt(state, folder)?.kind === 'directory' ? next : putUnknownFiles(next, folder, { by });
  if (scripts === null) return listed;
  const linked = replaceLinks(listed, scripts, { names: own.length > 0 ? null : what.names.map(plainName), by });
  if (pythonAt(state, scripts)?.kind === 'scripts') return linked;
  const interpreter = python.path;
  return putPython(linked, scripts, { place: { kind: 'scripts', interpreter, because: [by.evidence] }, by });
}

/** `flask==3.1` is flask. */
function plainName(word: string): string {
  return word.replace(/[=<>~!;[ @].*$/s, '');
}

const valued = (
  '-r --requirement -c --constraint -e --editable -i --index-url --extra-index-url -f --find-links -t --target --prefix ' +
  '--root --python -p --cache-dir --src --upgrade-strategy --platform --python-version --python-platform ' +
  '--implementation --abi --only-binary --no-binary --progress-bar --trusted-host --proxy --timeout --retries --report ' +
  '-C --config-settings --global-option --log --cert --client-cert --exists-action --index --default-index --link-mode ' +
  '--extra --group --overrides --resolution --index-strategy --keyring-provider --exclude-newer --torch-backend -b'
).split(' ');

/** `pip install`, however pip is called; `found` is the interpreter it belongs to. */
export function pipInstall(state: StageState, context: CommandContext, found: Found | null): StageState {
  const words = operands(context, valued);
  const at = words.indexOf('install');
  if (!found || at < 0 || context.words.includes('--dry-run') || hasUnknownOption(context)) return state;
  const names = words.slice(at + 1).filter((word): word is string => word !== null);
  const tool = 'pip install';
  const place = destination(state, context, found);
  if (!place) return state;
  const version = optionValue(context, '--python-version');
  const python = version === undefined ? found.python : { ...found.python, version: twoDigits(version) };
  return putPackages(state, context, { ...place, python, names, tool });
}

/** `--target=$(mktemp -d)` */
function hasUnknownOption({ words, raw }: CommandContext): boolean {
  return words.some((word, index) => word === null && raw[index]?.startsWith('-') === true);
}

/** `3.12`, or `312` as pip also takes it. */
function twoDigits(version: string | null): string | null {
  const digits = /^3(\d+)$/.exec(version ?? '')?.[1];
  return digits ? `3.${digits}` : (/^\d+\.\d+/.exec(version ?? '')?.[0] ?? null);
}

type Destination = { readonly folder: string; readonly scripts: string | null };

function destination(state: StageState, context: CommandContext, found: Found): Destination | null {
  const setting = (name: string, ...options: readonly string[]) => {
    const given = optionValue(context, ...options);
    return given === undefined ? (context.lookup(name) ?? undefined) : given;
  };
  if (setting('PIP_ROOT', '--root') !== undefined) return null;
  const target = setting('PIP_TARGET', '-t', '--target');
  if (target !== undefined) return below(pathOf(context, target), (folder) => ({ folder, scripts: `${folder}/bin` }));
  const { version, packages } = found.python;
  const layout = (root: string) =>
    version === null ? null : { folder: `${root}/lib/python${version}/site-packages`, scripts: `${root}/bin` };
  const prefix = setting('PIP_PREFIX', '--prefix');
  // Debian's pip has a layout of its own below a prefix.
  if (prefix !== undefined) return packages === 'dist-packages' ? null : below(pathOf(context, prefix), layout);
  if (hasOption(context, '--user') || isOn(context.lookup('PIP_USER'))) return below(userBase(state, context), layout);
  // pip changes to the user's directory where it may not write.
  const isRoot = state.user.known && (state.user.value.uid === 0 || state.user.value.name === 'root');
  if (!found.environment && !isRoot) return null;
  const folder = packageFolder(found);
  return folder === null ? null : { folder, scripts: scriptFolder(found) };
}

function below(path: string | null, layout: (path: string) => Destination | null): Destination | null {
  return path === null ? null : layout(path);
}

/** PYTHONUSERBASE, or .local in the home directory. */
function userBase(state: StageState, context: CommandContext): string | null {
  const given = context.lookup('PYTHONUSERBASE');
  if (typeof given === 'string' && given !== '') return pathOf(context, given);
  const home = homeFolder(state, context);
  return home === null ? null : resolvePath(home, '.local');
}

/** HOME where it is set; /root for root. */
export function homeFolder({ user }: StageState, { lookup }: CommandContext): string | null {
  const home = lookup('HOME');
  if (typeof home === 'string' && home.startsWith('/')) return home;
  const isRoot = user.known && (user.value.uid === 0 || user.value.name === 'root');
  return isRoot && home !== undefined ? '/root' : null;
}

export function isOn(value: string | null | undefined): boolean {
  return typeof value === 'string' && /^(1|true|yes|on|y|t)$/i.test(value);
}

/** The folders of PATH as the command sees it. */
function pathFolders({ lookup }: CommandContext): readonly string[] | null {
  const path = lookup('PATH');
  return typeof path === 'string' ? path.split(':').map((folder) => folder.replace(/(?<=.)\/+$/, '')) : null;
}

/** The interpreter behind a command word. */
export function pythonOf(state: StageState, context: CommandContext, word: string): Found | null {
  const absolute = word.includes('/') ? pathOf(context, word) : word;
  return absolute === null ? null : findPython(state, absolute, pathFolders(context));
}
