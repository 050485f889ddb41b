import { normalName } from '../../context/python/lock.js';
import { putUnknownFiles, removeFile } from '../effects.js';
import { packageFolder, systemPythons } from '../python/find.js';
import { minorNumber } from '../python/packages.js';
import { pythonAt, putPython, removePython, type Python } from '../python/places.js';
import type { StageState } from '../state.js';
import { currentEntry, resolvePath } from '../tree.js';
import { because, hasOption, operands, optionValue, pathOf, type CommandContext } from './command.js';
import { homeFolder, putEnvironment, putPackages, pythonOf } from './python.js';
import { uvPython } from './uv-python.js';

/** Where applications go: an environment for each below `environments`, and links to their programs in `programs`. */
type Places = { readonly environments: string; readonly programs: string };

/** What a command says about applications: their packages, null for one whose name is not known. */
type Request = {
  readonly action: string;
  readonly names: readonly (string | null)[];
  /** Of the directory and the links. */
  readonly suffix: string;
  readonly places: Places;
  readonly python: () => Python | null;
  readonly tool: string;
};

/** `pipx install name`; `own` is the interpreter that runs pipx, where it is known. */
export function pipx(state: StageState, context: CommandContext, own: Python | null): StageState {
  const [action, ...words] = operands(context, pipxValued);
  const places = pipxPlaces(state, context);
  if (!action || !places) return state;
  const suffix = optionValue(context, '--suffix') ?? '';
  const isOther = optionValue(context, '--spec') !== undefined;
  const names = words.map((word) => (isOther || suffix === null ? null : nameOf(word)));
  const python = () => pipxPython(state, context, own);
  if (action !== 'inject')
    return apply(state, context, { action, names, suffix: suffix ?? '', places, python, tool: `pipx ${action}` });
  const [name, ...others] = words;
  return inject(state, context, { root: `${places.environments}/${nameOf(name ?? null) ?? ''}`, names: others });
}

/** `uv tool install name`; `words` are those after `tool`. */
export function uvTool(
  state: StageState,
  context: CommandContext,
  [action, ...words]: readonly (string | null)[],
): StageState {
  const places = uvPlaces(state, context);
  if (!action || !places) return state;
  const names = words.map((word) => nameOf(word));
  return apply(state, context, {
    action,
    names,
    suffix: '',
    places,
    python: () => uvPython(state, context),
    tool: `uv tool ${action}`,
  });
}

const pipxValued =
  '--spec --suffix --python --pip-args -i --index-url --backend --preinstall --fetch-python --venv-args -r --requirement'.split(
    ' ',
  );

function apply(state: StageState, context: CommandContext, request: Request): StageState {
  const { action, names } = request;
  if (action === 'install') return names.reduce((next, name) => install(next, context, { ...request, name }), state);
  if (action !== 'uninstall') return state;
  return names.reduce((next, name) => uninstall(next, context, { ...request, name }), state);
}

type OneRequest = Request & { readonly name: string | null };

function install(state: StageState, context: CommandContext, request: OneRequest): StageState {
  const { name, suffix, places, tool } = request;
  const by = because(context, `'${tool}' links the programs of '${name ?? 'an application'}' into this directory.`);
  const listed = putUnknownFiles(state, places.programs, { by });
  if (name === null) return putUnknownFiles(listed, places.environments, { by });
  const path = `${places.environments}/${name}${suffix}`;
  const next = putEnvironment(listed, context, { path, python: request.python(), tool, isApplication: true });
  const link = { kind: 'application', script: `${path}/bin/${name}`, because: [by.evidence] } as const;
  return fill(putPython(next, `${places.programs}/${name}${suffix}`, { place: link, by }), context, {
    root: path,
    names: [name],
  });
}

function inject(
  state: StageState,
  context: CommandContext,
  { root, names }: { readonly root: string; readonly names: readonly (string | null)[] },
): StageState {
  return fill(state, context, { root, names: names.flatMap((word) => nameOf(word) ?? []) });
}

type Fill = { readonly root: string; readonly names: readonly string[] };

function fill(state: StageState, context: CommandContext, { root, names }: Fill): StageState {
  const place = pythonAt(state, root);
  if (place?.kind !== 'environment') return state;
  const { python } = place;
  const folder = packageFolder({ python, environment: { root, place } });
  const tool = context.words.slice(0, 2).join(' ');
  return folder === null ? state : putPackages(state, context, { folder, scripts: null, python, names, tool });
}

function uninstall(state: StageState, context: CommandContext, { name, places, tool }: OneRequest): StageState {
  if (name === null) return state;
  const by = because(context, `'${tool}' removes '${name}'.`);
  return [`${places.environments}/${name}`, `${places.programs}/${name}`].reduce(
    (next, path) => removePython(removeFile(next, path, by), path, by),
    state,
  );
}

/** `name`, `name==1.2`, `name[extra]`, `name@latest`: the directory is called by the normal form of the name. */
function nameOf(word: string | null): string | null {
  const name = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:$|[[=<>~!;@])/.exec(word ?? '')?.[1];
  return name === undefined ? null : normalName(name);
}

/** Source: https://pipx.pypa.io/latest/how-to/configure-paths/ */
function pipxPlaces(state: StageState, context: CommandContext): Places | null {
  const isGlobal = hasOption(context, '--global');
  const home = isGlobal
    ? folderOf(context, 'PIPX_GLOBAL_HOME', () => '/opt/pipx')
    : folderOf(context, 'PIPX_HOME', () => pipxHome(state, context));
  const programs = isGlobal
    ? folderOf(context, 'PIPX_GLOBAL_BIN_DIR', () => '/usr/local/bin')
    : folderOf(context, 'PIPX_BIN_DIR', () => below(homeFolder(state, context), '.local/bin'));
  return home === null || programs === null ? null : { environments: `${home}/venvs`, programs };
}

/** The older place counts where it is there already, and before version 1.3: https://github.com/pypa/pipx/pull/1001 */
function pipxHome(state: StageState, context: CommandContext): string | null {
  const home = homeFolder(state, context);
  const isNew = isNewPipx(state);
  if (home === null || isNew === null) return null;
  const older = resolvePath(home, '.local/pipx');
  if (!isNew || currentEntry(state, older)?.kind === 'directory') return older;
  return below(
    folderOf(context, 'XDG_DATA_HOME', () => resolvePath(home, '.local/share')),
    'pipx',
  );
}

/** Null where it is not known which version is installed. */
function isNewPipx(state: StageState): boolean | null {
  if (state.packages.get('pipx')?.installed) return isNewPackage(state);
  const specs = pipxPlaceOf(state)?.names.filter(isPipx) ?? [];
  const spec = specs.at(-1)?.replace(/\s/g, '');
  if (spec === undefined) return null;
  if (/^pipx(>=.*)?$/i.test(spec)) return true;
  const minor = /^pipx==1\.(\d+)/i.exec(spec)?.[1];
  return minor === undefined ? null : Number(minor) >= 3;
}

/** Debian 12 has pipx 1.1 and Debian 13 1.7; Ubuntu 22.04 has 1.0 and 24.04 has 1.4. */
function isNewPackage({ os }: StageState): boolean | null {
  const version = parseFloat((os.known ? os.value?.version : null) ?? '');
  const id = os.known ? os.value?.id : undefined;
  if (Number.isNaN(version)) return null;
  if (id === 'debian') return version >= 13;
  if (id !== 'ubuntu') return null;
  return version >= 24 ? true : version <= 22.04 ? false : null;
}

/** The packages that pip installed pipx into. */
function pipxPlaceOf({ python }: StageState) {
  for (const [, place] of python.entries()) if (place.kind === 'packages' && place.names.some(isPipx)) return place;
  return null;
}

function isPipx(word: string): boolean {
  return /^pipx(\W|$)/i.test(word);
}

/** The interpreter that an application is made with: the one that is asked for, else that of pipx itself. */
function pipxPython(state: StageState, context: CommandContext, own: Python | null): Python | null {
  const asked = optionValue(context, '--python') ?? context.lookup('PIPX_DEFAULT_PYTHON');
  if (asked === undefined) return null;
  if (asked !== null) return /^(\/|python)/.test(asked) ? (pythonOf(state, context, asked)?.python ?? null) : null;
  if (own) return own;
  const packaged = state.packages.get('pipx');
  if (packaged?.installed) {
    const python = systemPythons(state).find(({ folder }) => folder === '/usr/bin');
    return packaged.isCertain ? (python ?? null) : null;
  }
  const python = pipxPlaceOf(state)?.python ?? null;
  return python && minorNumber(python.version) !== null ? python : null;
}

/** Source: https://docs.astral.sh/uv/reference/storage/#tools */
function uvPlaces(state: StageState, context: CommandContext): Places | null {
  const home = () => homeFolder(state, context);
  const data = (rest: string) =>
    below(
      folderOf(context, 'XDG_DATA_HOME', () => below(home(), '.local/share')),
      rest,
    );
  const environments = folderOf(context, 'UV_TOOL_DIR', () => data('uv/tools'));
  const programs = folderOf(context, 'UV_TOOL_BIN_DIR', () => folderOf(context, 'XDG_BIN_HOME', () => data('../bin')));
  return environments === null || programs === null ? null : { environments, programs };
}

/** The directory that a variable names, or else the usual one; null where that is not known. */
function folderOf(context: CommandContext, name: string, usual: () => string | null): string | null {
  const value = context.lookup(name);
  if (value === undefined) return null;
  return value ? pathOf(context, value) : usual();
}

function below(folder: string | null, rest: string): string | null {
  return folder === null ? null : resolvePath(folder, rest);
}
