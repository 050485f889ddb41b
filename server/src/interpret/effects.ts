import type { Account } from '../catalog/model.js';
import { byInstruction, known, unknown, type Evidence } from '../fact.js';
import type { Span } from '../text/span.js';
import type { Artifact, FileEntry, InstalledPackage, StageState } from './state.js';
import { currentEntry, putEntry } from './tree.js';

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

type Change = { readonly by: Cause; readonly artifact?: Artifact | null };

export function putFile(state: StageState, path: string, change: Change): StageState {
  const { certain, evidence } = change.by;
  const before = currentEntry(state, path);
  const wasThere = before?.kind === 'file' || before?.kind === 'either';
  const artifact = change.artifact ?? null;
  const next = putEntry(state, path, {
    kind: certain || wasThere ? 'file' : 'unknown',
    because: [evidence],
    artifact: certain || !before ? artifact : eitherArtifact(before, artifact, evidence),
    unlisted: 'nothing',
  });
  return noteSpecialFile(next, path, change.by);
}

export function putDirectory(state: StageState, path: string, by: Cause): StageState {
  const before = currentEntry(state, path);
  if (before?.kind === 'directory' || (before && !by.certain)) return state;
  return putEntry(state, path, {
    kind: by.certain ? 'directory' : 'unknown',
    because: [by.evidence],
    artifact: before?.artifact ?? null,
    unlisted: before?.unlisted ?? 'nothing',
  });
}

export function removeFile(state: StageState, path: string, by: Cause): StageState {
  const { certain, evidence } = by;
  const next = putEntry(state, path, {
    kind: certain ? 'absent' : 'unknown',
    because: [evidence],
    artifact: null,
    unlisted: 'nothing',
  });
  return noteRemoval(next, path, evidence);
}

/** Something unlisted was written into the directory `path`: from now on nothing below it is known to be absent. */
export function putUnknownFiles(state: StageState, path: string, change: Change): StageState {
  return putUnlisted(state, path, { ...change, kind: 'directory', unlisted: 'anything' });
}

/** Programs of unknown names, all of them such an `artifact`, were written into the directory `path`. */
export function putPrograms(state: StageState, path: string, change: Change): StageState {
  return putUnlisted(state, path, { ...change, kind: 'directory', unlisted: 'programs' });
}

/** `path` is now a file, or a directory with unlisted files. */
export function putEither(state: StageState, path: string, change: Change): StageState {
  return putUnlisted(state, path, { ...change, kind: 'either', unlisted: 'anything' });
}

function putUnlisted(
  state: StageState,
  path: string,
  change: Change & Pick<FileEntry, 'kind' | 'unlisted'>,
): StageState {
  const { certain, evidence } = change.by;
  const before = currentEntry(state, path);
  const wasFolder = before?.kind === 'directory';
  const isSecond = before !== null && before.unlisted !== 'nothing';
  const next = putEntry(state, path, {
    kind: wasFolder ? 'directory' : certain ? change.kind : 'unknown',
    because: [evidence],
    artifact: isSecond ? eitherArtifact(before, change.artifact ?? null, evidence) : (change.artifact ?? null),
    unlisted: isSecond && before.unlisted !== change.unlisted ? 'anything' : change.unlisted,
  });
  return noteSystemFolder(next, path, change.by);
}

/** One of two programs lies there, which one is not known: they are told apart no further where they agree. */
function eitherArtifact(before: FileEntry, artifact: Artifact | null, evidence: Evidence): Artifact | null {
  const old = before.artifact;
  if (!artifact || !old) return before.kind === 'file' ? null : (artifact ?? old);
  const [a, b] = [old.linkage, artifact.linkage];
  const agree = a.known && b.known && a.value === b.value;
  return agree ? artifact : { ...artifact, linkage: unknown(...a.because, ...b.because, evidence) };
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
  const packages = state.packages.with(item.name, item);
  if (item.group === null || state.packages.get(item.name)?.group === item.group) return { ...state, packages };
  const members = state.packageGroups.get(item.group) ?? [];
  return { ...state, packages, packageGroups: state.packageGroups.with(item.group, [...members, item.name]) };
}

/** A command that is not understood: absence is not known from here on. The first one is kept as the reason. */
export function blur(state: StageState, evidence: Evidence): StageState {
  const clock = state.clock + 1;
  return { ...state, blur: state.blur ?? evidence, blurredAt: clock, clock };
}

/** Where programs look for certificates; see https://go.dev/src/crypto/x509/root_linux.go. */
const certificatePlaces = /^\/etc\/(ssl\/(certs(\/.+)?|cert\.pem|ca-bundle\.pem)|pki\/(tls|ca-trust\/extracted)\/.+)$/;

const libraryKeys: Readonly<Record<string, string>> = {
  z: 'zlib',
  ssl: 'libssl',
  crypto: 'libcrypto',
  'stdc++': 'libstdc++',
  gcc_s: 'libgcc',
  zstd: 'libzstd',
  atomic: 'libatomic',
  gomp: 'libgomp',
  ffi: 'libffi',
};

function noteSpecialFile(state: StageState, path: string, by: Cause): StageState {
  const { evidence } = by;
  const library = /^\/(?:usr\/)?(?:local\/)?lib(?:64)?\/(?:[^/]+\/)?lib([\w+]+)\.so/.exec(path)?.[1];
  const key = library === undefined ? undefined : libraryKeys[library];
  if (key !== undefined) return arrive(state, key, by);
  if (path === '/etc/passwd') return forgetAccounts(putContent(state, 'passwd', { present: true, by }), evidence);
  if (certificatePlaces.test(path)) return arrive(state, 'ca-certificates', by);
  if (/^\/usr\/(local\/)?share\/ca-certificates/.test(path))
    return { ...state, contents: doubt(state, ['ca-certificates'], evidence) };
  if (path.startsWith('/usr/share/zoneinfo')) return arrive(state, 'tzdata', by);
  return noteLoader(state, path, by);
}

function arrive(state: StageState, key: string, by: Cause): StageState {
  return by.certain
    ? putContent(state, key, { present: true, by })
    : { ...state, contents: doubt(state, [key], by.evidence) };
}

/** A program or data that the contents name by its package may have been just this file. */
function noteRemoval(state: StageState, path: string, evidence: Evidence): StageState {
  const name = /^\/(?:usr\/)?(?:local\/)?s?bin\/([^/]+)$/.exec(path)?.[1];
  if (name === undefined) {
    const places: readonly (readonly [string, string])[] = [
      ['/etc/ssl/certs/ca-certificates.crt', 'ca-certificates'],
      ['/usr/share/zoneinfo', 'tzdata'],
      ['/etc/passwd', 'passwd'],
    ];
    const gone = places.filter(([place]) => place === path || place.startsWith(`${path}/`)).map(([, key]) => key);
    return gone.reduce((next, key) => forget(next, key, evidence), state);
  }
  const next = forget(state, name, evidence);
  const manager = next.packageManager.known ? next.packageManager.value : null;
  const isManager = manager !== null && (name === manager || (manager === 'apt' && name === 'apt-get'));
  return isManager ? { ...next, packageManager: unknown(evidence) } : next;
}

function forget(state: StageState, key: string, evidence: Evidence): StageState {
  const fact = state.contents.get(key);
  return fact?.known && fact.value ? { ...state, contents: state.contents.with(key, unknown(evidence)) } : state;
}

/** A copied dynamic loader gives an image a libc it did not have. */
function noteLoader(state: StageState, path: string, { certain, evidence }: Cause): StageState {
  const loader = /\/(ld-musl|ld-linux)[^/]*\.so/.exec(path);
  if (!loader) return state;
  if (!certain) return { ...state, libc: unknown(evidence) };
  const kind = loader[1] === 'ld-musl' ? 'musl' : 'glibc';
  if (!state.libc.known || state.libc.value.kind !== 'none') return { ...state, libc: unknown(evidence) };
  return { ...state, libc: known({ kind, version: null }, evidence) };
}

const libraryFolders = /^\/(usr\/?)?(lib(64)?(\/[^/]*-linux-(gnu|musl)[^/]*)?)?$/;
const certificateFolders = /^\/etc\/(ssl(\/certs)?|pki(\/tls(\/certs)?|\/ca-trust(\/extracted(\/pem)?)?)?)$/;

/** What unlisted files in a directory of the system may be. */
function noteSystemFolder(state: StageState, path: string, by: Cause): StageState {
  const { evidence } = by;
  let next = state;
  if (libraryFolders.test(path)) {
    const hasOwn = next.libc.known && next.libc.value.kind !== 'none';
    if (!hasOwn) next = { ...next, libc: unknown(evidence) };
    next = { ...next, contents: doubt(next, ['libssl', 'libcrypto', 'libstdc++', 'libgcc', 'zlib'], evidence) };
  }
  if (certificateFolders.test(path)) next = arrive(next, 'ca-certificates', by);
  if (path === '/usr/share/zoneinfo') next = arrive(next, 'tzdata', by);
  if (/^\/(usr(\/share(\/ca-certificates.*)?)?|usr\/local\/share\/ca-certificates.*|etc)?$/.test(path))
    next = { ...next, contents: doubt(next, ['ca-certificates'], evidence) };
  if (/^\/(usr(\/share)?)?$/.test(path)) next = { ...next, contents: doubt(next, ['tzdata'], evidence) };
  if (path === '/' || path === '/etc')
    next = forgetAccounts({ ...next, contents: doubt(next, ['passwd'], evidence) }, evidence);
  return path === '/' ? blur(forgetRoot(next, evidence), evidence) : next;
}

/** What is known to be missing may have come with the copy; what is known to be there stays. */
export function doubt(state: StageState, keys: readonly string[], evidence: Evidence): StageState['contents'] {
  return keys.reduce((contents, key) => {
    const fact = contents.get(key);
    const isAbsent = fact ? fact.known && !fact.value : state.closed.programs.known;
    return isAbsent ? contents.with(key, unknown(evidence)) : contents;
  }, state.contents);
}

function forgetRoot(state: StageState, evidence: Evidence): StageState {
  const os = state.os.known && state.os.value === null ? unknown(evidence) : state.os;
  const packageManager =
    state.packageManager.known && state.packageManager.value === null ? unknown(evidence) : state.packageManager;
  return { ...state, os, packageManager };
}
