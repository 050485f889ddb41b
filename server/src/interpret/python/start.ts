import { startedCommands } from '../product.js';
import { resolvePath, searchPath, startProcess } from '../query.js';
import type { Process, Stage, StageState } from '../state.js';
import { baseName, currentEntry, exactFact, openFolder, parentOf } from '../tree.js';
import { findPython, hasName, systemPythons } from './find.js';
import { isWithin, pythonAt, type Environment, type Python } from './places.js';

/** How the finished stage starts Python; only where it starts one single command. */
export type PythonStart = {
  /** The absolute path of the program. */
  readonly program: string;
  /** Null for a console script, whose interpreter its first line names. */
  readonly interpreter: Python | null;
  /** The virtual environment whose `bin` holds the program. */
  readonly environment: { readonly root: string; readonly place: Environment } | null;
  /** The words after the program. */
  readonly words: readonly string[];
  readonly process: Process;
};

/** Null when the image starts something else, or when it is not known what. */
export function pythonStart(stage: Stage): PythonStart | null {
  const process = startProcess(stage.end);
  const commands = startedCommands(stage);
  const [words = []] = commands;
  if (!process.known || !process.value || commands.length !== 1) return null;
  return startOf(stage.end, words, process.value);
}

/** The Python that a HEALTHCHECK in exec form starts. */
export function pythonHealthcheck({ end }: Stage): PythonStart | null {
  const process = end.healthcheck.known ? end.healthcheck.value : null;
  return process?.form === 'exec' ? startOf(end, process.argv, process) : null;
}

function startOf(state: StageState, [program = '', ...words]: readonly string[], process: Process): PythonStart | null {
  if (program === '') return null;
  const found = program.includes('/') ? atPath(state, program) : onPath(state, program);
  return found ? { ...found, words, process } : null;
}

function onPath(state: StageState, program: string): Located {
  const folders = searchPath(state);
  if (!folders) return isInterpreter(program) ? onlyPython(state, program) : null;
  for (const folder of folders) {
    const found = inFolder(state, folder, program);
    if (found !== undefined) return found;
  }
  return undefined;
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
  return inFolder(state, parentOf(path), baseName(path), true);
}

function inFolder(state: StageState, folder: string, name: string, isNamed = false): Located {
  const program = `${folder}/${name}`;
  const root = parentOf(folder);
  const place = baseName(folder) === 'bin' ? pythonAt(state, root) : null;
  const environment = place?.kind === 'environment' ? { root, place } : null;
  if (isInterpreter(name)) {
    if (environment) {
      // A search skips a link that leads nowhere.
      const isThere = hasPython(state, environment.place.python);
      if (isThere === false && !isNamed) return undefined;
      return isThere === null && !isNamed ? null : { program, interpreter: environment.place.python, environment };
    }
    const found = findPython(state, program, null);
    if (found) return { program, interpreter: found.python, environment: null };
  } else if (environment) return { program, interpreter: null, environment };
  else if (pythonAt(state, folder)?.kind === 'scripts') return { program, interpreter: null, environment: null };
  const file = exactFact(state, program);
  if (file.known && file.value) return null;
  return openFolder(state, program) || currentEntry(state, program) ? null : undefined;
}

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
