import type { UserId } from '../catalog/model.js';
import { byInstruction } from '../fact.js';
import type { Span } from '../text/span.js';
import { currentEntry, openFolder, parentOf } from './tree.js';
import type { AccessMark, ModeBits, StageState } from './state.js';
import type { Versioned } from './versioned.js';

export type MarkOptions<T> = {
  readonly value: T | null;
  readonly span: Span;
  readonly note: string;
  /** `below`: all that lies in the directory, but not itself. */
  readonly reach?: 'itself' | 'below' | 'both';
  readonly isSure?: boolean;
  readonly isMeant?: boolean;
};

/** From now on this is the owner of a path. Call it after the file itself was put there. */
export function putOwner(state: StageState, path: string, options: MarkOptions<UserId>): StageState {
  const order = state.clock + 1;
  return { ...state, clock: order, owners: putMark(state.owners, path, { ...options, order }) };
}

/** From now on these are the permission bits of a path. Call it after the file itself was put there. */
export function putMode(state: StageState, path: string, options: MarkOptions<ModeBits>): StageState {
  const order = state.clock + 1;
  return { ...state, clock: order, modes: putMark(state.modes, path, { ...options, order }) };
}

/** Who owns a file or directory, when this file says something about it. */
export function ownerMark(state: StageState, path: string): AccessMark<UserId> | null {
  return newestMark(state, state.owners, path);
}

/** Who owns what lies in a directory and has no mark of its own, when this file says so. */
export function ownerBelow(state: StageState, path: string): AccessMark<UserId> | null {
  return newestMark(state, state.owners, `${path === '/' ? '' : path}/*`);
}

/** Which permission bits a file or directory surely has and surely lacks, when this file says something about them. */
export function modeMark(state: StageState, path: string): AccessMark<ModeBits> | null {
  return newestMark(state, state.modes, path);
}

/** A directory and those in it that chown or install -o gave to another user than root; programs are left out. */
export function givenAway(state: StageState, folder: string): string[] {
  const inside = folder === '/' ? '/' : `${folder}/`;
  return [...state.owners.entries()].flatMap(([path, mark]) => {
    if (path.endsWith('/') || (path !== folder && !path.startsWith(inside))) return [];
    if (!mark.isMeant || mark.value === null || mark.value.uid === 0 || ownerMark(state, path) !== mark) return [];
    const entry = currentEntry(state, path);
    return entry?.kind === 'file' || entry?.artifact ? [] : [path];
  });
}

/** The bits after `chmod change`, octal or symbolic; null when it cannot be read. */
export function changeMode(before: ModeBits | null, change: string): ModeBits | null {
  if (/^[0-7]{1,5}$/.test(change)) {
    const bits = parseInt(change, 8) & allBits;
    return { on: bits, off: ~bits & allBits };
  }
  return change.split(',').reduce<ModeBits | null>(symbolic, before ?? { on: 0, off: 0 });
}

/** The account that `app`, `1000` or `app:app` names; null for a group alone. */
export function ownerOf(state: StageState, word: string): UserId | null {
  const name = word.split(':')[0] ?? '';
  if (name === '') return null;
  if (/^\d+$/.test(name)) return { name: null, uid: Number(name) };
  const account = state.accounts.get(name);
  const uid = name === 'root' ? 0 : account?.known && account.value ? account.value.uid : null;
  return { name, uid };
}

/** Places that a base image may well have already, with an owner of their own. */
export function isUsualFolder(path: string): boolean {
  return /^\/(home|var|usr\/(share|local|lib)|opt\/app-root|etc|tmp|nix)(\/|$)/.test(path);
}

export function userText({ name, uid }: UserId): string {
  if (uid === 0) return 'root';
  return name === null ? `uid ${uid ?? '?'}` : `'${name}'`;
}

const allBits = 0o777;

/** `u+x`, `a=rw`, `go-w`; other letters (X, s, t) leave what is known as it is. */
function symbolic(before: ModeBits | null, clause: string): ModeBits | null {
  const match = /^([ugoa]*)([+=-])([rwxXst]*|[ugo])$/.exec(clause);
  if (!before || !match) return null;
  const [, who = '', operator = '', what = ''] = match;
  const places = /^$|a/.test(who) ? 'ugo' : who;
  const rights = [...what].reduce((bits, letter) => bits | ({ r: 4, w: 2, x: 1 }[letter] ?? 0), 0);
  const shifts = [...places].map((place) => ({ u: 6, g: 3, o: 0 })[place] ?? 0);
  const bits = shifts.reduce((all, shift) => all | (rights << shift), 0);
  const field = shifts.reduce((all, shift) => all | (7 << shift), 0);
  // The rights of another class are copied, which may not be known.
  if (/^[ugo]$/.test(what)) return { on: before.on & ~field, off: before.off & ~field };
  if (operator === '+') return { on: before.on | bits, off: before.off & ~bits };
  if (operator === '-') return { on: before.on & ~bits, off: before.off | bits };
  // X depends on what is there.
  const doubt = what.includes('X') ? field & 0o111 : 0;
  return { on: (before.on & ~field) | bits, off: (before.off & ~field) | (field & ~bits & ~doubt) };
}

function putMark<T>(
  marks: Versioned<AccessMark<T>>,
  path: string,
  options: MarkOptions<T> & { readonly order: number },
): Versioned<AccessMark<T>> {
  const { value, span, note, order, reach = 'itself', isSure = true, isMeant = false } = options;
  const mark: AccessMark<T> = { value, isSure, isMeant, order, because: byInstruction(span, note) };
  const self = reach === 'below' ? marks : marks.with(path, mark);
  return reach === 'itself' ? self : self.with(below(path), mark);
}

function newestMark<T>(state: StageState, marks: Versioned<AccessMark<T>>, path: string): AccessMark<T> | null {
  let found = own(state, marks, path);
  const since = placedAt(state, path);
  for (let folder = path; folder !== '/';) {
    folder = parentOf(folder);
    const mark = marks.get(below(folder));
    if (mark && mark.order >= since && mark.order >= (found?.order ?? -1)) found = mark;
  }
  return found;
}

/** A directory keeps its owner when files are put into it; a file that is written anew may have another one. */
function own<T>(state: StageState, marks: Versioned<AccessMark<T>>, path: string): AccessMark<T> | null {
  const mark = marks.get(path);
  const entry = currentEntry(state, path);
  if (!mark || (!entry && state.files.get(path))) return null;
  const isFolder = entry?.kind === 'directory';
  return isFolder ? (entry.emptied > mark.order ? null : mark) : mark.order >= placedAt(state, path) ? mark : null;
}

/** When a path was last written, or may have been, with what lies in a directory nobody listed. */
function placedAt(state: StageState, path: string): number {
  const entry = currentEntry(state, path);
  if (entry?.kind === 'directory') return entry.emptied;
  return Math.max(entry?.order ?? -1, openFolder(state, path)?.order ?? -1);
}

/** No path ends in a slash. */
function below(path: string): string {
  return `${path}/`;
}
