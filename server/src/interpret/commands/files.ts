import { byInstruction } from '../../fact.js';
import {
  blur,
  putDirectory,
  putEither,
  putFile,
  putPrograms,
  putUnknownFiles,
  removeFile,
  type Cause,
} from '../effects.js';
import { writePasswd } from '../accounts.js';
import { withBundle } from '../bundles.js';
import { madeBy } from './permissions.js';
import { place, replaced } from '../placements.js';
import { carryPython, linkPython, removePython } from '../python/places.js';
import type { FileEntry, StageState } from '../state.js';
import { baseName, currentEntry, isFolder, parentOf, putEntry, resolvePath } from '../tree.js';
import {
  because,
  hasOption,
  operands,
  optionValue,
  pathOf,
  type CommandContext,
  type CommandEffect,
} from './command.js';

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
    if (!path) continue;
    const isNew = currentEntry(next, path)?.kind !== 'directory';
    next = putDirectory(next, path, because(context, `Creates '${path}'.`));
    if (isNew || context.words[0] === 'install') next = madeBy(next, path, context);
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
    if (!path || path === '/') continue;
    const by = because(context, `Removes '${path}'.`);
    next = removePython(removeFile(next, path, by), path, by);
  }
  return removeSome(next, context);
};

/** Which of the files of the build context a pattern takes away is not known. */
function removeSome(state: StageState, context: CommandContext): StageState {
  const patterns = context.raw.filter((text, index) => context.words[index] === null && /^[^$`]*[*?[]/.test(text));
  return patterns.reduce<StageState>((next, text) => {
    const folder = pathOf(context, /^["']?([^*?["']*\/)/.exec(text)?.[1] ?? '.');
    const because = byInstruction(context.command.span, 'Removes files by a pattern.');
    return folder && folder !== '/' ? replaced(next, folder, because) : next;
  }, state);
}

export const link: CommandEffect = (state, context) => {
  const folder = optionValue(context, '-t', '--target-directory');
  const words = operands(context, ['-t', '--target-directory', '-S']);
  const last = folder === undefined && words.length > 1 ? words.pop() : (folder ?? '.');
  const path = pathOf(context, last);
  if (!path) return state;
  const into = folder !== undefined || words.length > 1 || last === '.' || last?.endsWith('/') || isFolder(state, path);
  return words.reduce<StageState>(
    (next, target) => linkOne(next, { context, target, path, into: into === true }),
    state,
  );
};

type Link = { context: CommandContext; target: string | null; path: string; into: boolean };

function linkOne(state: StageState, { context, target, path, into }: Link): StageState {
  if (target === null) return into ? putUnknownFiles(state, path, { by: because(context, 'Makes a link.') }) : state;
  const place = into ? resolvePath(path, baseName(target)) : path;
  const source = hasOption(context, '-s') ? resolvePath(parentOf(place), target) : pathOf(context, target);
  const artifact = source ? (context.entry(source)?.artifact ?? null) : null;
  const by = because(context, `Links '${place}' to '${target}'.`);
  const isFile = source !== null && context.entry(source)?.kind === 'file';
  const linked = source ? linkPython(state, { source, target: place, by }) : state;
  return isFile || artifact || /bin\/[^/]+$/.test(place)
    ? putFile(linked, place, { by, artifact })
    : putEither(linked, place, { by });
}

/** tar, unzip and the like: unlisted files below a directory. */
export const unpack: CommandEffect = (state, context) => {
  const isTar = /tar$/.test(context.words[0] ?? '');
  if (isTar && !extracts(context)) return state;
  if (!isTar && hasOption(context, '-l', '-t', '-p', '-Z')) return state;
  const given = isTar ? optionValue(context, '-C', '--directory', '--one-top-level') : optionValue(context, '-d');
  const folder = given === undefined ? context.cwd : pathOf(context, given);
  const evidence = byInstruction(context.command.span, 'Unpacks files that are not listed here.');
  if (folder === null) return blur(state, evidence);
  return putUnknownFiles(state, folder, { by: because(context, `Unpacks files into '${folder}'.`) });
};

/** -x, --extract, or the old style without a dash, where only the first word counts. */
function extracts({ words }: CommandContext): boolean {
  return words.slice(1).some((word, index) => {
    if (word === null) return index === 0;
    if (/^--(extract|get)$/.test(word)) return true;
    return index === 0 ? /^-?[A-Za-z]*x/.test(word) : /^-[A-Za-z]*x/.test(word);
  });
}

/** git clone and git init write a directory; what other actions change lies in the working tree. */
export const git: CommandEffect = (state, context) => {
  const words = operands(context, [
    '-c',
    '-C',
    '-b',
    '--branch',
    '--depth',
    '-o',
    '--origin',
    '-j',
    '--jobs',
    '--reference',
  ]);
  const [action, address, folder] = words;
  if (rewriting.has(action ?? '')) return inFolder(state, context, `git ${action ?? ''} writes files.`);
  if (action !== 'clone') return state;
  const name = typeof address === 'string' ? baseName(address).replace(/\.git$/, '') : null;
  const path = pathOf(context, folder === undefined ? name : folder);
  const by = because(context, 'git clone writes files that are not listed here.');
  if (path) return putUnknownFiles(state, path, { by });
  return context.cwd === null || context.cwd === '/' ? state : putUnknownFiles(state, context.cwd, { by });
};

/** Actions of git that write files of the working tree. */
const rewriting = new Set(
  'am apply checkout checkout-index cherry-pick lfs merge pull rebase reset restore stash submodule switch'.split(' '),
);

/** From here on the working directory may hold anything, and other files than those that were put there. */
function inFolder(state: StageState, context: CommandContext, note: string): StageState {
  const { cwd } = context;
  return cwd === null || cwd === '/' ? state : putUnknownFiles(state, cwd, { by: because(context, note) });
}

/** patch changes files of the working directory. */
export const patchFiles: CommandEffect = (state, context) => inFolder(state, context, 'patch changes files.');

/** A target of > or >>; null when it is not known. */
export type Written = { readonly target: string | null; readonly appends: boolean };

/** What > and >> write. */
export function applyRedirects(state: StageState, context: CommandContext, all: readonly Written[]): StageState {
  let next = state;
  for (const { target, appends } of all) {
    const path = pathOf(context, target?.startsWith('~/') ? inHome(state, context, target) : target);
    if (!path || path.startsWith('/dev/')) continue;
    const by = because(context, `Writes '${path}'.`);
    const text = path === '/etc/passwd' ? printedText(context) : null;
    next = text === null ? putFile(next, path, { by }) : writePasswd(next, text, { by, appends });
  }
  return next;
}

/** `~/.mavenrc` of root; another user's home is not known. */
function inHome({ user }: StageState, { lookup }: CommandContext, path: string): string | null {
  const home = lookup('HOME') ?? (user.known && user.value.uid !== 0 ? null : '/root');
  return home === null ? null : `${home}${path.slice(1)}`;
}

/** What echo or printf prints, where all of it is known. */
function printedText({ words }: CommandContext): string | null {
  const [name, ...rest] = words;
  const printed = rest.filter((word) => !/^-[neE]+$/.test(word ?? ''));
  const [format] = printed;
  if (printed.some((word) => word === null) || format === undefined) return null;
  if (name !== 'echo' && (name !== 'printf' || /%/.test(format ?? ''))) return null;
  return (name === 'echo' ? printed.join(' ') : (format ?? '')).replaceAll('\\n', '\n');
}

function transfer(state: StageState, context: CommandContext, how: { moves: boolean }): StageState {
  const given = optionValue(context, '-t', '--target-directory');
  const words = operands(context, ['-m', '--mode', '-o', '--owner', '-g', '--group', '-t', '--target-directory', '-S']);
  const target = given === undefined ? words.pop() : given;
  const destination = pathOf(context, target);
  if (!destination) return toUnknownPlace(state, context, target);
  const into =
    given !== undefined || words.length > 1 || /(^|\/)\.{0,2}$/.test(target ?? '') || isFolder(state, destination);
  return words.reduce((next, word) => transferOne(next, { ...context, word, destination, into, ...how }), state);
}

function toUnknownPlace(state: StageState, context: CommandContext, target: string | null | undefined): StageState {
  // Relative to a directory that is not known: the source tree of a build, as a rule, and no place for programs.
  const raw = context.raw.at(-1) ?? '';
  if (context.cwd === null && typeof target === 'string' && !target.startsWith('~')) return state;
  const fixed = /^\/[^$`*?[{~]*\//.exec(raw)?.[0];
  if (fixed && fixed !== '/')
    return putUnknownFiles(state, resolvePath('/', fixed), { by: because(context, `Copies files below '${fixed}'.`) });
  return blur(state, byInstruction(context.command.span, 'Copies files to a place that is not known.'));
}

type Transfer = CommandContext & { word: string | null; destination: string; into: boolean; moves: boolean };

function transferOne(state: StageState, context: Transfer): StageState {
  const { word, destination, into } = context;
  const source = pathOf(context, word);
  const by = because(context, `Puts files into '${destination}'.`);
  if (!source) return putUnknown(state, context);
  // What is in a directory lands in the destination itself.
  if (/\/[.*]$/.test(word ?? '')) {
    const folder = word?.endsWith('*') ? parentOf(source) : source;
    return carryPython(putUnknownFiles(state, destination, { by }), state, { source: folder, target: destination, by });
  }
  const entry = context.entry(source);
  const target = into ? resolvePath(destination, baseName(source)) : destination;
  const put = withBundle(transferred(state, { source, target, entry, context }), target, entry?.bundle ?? null);
  const placed = place(put, target, { from: state, source, into: false, excludes: [], because: by.evidence });
  const next = carryPython(placed, state, { source, target, by });
  return context.moves ? removePython(removeFile(next, source, by), source, by) : next;
}

/** Several files of unknown names, or one. */
function putUnknown(state: StageState, context: Transfer): StageState {
  const { destination, into } = context;
  const by = because(context, `Puts files into '${destination}'.`);
  if (into) return putUnknownFiles(state, destination, { by });
  return isRecursive(context) ? putEither(state, destination, { by }) : putFile(state, destination, { by });
}

function isRecursive(context: Transfer): boolean {
  return hasOption(context, '-r', '-R', '-a', '--recursive', '--archive') || context.moves;
}

type Put = { source: string; target: string; entry: FileEntry | null; context: Transfer };

function transferred(state: StageState, { source, target, entry, context }: Put): StageState {
  const by = because(context, `Copies '${context.word}' to '${target}'.`);
  const artifact = entry?.artifact ?? null;
  const isFolderSource = entry?.kind === 'directory' || (entry?.kind !== 'file' && isFolder(state, source));
  if (!isRecursive(context) || entry?.kind === 'file') return putFile(state, target, { by, artifact });
  if (!isFolderSource) return artifact ? putFile(state, target, { by, artifact }) : putEither(state, target, { by });
  const whole = entry?.unlisted === 'programs' ? putPrograms : putUnknownFiles;
  return carry(whole(state, target, { by, artifact }), state, { source, place: target, by });
}

/** Of a long chain of copies the last places are kept. */
const mostReasons = 8;
/** Files that are looked at for one copy; what is beyond counts as unlisted. */
const mostEntries = 1000;
/** When a stage has changed that often, directories are not followed file by file any more. */
const mostChanges = 20_000;

/** What is known below a directory goes along with it. */
function carry(into: StageState, from: StageState, what: { source: string; place: string; by: Cause }): StageState {
  const { source, place, by } = what;
  const prefix = source === '/' ? '/' : `${source}/`;
  let next = into;
  let count = from.clock > mostChanges ? mostEntries : 0;
  for (const [path, { kind }] of from.files.entries()) {
    if (++count > mostEntries) return next;
    const entry = path.startsWith(prefix) && kind !== 'absent' ? currentEntry(from, path) : null;
    if (!entry) continue;
    const to = resolvePath(place, path.slice(prefix.length));
    next = putEntry(next, to, {
      ...entry,
      kind: by.certain ? entry.kind : 'unknown',
      because: [by.evidence, ...entry.because].slice(0, mostReasons),
    });
  }
  return next;
}
