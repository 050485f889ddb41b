import { variable } from '../scene.js';
import { resolvePath } from '../query.js';
import type { StageState } from '../state.js';
import { parentOf } from '../tree.js';
import { findPython } from './find.js';
import { pythonAt, type Python } from './places.js';
import type { PythonStart } from './start.js';

/** The interpreter that runs in the end. */
export type Running = {
  readonly python: Python;
  /** As it is in the finished image: its version is what counts there. */
  readonly version: string | null;
  /** The root of the virtual environment it runs in, null outside of one. */
  readonly root: string | null;
};

/** Null where it is not known. A console script names the interpreter of the place it was made at. */
export function runningPython(state: StageState, start: PythonStart): Running | null {
  const { environment, program } = start;
  if (environment && start.interpreter) return within(state, environment.root);
  if (start.interpreter) return { python: start.interpreter, version: start.interpreter.version, root: null };
  const scripts = pythonAt(state, parentOf(program));
  if (scripts?.kind !== 'scripts') return null;
  if (scripts.interpreter === null) return environment ? within(state, environment.root) : null;
  const found = findPython(state, scripts.interpreter, null);
  if (!found) return null;
  if (found.environment) return within(state, found.environment.root);
  return { python: found.python, version: found.python.version, root: null };
}

/** The link of an environment leads to whatever lies at that path now. */
function within(state: StageState, root: string): Running | null {
  const place = pythonAt(state, root);
  if (place?.kind !== 'environment' || place.seesSystem) return null;
  const { python, isCopy } = place;
  if (isCopy) return { python, version: python.version, root };
  if (python.isManaged || python.path === null) return { python, version: python.version, root };
  const now = findPython(state, python.path, null);
  return now ? { python: now.python, version: now.python.version, root } : null;
}

/**
 * Whether the interpreter looks for packages in a directory, null where that is not known. What a program adds to
 * sys.path itself cannot be seen here.
 */
export function isSearched(state: StageState, run: Running, start: PythonStart): (folder: string) => boolean | null {
  const named = namedFolders(state);
  const own = ownFolders(run);
  const script = scriptFolders(state, start);
  const isChanged = [...state.files.entries()].some(
    ([path, { kind }]) => kind !== 'absent' && /\.pth$|\/sitecustomize\.py$/.test(path),
  );
  const asks = start.words.some((word) => /pythonpath|chdir|app-dir|\.(pex|pyz|zip)$/.test(word));
  return (folder) => {
    if (named?.includes(folder) || own?.includes(folder) || script.includes(folder)) return true;
    if (!named || !own || isChanged || asks) return null;
    return isUsers(folder) ? isOwnHome(state, folder) : false;
  };
}

/** Below a home directory: whose home counts depends on who runs it. */
function isUsers(folder: string): boolean {
  return /\/\.local\/lib\/python3\.\d+\/site-packages$/.test(folder);
}

function isOwnHome(state: StageState, folder: string): boolean | null {
  const home = homeOf(state);
  return home === null ? null : folder.startsWith(`${home}/.local/`);
}

/** HOME, or the home directory of root; that of another user is not known. */
function homeOf(state: StageState): string | null {
  const home = state.env.get('HOME');
  if (home) return home.known ? home.value : null;
  const { user } = state;
  return user.known && (user.value.uid === 0 || user.value.name === 'root') ? '/root' : null;
}

/** PYTHONPATH; null where it, or another variable that leads elsewhere, is not known. */
function namedFolders(state: StageState): readonly string[] | null {
  const value = variable(state, 'PYTHONPATH');
  const home = variable(state, 'PYTHONHOME') ?? null;
  if (value === undefined && state.env.get('PYTHONPATH')) return null;
  if (home !== null || state.env.get('PYTHONUSERBASE')) return null;
  if (!value) return state.closed.env.known ? [] : null;
  const base = state.workdir.known ? state.workdir.value : '/';
  return value.split(':').map((folder) => resolvePath(base, folder));
}

/** What the interpreter searches by itself; see https://docs.python.org/3/library/site.html */
function ownFolders({ python, version, root }: Running): readonly string[] | null {
  if (version === null) return null;
  if (root !== null)
    return [`${root}/lib/python${version}/site-packages`, `${root}/lib64/python${version}/site-packages`];
  const { prefix, packages } = python;
  if (prefix === null) return null;
  const library = `${prefix}/lib/python${version}`;
  if (packages === 'site-packages') return [library, `${library}/site-packages`];
  return [
    library,
    `${library}/dist-packages`,
    '/usr/lib/python3/dist-packages',
    `/usr/local/lib/python${version}/dist-packages`,
  ];
}

/** The directory of the script; for -m and -c the working directory. */
function scriptFolders(state: StageState, { words, interpreter, program }: PythonStart): readonly string[] {
  const workdir = state.workdir.known ? [state.workdir.value] : [];
  if (!interpreter) return [parentOf(program)];
  const script = words.find((word) => !word.startsWith('-'));
  if (words.includes('-m') || words.includes('-c') || !script) return workdir;
  return [parentOf(resolvePath(workdir[0] ?? '/', script))];
}
