import { isProgram } from '../catalog/vocabulary.js';
import type { Account } from '../catalog/model.js';
import { known, unknown, type Evidence, type Fact } from '../fact.js';
import { shellPaths } from './base.js';
import { isMergedRelease } from './merged.js';
import { exactFact, newestOrder, openFolder, parentOf, resolvePath } from './tree.js';
import type { Process, StageState } from './state.js';

export { entryAt, parentOf, resolvePath } from './tree.js';

/** Where programs of a distribution live; elsewhere a missing entry says nothing. */
const systemFolders = ['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/busybox'];

/** Whether the stage holds a program, library or data by the catalog's name (`curl`, `libssl`, `ca-certificates`). */
export function contentFact(state: StageState, key: string): Fact<boolean> {
  const fact = state.contents.get(key);
  if (fact?.known && fact.value) return fact;
  // An image whose programs are all known may still hold a library or data that nobody listed.
  const closed = isProgram(key) ? state.closed.programs : state.closed.files;
  const absent = fact ?? (closed.known ? known(false, ...closed.because) : undefined);
  if (!absent?.known) return unknown(...(absent?.because ?? closed.because));
  return state.blur ? unknown(state.blur) : absent;
}

/** Whether a file or directory exists at an absolute path. */
export function fileFact(state: StageState, path: string): Fact<boolean> {
  const own = exactFact(state, path);
  const twin = twinOf(path);
  if (twin === null || !mayBeOnePlace(state)) return own;
  const other = exactFact(state, twin);
  const lead = newestOrder(state, twin) - newestOrder(state, path);
  const [newer, older] = lead > 0 ? [other, own] : [own, other];
  if (newer.known && (lead !== 0 || newer.value)) return surely(newer, own, state);
  if (older.known && (older.value || lead === 0)) return surely(older, own, state);
  return newer;
}

/**
 * The path of a program as a process start finds it: looked up in PATH unless it holds a slash. Null: known not to be
 * there. A program known only by its package answers with its bare name.
 */
export function programFact(state: StageState, program: string): Fact<string | null> {
  if (program.startsWith('/')) return absoluteProgram(state, program);
  if (program.includes('/')) return relativeProgram(state, program);
  const folders = searchPath(state);
  if (folders) {
    for (const folder of folders) {
      const fact = fileFact(state, `${folder}/${program}`);
      if (fact.known && fact.value) return known(`${folder}/${program}`, ...fact.because);
    }
  }
  const content = contentFact(state, program);
  if (content.known && content.value) {
    const elsewhere = folders ? outsidePath(state, program, folders) : null;
    return elsewhere ?? known(program, ...content.because);
  }
  return absentFromPath(state, program, folders);
}

/** The shell a person would start: /bin/sh, else another one that is there; null when there is none at all. */
export function shellPath(state: StageState): Fact<string | null> {
  const candidates = ['/bin/sh', '/bin/bash', '/busybox/sh', '/bin/ash', '/bin/dash', ...shellPaths.filter(isShell)];
  let doubt: readonly Evidence[] | null = null;
  let absence: readonly Evidence[] = [];
  for (const path of candidates) {
    const fact = fileFact(state, path);
    if (fact.known && fact.value) return known(path, ...fact.because);
    if (fact.known) absence = fact.because;
    else if (path !== '/busybox/sh') doubt ??= fact.because;
  }
  return doubt ? unknown(...doubt) : known(null, ...absence);
}

export function accountFact(state: StageState, name: string): Fact<Account | null> {
  const account = state.accounts.get(name);
  if (account) return account;
  const { accounts } = state.closed;
  if (!accounts.known) return unknown(...accounts.because);
  return state.blur ? unknown(state.blur) : known(null, ...accounts.because);
}

/** True for a directory in which distributions keep programs. */
export function isProgramFolder(path: string): boolean {
  return systemFolders.includes(path);
}

/** The folders of PATH, or null when PATH is not known. */
export function searchPath(state: StageState): readonly string[] | null {
  const path = state.env.get('PATH');
  if (!path?.known || path.value === null) return null;
  return path.value
    .split(':')
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => folder.replace(/\/+$/, ''));
}

/**
 * What the container starts: ENTRYPOINT followed by CMD; a shell-form ENTRYPOINT ignores CMD. Null: nothing is set.
 */
export function startProcess(state: StageState): Fact<Process | null> {
  const { entrypoint, cmd } = state;
  if (!entrypoint.known) return unknown(...entrypoint.because);
  if (entrypoint.value?.form === 'shell') return entrypoint;
  if (!cmd.known) return unknown(...cmd.because);
  if (!entrypoint.value) return cmd;
  if (!cmd.value) return entrypoint;
  const argv = [...entrypoint.value.argv, ...cmd.value.argv];
  const value: Process = { argv, form: 'exec', instruction: cmd.value.instruction ?? entrypoint.value.instruction };
  return known(value, ...entrypoint.because, ...cmd.because);
}

/** What is known of the twin holds for a path only where the two are surely one. */
function surely(fact: Fact<boolean>, own: Fact<boolean>, state: StageState): Fact<boolean> {
  if (fact === own || isMergedRelease(state) === true) return fact;
  return own.known && fact.known && own.value === fact.value ? own : unknown(...fact.because);
}

/** /bin is no link to /usr/bin in scratch and in older releases of Alpine. */
function mayBeOnePlace({ os, closed }: StageState): boolean {
  if (closed.files.known && closed.files.value) return false;
  return !(os.known && os.value?.id === 'alpine' && /^3\.(\d|1\d|2[01])(\.|$)/.test(os.value.version ?? ''));
}

/** The same path with or without /usr. */
function twinOf(path: string): string | null {
  const merged = /^\/(usr\/)?(bin|sbin|lib|lib64)\//.exec(path);
  if (!merged) return null;
  return merged[1] ? path.slice('/usr'.length) : `/usr${path}`;
}

function absoluteProgram(state: StageState, path: string): Fact<string | null> {
  const file = fileFact(state, path);
  if (file.known && file.value) return known(path, ...file.because);
  const folder = parentOf(path);
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (file.known) {
    // What this file installs may be at another place than the file that is known to be missing.
    const elsewhere = systemFolders.includes(folder) ? state.contents.get(name) : undefined;
    const isInstalled =
      elsewhere?.known && elsewhere.value && elsewhere.because.some(({ kind }) => kind === 'instruction');
    return isInstalled ? unknown(...elsewhere.because) : known(null, ...file.because);
  }
  if (!systemFolders.includes(folder) || openFolder(state, path) || state.files.get(path))
    return unknown(...file.because);
  const content = contentFact(state, name);
  return content.known && !content.value ? known(null, ...content.because) : unknown(...content.because);
}

function relativeProgram(state: StageState, program: string): Fact<string | null> {
  const { workdir } = state;
  if (!workdir.known) return unknown(...workdir.because);
  return absoluteProgram(state, resolvePath(workdir.value, program));
}

/** Present in the image, but only at places that PATH does not name (/nodejs/bin/node). */
function outsidePath(state: StageState, program: string, folders: readonly string[]): Fact<string | null> | null {
  const { runtime } = state;
  if (!runtime.known || !runtime.value?.path?.endsWith(`/${program}`)) return null;
  if (folders.includes(parentOf(runtime.value.path))) return null;
  return absentFromPath(state, program, folders);
}

function absentFromPath(state: StageState, program: string, folders: readonly string[] | null): Fact<string | null> {
  if (!folders) return unknown(...(state.env.get('PATH')?.because ?? state.closed.env.because));
  for (const folder of folders) {
    const open = openFolder(state, `${folder}/${program}`);
    if (open) return unknown(...open.because);
    const own = state.files.get(`${folder}/${program}`);
    if (own?.kind === 'unknown') return unknown(...own.because);
  }
  const shell = absentShell(state, program);
  if (shell) return shell;
  const content = contentFact(state, program);
  if (!content.known) return unknown(...content.because);
  if (!content.value) return known(null, ...content.because);
  const runtime = state.runtime.known ? state.runtime.because : [];
  return state.closed.programs.known ? known(null, ...content.because, ...runtime) : unknown(...content.because);
}

function absentShell(state: StageState, program: string): Fact<string | null> | null {
  if (!shellPaths.includes(`/bin/${program}`)) return null;
  const fact = fileFact(state, `/bin/${program}`);
  return fact.known && !fact.value ? known(null, ...fact.because) : null;
}

function isShell(path: string): boolean {
  return !path.endsWith('/busybox');
}
