import { byInstruction } from '../../fact.js';
import { blur, forgetAccounts, putDirectory, putFile, putUnknownFiles, removeFile } from '../effects.js';
import { resolvePath } from '../query.js';
import type { FileEntry, StageState } from '../state.js';
import {
  because,
  hasOption,
  operands,
  optionValue,
  pathOf,
  type CommandContext,
  type CommandEffect,
} from './command.js';

/** Directories that every Linux image of a distribution has: copying a file to one of them puts it inside. */
const standardFolders = [
  '/',
  '/bin',
  '/sbin',
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/opt',
  '/tmp',
  '/etc',
  '/usr/local/lib',
  '/lib',
  '/usr/lib',
  '/root',
  '/home',
  '/srv',
  '/go/bin',
  '/var/lib',
];

export function isFolder(state: StageState, path: string): boolean {
  return standardFolders.includes(path) || state.files.get(path)?.kind === 'directory';
}

export const copyFiles: CommandEffect = (state, context) => transfer(state, context, { moves: false });
export const moveFiles: CommandEffect = (state, context) => transfer(state, context, { moves: true });

export const installFiles: CommandEffect = (state, context) => {
  if (hasOption(context, '-d')) return makeFolders(state, context);
  return transfer(state, context, { moves: false });
};

export const makeFolders: CommandEffect = (state, context) => {
  let next = state;
  for (const word of operands(context, ['-m', '--mode', '-o', '-g'])) {
    const path = pathOf(context, word);
    if (path) next = putDirectory(next, path, because(context, `Creates '${path}'.`));
  }
  return next;
};

export const touch: CommandEffect = (state, context) => {
  let next = state;
  for (const word of operands(context, ['-d', '-t', '-r'])) {
    const path = pathOf(context, word);
    if (path) next = putFile(next, path, { by: because(context, `Creates '${path}'.`) });
  }
  return next;
};

export const removeFiles: CommandEffect = (state, context) => {
  let next = state;
  for (const word of operands(context)) {
    const path = pathOf(context, word);
    if (path && path !== '/') next = removeFile(next, path, because(context, `Removes '${path}'.`));
  }
  return next;
};

export const link: CommandEffect = (state, context) => {
  const [target, name] = operands(context, ['-t', '-S']);
  const path = pathOf(context, name);
  if (!path || typeof target !== 'string') return state;
  const folder = path.slice(0, Math.max(1, path.lastIndexOf('/')));
  const source = hasOption(context, '-s') ? resolvePath(folder, target) : pathOf(context, target);
  const place = isFolder(state, path) ? resolvePath(path, baseName(target)) : path;
  const artifact = source ? (context.entry(source)?.artifact ?? null) : null;
  return putFile(state, place, { by: because(context, `Links '${place}' to '${target}'.`), artifact });
};

/** curl -o FILE, wget -O FILE: one new file; without one, something in the working directory. */
export const download: CommandEffect = (state, context) => {
  const path = pathOf(context, optionValue(context, '-o', '--output', '-O', '--output-document'));
  return path ? putFile(state, path, { by: because(context, `Downloads '${path}'.`) }) : state;
};

/** tar, unzip, git clone and the like: unlisted files below a directory. */
export const unpack: CommandEffect = (state, context) => {
  const isTar = /tar$/.test(context.words[0] ?? '');
  if (isTar && !context.words.slice(1, 3).some((word) => word === null || /x|--extract|--get/.test(word))) return state;
  const given = isTar ? optionValue(context, '-C', '--directory') : optionValue(context, '-d');
  const folder = given === undefined ? context.cwd : pathOf(context, given);
  const evidence = byInstruction(context.command.span, 'Unpacks files that are not listed here.');
  if (folder === null) return blur(state, evidence);
  return putUnknownFiles(state, folder, { by: because(context, `Unpacks files into '${folder}'.`) });
};

/** What > and >> write. */
export function applyRedirects(
  state: StageState,
  context: CommandContext,
  targets: readonly (string | null)[],
): StageState {
  let next = state;
  for (const target of targets) {
    const path = pathOf(context, target);
    if (!path || path.startsWith('/dev/')) continue;
    next = putFile(next, path, { by: because(context, `Writes '${path}'.`) });
  }
  return next;
}

/** sed -i, tee, chmod …: only an edit of /etc/passwd matters. */
export const editFiles: CommandEffect = (state, context) => {
  const touches = context.words.slice(1).some((word) => word === '/etc/passwd');
  return touches ? forgetAccounts(state, byInstruction(context.command.span, 'Edits /etc/passwd.')) : state;
};

function transfer(state: StageState, context: CommandContext, how: { moves: boolean }): StageState {
  const given = optionValue(context, '-t', '--target-directory');
  const words = operands(context, ['-m', '--mode', '-o', '--owner', '-g', '--group', '-t', '--target-directory', '-S']);
  const target = given === undefined ? words.pop() : given;
  const destination = pathOf(context, target);
  if (!destination)
    return blur(state, byInstruction(context.command.span, 'Copies files to a place that is not known.'));
  const into =
    given !== undefined ||
    words.length > 1 ||
    (target ?? '').endsWith('/') ||
    (target ?? '') === '.' ||
    isFolder(state, destination);
  return words.reduce((next, word) => transferOne(next, { ...context, word, destination, into, ...how }), state);
}

type Transfer = CommandContext & { word: string | null; destination: string; into: boolean; moves: boolean };

function transferOne(state: StageState, context: Transfer): StageState {
  const source = pathOf(context, context.word);
  const by = because(context, `Puts files into '${context.destination}'.`);
  if (!source || context.word?.endsWith('/.')) return putUnknownFiles(state, context.destination, { by });
  const entry = context.entry(source);
  const place = context.into ? resolvePath(context.destination, baseName(source)) : context.destination;
  const next = put(state, { place, entry, context });
  return context.moves ? removeFile(next, source, by) : next;
}

function put(state: StageState, what: { place: string; entry: FileEntry | null; context: Transfer }): StageState {
  const { place, entry, context } = what;
  const recursive = hasOption(context, '-r', '-R', '-a', '--recursive', '--archive') || context.moves;
  const artifact = entry?.artifact ?? null;
  if (entry?.kind !== 'file' && recursive && !artifact) {
    return putUnknownFiles(state, place, { by: because(context, `Puts files into '${place}'.`) });
  }
  return putFile(state, place, { by: because(context, `Copies '${context.word}' to '${place}'.`), artifact });
}

function baseName(path: string): string {
  return path.replace(/\/+$/, '').replace(/^.*\//, '');
}
