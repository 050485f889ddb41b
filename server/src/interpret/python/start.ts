import { startedCommands } from '../product.js';
import { resolvePath, searchPath, startProcess } from '../query.js';
import type { Process, Stage, StageState } from '../state.js';
import { baseName, currentEntry, exactFact, openFolder, parentOf } from '../tree.js';
import { findPython, hasName, isManagers, systemPythons } from './find.js';
import { isWithin, pythonAt, type Application, type Environment, type Python } from './places.js';

/** How the finished stage starts Python; only where it starts one single command. */
export type PythonStart = {
  /** The absolute path of the program. */
  readonly program: string;
  /** Null for a console script, whose interpreter its first line names. */
  readonly interpreter: Python | null;
  /** The virtual environment whose `bin` holds the program. */
  readonly environment: { readonly root: string; readonly place: Environment } | null;
  /** The program is a link to a script of an environment that is surely not there. */
  readonly lost?: Application;
  /** The words after the program. */
  readonly words: readonly string[];
  readonly process: Process;
};

/** Null when the image starts something else, or when it is not known what. */
export function pythonStart(stage: Stage): PythonStart | null {
  const process = startProcess(stage.end);
  const commands = startedCommands(stage);
  const [words = []] = commands;
  if (!process.known || !process.value || commands.length !== 1 || setsOwn(process.value)) return null;
  return startOf(stage.end, words, process.value);
}

/** The Python that a HEALTHCHECK in exec form starts. */
export function pythonHealthcheck({ end }: Stage): PythonStart | null {
  const process = end.healthcheck.known ? end.healthcheck.value : null;
  return process?.form === 'exec' && !setsOwn(process) ? startOf(end, process.argv, process) : null;
}

/** `env PYTHONPATH=/deps python …`: the program sees another environment than the image gives. */
function setsOwn({ argv }: Process): boolean {
  return argv.some((word) => /(^|[\s;&("'])(PYTHON\w*|PATH|LD_LIBRARY_PATH)=/.test(word));
}

function startOf(state: StageState, [program = '', ...words]: readonly string[], process: Process): PythonStart | null {
  if (program === '') return null;
  const found = program.includes('/') ? atPath(state, program) : onPath(state, program);
  return found ? { ...found, words, process } : null;
}

function onPath(state: StageState, program: string): Located {
  const folders = searchPath(state);
  if (!folders) return isInterpreter(program) ? onlyPython(state, program) : null;
  let lost: Located = undefined;
  for (const folder of folders) {
    const found = inFolder(state, { folder, name: program });
    // A search skips a link that leads nowhere.
    if (found?.lost) lost ??= found;
    else if (found !== undefined) return found;
    else if (isManagers(folder)) return null;
  }
  return lost;
}

/** Whatever PATH is: an image with one Python starts that one. */
function onlyPython(state: StageState, name: string): Located {
  const [python, ...others] = systemPythons(state);
  const isOther = [...state.python.entries()].some(([, { kind }]) => kind === 'environment' || kind === 'interpreter');
  if (!python?.folder || others.length > 0 || isOther || state.blur || !hasName(python, name)) return null;
  return { program: `${python.folder}/${name}`, interpreter: python, environment: null };
}

/** Undefined: not there, the search goes on. Null: something that is not known. */
type Located = Omit<PythonStart, 'words' | 'process'> | null | undefined;

function atPath(state: StageState, program: string): Located {
  if (!program.startsWith('/') && !state.workdir.known) return null;
  const path = resolvePath(state.workdir.known ? state.workdir.value : '/', program);
  return inFolder(state, { folder: parentOf(path), name: baseName(path), isNamed: true });
}

type Asked = { readonly folder: string; readonly name: string; readonly isNamed?: boolean };

/** `isNamed`: by its path, so that no search goes on behind it. */
function inFolder(state: StageState, { folder, name, isNamed = false }: Asked): Located {
  const program = `${folder}/${name}`;
  const root = parentOf(folder);
  const place = baseName(folder) === 'bin' ? pythonAt(state, root) : null;
  const environment = place?.kind === 'environment' ? { root, place } : null;
  const own = pythonAt(state, program);
  if (own?.kind === 'application') return inApplication(state, own, program);
  if (isInterpreter(name)) {
    if (environment) {
      const linked = { program, interpreter: environment.place.python, environment };
      return isNamed ? linked : onSearch(state, linked);
    }
    const found = findPython(state, program, null);
    if (found) return { program, interpreter: found.python, environment: null };
  } else if (environment) return isNative(name) ? null : { ...scriptAt(program), environment };
  else if (pythonAt(state, folder)?.kind === 'scripts')
    return isNative(name) || hasApplications(state, folder) ? null : scriptAt(program);
  const file = exactFact(state, program);
  if (file.known && file.value) return null;
  return openFolder(state, program) || currentEntry(state, program) ? null : undefined;
}

/** A search skips a link that leads nowhere. */
function onSearch(state: StageState, linked: NonNullable<Located> & { interpreter: Python }): Located {
  const isThere = hasPython(state, linked.interpreter);
  if (isThere === null) return null;
  return isThere ? linked : undefined;
}

/** The script lies in the environment; without that the link leads nowhere. */
function inApplication(state: StageState, own: Application, program: string): Located {
  const { script } = own;
  if (isReplaced(state, own, program)) return null;
  const root = parentOf(parentOf(script));
  const place = pythonAt(state, root);
  if (place?.kind !== 'environment') return isGone(state, root) === false ? { ...scriptAt(program), lost: own } : null;
  return isNative(script) ? null : { ...scriptAt(script), environment: { root, place } };
}

/** Whether something else was put at the path of a link. */
function isReplaced(state: StageState, { because: [made] }: Application, path: string): boolean {
  const [last] = currentEntry(state, path)?.because ?? [];
  if (last?.kind !== 'instruction') return last !== undefined;
  return made?.kind !== 'instruction' || made.span.start !== last.span.start;
}

function scriptAt(program: string) {
  return { program, interpreter: null, environment: null };
}

/** Links beside scripts: what else is there by another name may be either. */
function hasApplications(state: StageState, folder: string): boolean {
  return [...state.python.entries()].some(([path, { kind }]) => kind === 'application' && parentOf(path) === folder);
}

/** Programs in machine code, which some packages bring: they need no Python. */
function isNative(program: string): boolean {
  return nativePrograms.includes(baseName(program));
}

const nativePrograms =
  'clang-format cmake cpack ctest dumb-init maturin ninja ruff shellcheck taplo ty typos uv uvx'.split(' ');

function isInterpreter(name: string): boolean {
  return /^python(3(\.\d+)?)?$/.test(name);
}

/** Whether the interpreter that a link or a first line names is in the image; null when that is not known. */
export function hasPython(state: StageState, python: Python): boolean | null {
  const { alternative } = python;
  const own = hasExactly(state, python);
  if (own === null || alternative === null) return own;
  const other = hasExactly(state, { ...python, folder: alternative, path: null, isManaged: true });
  return own === other ? own : null;
}

/** Whether uv may have taken an interpreter of its own in place of the system's, and the image may have that. */
export function mayHaveAlternative(state: StageState, python: Python): boolean {
  const { alternative } = python;
  if (alternative === null) return false;
  return hasExactly(state, { ...python, folder: alternative, path: null, isManaged: true }) !== false;
}

function hasExactly(state: StageState, python: Python): boolean | null {
  const { folder, path } = python;
  if (folder === null) return null;
  if (python.isManaged) return pythonAt(state, folder)?.kind === 'interpreter' ? true : isGone(state, folder);
  if (path === null) return null;
  if (pythonAt(state, path)?.kind === 'interpreter') return true;
  if (findPython(state, path, null)) return true;
  const fact = exactFact(state, path);
  if (fact.known) return fact.value;
  if (isOtherMinor(state, path)) return false;
  if (isWithin(path, '/usr/bin') && !isWithoutPackages(state)) return null;
  return isGone(state, path);
}

/** Nothing that was not followed may have put it there, and the base image is one that has its Python elsewhere. */
export function isGone(state: StageState, path: string): false | null {
  const { runtime, blur } = state;
  if (blur || !runtime.known || openFolder(state, `${path}/x`) || currentEntry(state, path)?.kind === 'unknown')
    return null;
  const own = systemPythons(state);
  if (own.some(({ folder }) => folder === null)) return null;
  return own.some(({ folder }) => folder !== null && isWithin(path, folder)) ? null : false;
}

/** `python3.12` beside the `python3.13` of an image. */
function isOtherMinor(state: StageState, path: string): boolean {
  const version = /\/python(3\.\d+)$/.exec(path)?.[1];
  const own = systemPythons(state).find(({ folder }) => folder === parentOf(path));
  return version !== undefined && own !== undefined && own.version !== null && own.version !== version;
}

/** An image without a package manager has no second Python beside its own. */
function isWithoutPackages({ packageManager }: StageState): boolean {
  return packageManager.known && packageManager.value === null;
}
