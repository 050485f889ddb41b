import { known, unknown, type Fact } from '../fact.js';
import type { FileEntry, StageState } from './state.js';

/** Directories that the images of all distributions have. */
const standardFolders = new Set([
  '/',
  '/bin',
  '/sbin',
  '/usr',
  '/usr/bin',
  '/usr/sbin',
  '/usr/local',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/usr/local/lib',
  '/opt',
  '/tmp',
  '/etc',
  '/lib',
  '/usr/lib',
  '/root',
  '/home',
  '/srv',
  '/var',
  '/var/lib',
]);

/** Linux takes no longer path; deeper ones are not followed. */
const longestPath = 4096;
const deepestPath = 100;

export type NewEntry = Omit<FileEntry, 'order' | 'emptied'>;

/** Sets an entry as the newest of the stage; the directories above it exist from now on. */
export function putEntry(state: StageState, path: string, entry: NewEntry): StageState {
  if (isTooLong(path)) return state;
  const parent = entry.kind === 'absent' ? state : ensureFolder(state, parentOf(path), entry);
  const order = parent.clock + 1;
  const emptied = entry.kind === 'absent' ? order : (parent.files.get(path)?.emptied ?? -1);
  return { ...parent, clock: order, files: parent.files.with(path, { ...entry, order, emptied }) };
}

/** The entry of a path as it is now: one that was removed together with a directory above it is no entry any more. */
export function currentEntry(state: StageState, path: string): FileEntry | null {
  const entry = state.files.get(path);
  if (!entry) return null;
  const { gone } = above(state, path);
  return gone && gone.emptied > entry.order ? null : entry;
}

/** Whether something exists at an absolute path, links between /bin and /usr/bin not considered. */
export function exactFact(state: StageState, path: string): Fact<boolean> {
  const entry = state.files.get(path);
  const { gone, open } = above(state, path);
  const isGone = gone !== null && gone.emptied > (entry?.order ?? -1);
  const last = isGone ? gone : entry;
  if (last && !isGone && last.kind !== 'absent') {
    return last.kind === 'unknown' ? unknown(...last.because) : known(true, ...last.because);
  }
  const since = isGone ? gone.emptied : (entry?.order ?? -1);
  if (open && open.order > since) return unknown(...open.because);
  if (last) return absent(state, last, since);
  const { files } = state.closed;
  if (!files.known) return unknown(...files.because);
  return state.blur ? unknown(state.blur) : known(false, ...files.because);
}

/** The nearest directory above `path` that may hold files nobody listed. */
export function openFolder(state: StageState, path: string): FileEntry | null {
  const { gone, open } = above(state, path);
  return open && open.order > (gone?.emptied ?? -1) ? open : null;
}

/** The order of the newest entry that says anything about a path; below zero when none does. */
export function newestOrder(state: StageState, path: string): number {
  const { gone, open } = above(state, path);
  return Math.max(state.files.get(path)?.order ?? -1, gone?.emptied ?? -1, open?.order ?? -1);
}

/** True for a directory that is surely there. */
export function isFolder(state: StageState, path: string): boolean {
  const entry = currentEntry(state, path);
  if (entry) return entry.kind === 'directory';
  // An image of a distribution; scratch has no directory but those made here.
  return path === '/' || (standardFolders.has(path) && !state.closed.files.known);
}

/** The entry of a file, found also through the directory that something unlisted was written to. */
export function entryAt(state: StageState, path: string): FileEntry | null {
  const exact = currentEntry(state, path);
  if (exact && (exact.artifact || exact.kind !== 'unknown')) return exact;
  const parent = currentEntry(state, parentOf(path));
  if (!parent?.artifact || !mayBeProgram(path)) return exact;
  if (parent.artifact.language === 'rust' && /\/(deps|build|examples|incremental|\.fingerprint)$/.test(path))
    return exact;
  return { ...parent, kind: parent.unlisted === 'programs' ? 'file' : 'unknown', unlisted: 'nothing' };
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/** An absolute path without `.`, `..`, doubled or trailing slashes; `base` is the working directory. */
export function resolvePath(base: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${base}/${path}`).split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export function baseName(path: string): string {
  return path.replace(/\/+$/, '').replace(/^.*\//s, '');
}

function absent(state: StageState, entry: FileEntry, since: number): Fact<boolean> {
  if (state.blur && state.blurredAt >= since) return unknown(state.blur);
  return known(false, ...entry.because);
}

/** What the directories above a path say about it: the newest that was removed, the newest with unlisted files. */
function above(state: StageState, path: string): { gone: FileEntry | null; open: FileEntry | null } {
  let gone: FileEntry | null = null;
  let open: FileEntry | null = null;
  if (isTooLong(path)) return { gone, open };
  for (let folder = path; folder !== '/';) {
    folder = parentOf(folder);
    const entry = state.files.get(folder);
    if (!entry) continue;
    if (entry.emptied > (gone?.emptied ?? -1)) gone = entry;
    if (isOpen(entry) && entry.order > (open?.order ?? -1)) open = entry;
  }
  return { gone, open };
}

function isTooLong(path: string): boolean {
  return path.length > longestPath || path.split('/', deepestPath + 2).length > deepestPath + 1;
}

function isOpen({ kind, unlisted }: FileEntry): boolean {
  return unlisted !== 'nothing' || kind === 'unknown' || kind === 'either';
}

function ensureFolder(state: StageState, path: string, child: NewEntry): StageState {
  if (path === '/') return state;
  const entry = currentEntry(state, path);
  if (entry?.kind === 'directory') return state;
  const kind = child.kind === 'unknown' ? 'unknown' : 'directory';
  if (entry?.kind === kind) return state;
  const parent = ensureFolder(state, parentOf(path), child);
  // Its order stays: that it exists says nothing new about what else is in it.
  const folder: FileEntry = entry
    ? { ...entry, kind }
    : { kind, because: child.because, artifact: null, unlisted: 'nothing', order: parent.clock + 1, emptied: -1 };
  return { ...parent, clock: parent.clock + 1, files: parent.files.with(path, folder) };
}

/** Shared libraries, intermediate files of compilers, scripts and data are no programs. */
function mayBeProgram(path: string): boolean {
  return !/\.[A-Za-z_][\w-]*$/.test(baseName(path)) || path.endsWith('.exe');
}
