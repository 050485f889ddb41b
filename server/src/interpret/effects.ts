import type { Account } from '../catalog/model.js';
import { byInstruction, known, unknown, type Evidence } from '../fact.js';
import type { Span } from '../text/span.js';
import type { Artifact, FileEntry, InstalledPackage, StageState } from './state.js';

/** What did something, and whether it surely happened: a command inside `if` may or may not have run. */
export type Cause = { readonly evidence: Evidence; readonly certain: boolean };

export function cause(span: Span, note: string, certain = true): Cause {
  return { evidence: byInstruction(span, note), certain };
}

export function putContent(state: StageState, key: string, change: { present: boolean; by: Cause }): StageState {
  const { certain, evidence } = change.by;
  const fact = certain ? known(change.present, evidence) : unknown(evidence);
  return { ...state, contents: state.contents.with(key, fact) };
}

export function putFile(
  state: StageState,
  path: string,
  change: { by: Cause; artifact?: Artifact | null },
): StageState {
  const { certain, evidence } = change.by;
  const entry: FileEntry = {
    kind: certain ? 'file' : 'unknown',
    because: [evidence],
    artifact: change.artifact ?? null,
  };
  return noteSpecialFile({ ...state, files: state.files.with(path, entry) }, path, evidence);
}

export function putDirectory(state: StageState, path: string, by: Cause): StageState {
  if (state.files.get(path)?.kind === 'unknown') return state;
  const entry: FileEntry = { kind: by.certain ? 'directory' : 'unknown', because: [by.evidence], artifact: null };
  return { ...state, files: state.files.with(path, entry) };
}

export function removeFile(state: StageState, path: string, by: Cause): StageState {
  const entry: FileEntry = { kind: by.certain ? 'absent' : 'unknown', because: [by.evidence], artifact: null };
  return { ...state, files: state.files.with(path, entry) };
}

/**
 * Something unlisted was written below `path`: from now on nothing below it is known to be absent. `artifact` is what
 * the programs among it are.
 */
export function putUnknownFiles(
  state: StageState,
  path: string,
  change: { by: Cause; artifact?: Artifact | null },
): StageState {
  const { evidence } = change.by;
  const entry: FileEntry = { kind: 'unknown', because: [evidence], artifact: change.artifact ?? null };
  return noteSystemFolder({ ...state, files: state.files.with(path, entry) }, path, evidence);
}

export function putAccount(state: StageState, account: Account, by: Cause): StageState {
  const fact = by.certain ? known(account, by.evidence) : unknown(by.evidence);
  return { ...state, accounts: state.accounts.with(account.name, fact) };
}

/** /etc/passwd was replaced or edited: who is in it is not known any more. */
export function forgetAccounts(state: StageState, evidence: Evidence): StageState {
  return { ...state, closed: { ...state.closed, accounts: unknown(evidence) } };
}

export function putPackage(state: StageState, item: InstalledPackage): StageState {
  return { ...state, packages: state.packages.with(item.name, item) };
}

/** A command that is not understood: absence is not known from here on. The first one is kept as the reason. */
export function blur(state: StageState, evidence: Evidence): StageState {
  return state.blur ? state : { ...state, blur: evidence };
}

function noteSpecialFile(state: StageState, path: string, evidence: Evidence): StageState {
  if (path === '/etc/passwd') {
    const withPasswd = { ...state, contents: state.contents.with('passwd', known(true, evidence)) };
    return forgetAccounts(withPasswd, evidence);
  }
  if (
    /^\/(etc\/ssl\/(certs\/|cert\.pem)|etc\/pki\/|usr\/local\/share\/ca-certificates\/|usr\/share\/ca-certificates)/.test(
      path,
    )
  ) {
    return { ...state, contents: state.contents.with('ca-certificates', known(true, evidence)) };
  }
  if (path.startsWith('/usr/share/zoneinfo')) {
    return { ...state, contents: state.contents.with('tzdata', known(true, evidence)) };
  }
  return noteLoader(state, path, evidence);
}

/** A copied dynamic loader gives an image a libc it did not have. */
function noteLoader(state: StageState, path: string, evidence: Evidence): StageState {
  const loader = /\/(ld-musl|ld-linux)[^/]*\.so/.exec(path);
  if (!loader) return state;
  const kind = loader[1] === 'ld-musl' ? 'musl' : 'glibc';
  if (!state.libc.known || state.libc.value.kind !== 'none') return { ...state, libc: unknown(evidence) };
  return { ...state, libc: known({ kind, version: null }, evidence) };
}

const libraryFolders = ['/', '/lib', '/lib64', '/usr', '/usr/lib', '/usr/lib64'];

function noteSystemFolder(state: StageState, path: string, evidence: Evidence): StageState {
  let next = state;
  if (libraryFolders.includes(path) || /^\/(usr\/)?lib(64)?\/[^/]*-linux-(gnu|musl)/.test(path)) {
    const hasOwn = next.libc.known && next.libc.value.kind !== 'none';
    if (!hasOwn) next = { ...next, libc: unknown(evidence) };
    next = { ...next, contents: doubt(next, ['libssl', 'libstdc++', 'libgcc', 'zlib'], evidence) };
  }
  if (path === '/' || path === '/etc')
    next = forgetAccounts({ ...next, contents: doubt(next, ['passwd'], evidence) }, evidence);
  if (
    path === '/' ||
    path.startsWith('/etc') ||
    path.startsWith('/usr/share/ca') ||
    path === '/usr' ||
    path === '/usr/share'
  ) {
    next = { ...next, contents: doubt(next, ['ca-certificates'], evidence) };
  }
  if (path.startsWith('/etc/ssl') || path.startsWith('/etc/pki')) {
    next = { ...next, contents: next.contents.with('ca-certificates', known(true, evidence)) };
  }
  if (path === '/' || path === '/usr' || path.startsWith('/usr/share')) {
    next = { ...next, contents: doubt(next, ['tzdata'], evidence) };
  }
  if (path === '/') next = blur(forgetRoot(next, evidence), evidence);
  return next;
}

/** What is known to be missing may have come with the copy; what is known to be there stays. */
function doubt(state: StageState, keys: readonly string[], evidence: Evidence): StageState['contents'] {
  return keys.reduce((contents, key) => {
    const fact = contents.get(key);
    return fact?.known && fact.value ? contents : contents.with(key, unknown(evidence));
  }, state.contents);
}

function forgetRoot(state: StageState, evidence: Evidence): StageState {
  const os = state.os.known && state.os.value === null ? unknown(evidence) : state.os;
  const packageManager =
    state.packageManager.known && state.packageManager.value === null ? unknown(evidence) : state.packageManager;
  return { ...state, os, packageManager };
}
