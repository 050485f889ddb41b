import { knownFalse, knownTrue, type Evidence } from '../fact.js';
import { parseShell } from '../shell/parse.js';
import { literal } from '../shell/words.js';
import { mapped } from '../text/mapped.js';
import type { Span } from '../text/span.js';
import { contentFact, entryAt, resolvePath, searchPath } from './query.js';
import type { Artifact, FileEntry, Process, Stage, StageState } from './state.js';
import { baseName, currentEntry } from './tree.js';

/** A program in the finished stage whose making was followed. */
export type PlacedProgram = {
  readonly path: string;
  readonly artifact: Artifact;
  /** True when ENTRYPOINT, CMD or HEALTHCHECK surely starts it; a HEALTHCHECK in shell form is not followed. */
  readonly isStarted: boolean;
  /** The instruction that put it there. */
  readonly placedBy: Span;
  readonly because: readonly Evidence[];
};

/** The programs that were built or copied into the stage and are started by it, or lie there as files of their own. */
export function placedPrograms(stage: Stage): PlacedProgram[] {
  const { end } = stage;
  const found = new Map<string, PlacedProgram>();
  for (const program of startedNames(end)) {
    const place = locate(end, program);
    if (place) add(found, { ...place, isStarted: true });
  }
  for (const [path, { artifact }] of end.files.entries()) {
    const entry = artifact && currentEntry(end, path);
    if (entry?.kind === 'file') add(found, { path, entry, isStarted: false });
  }
  return [...found.values()];
}

/** The program that the finished stage surely starts, when its making was followed. */
export function startedProgram(stage: Stage): PlacedProgram | null {
  return placedPrograms(stage).find(({ isStarted }) => isStarted) ?? null;
}

/** A program behind a shell. `isDecisive`: when it does not start, the whole command fails. */
export type ShellProgram = { readonly name: string; readonly isDecisive: boolean };

/** The first program that a command in shell form runs; null for exec form, and for a builtin or a keyword. */
export function shellProgram({ argv, form }: Process): ShellProgram | null {
  if (form !== 'shell' || !/(^|\/)(ba|da|a|z|k)?sh$/.test(argv[0] ?? '')) return null;
  const [first] = parseShell(mapped(argv.at(-1) ?? '', 0)).commands;
  if (!first?.always || first.assignments.some((one) => one.name === 'PATH')) return null;
  const [word, next] = first.words.map((one) => literal(one));
  const name = word === 'exec' && !next?.startsWith('-') ? next : word;
  return name && !shellWords.has(name) ? { name, isDecisive: first.decisive } : null;
}

const shellWords = new Set(
  (
    'cd set exit export unset true false test [ [[ (( echo printf eval exec trap umask ulimit wait read source . : ' +
    'return shift command type alias local kill pwd'
  ).split(' '),
);

/**
 * Whether the image surely starts this program and the program surely asks for its libc. Cargo reads configuration
 * files, so that of Rust is certain only where these were read; whether a cgo program needs libc depends on its packages.
 */
export function isCertain({ artifact, isStarted }: PlacedProgram, { blur }: StageState): boolean {
  const { linkage, language } = artifact;
  const isRead = language !== 'rust' || linkage.because.some(({ kind }) => kind === 'file');
  return isStarted && blur === null && linkage.known && linkage.value === 'dynamic' && isRead;
}

function add(found: Map<string, PlacedProgram>, what: { path: string; entry: FileEntry; isStarted: boolean }): void {
  const { path, entry, isStarted } = what;
  const placed = entry.because.find((item) => item.kind === 'instruction');
  if (found.has(path) || !entry.artifact || placed?.kind !== 'instruction') return;
  found.set(path, { path, artifact: entry.artifact, isStarted, placedBy: placed.span, because: entry.because });
}

/**
 * The first words of what the image surely runs: the program behind a bare init (`tini --`) and the one that a shell
 * starts first count too, where nothing hides that it fails.
 */
export function startedNames(state: StageState): string[] {
  const names: string[] = [];
  for (const process of startedProcesses(state)) {
    const [program = '', ...rest] = process.argv;
    if (process.form === 'shell') {
      const inShell = shellProgram(process);
      if (inShell?.isDecisive) names.push(inShell.name);
      continue;
    }
    if (program) names.push(program);
    const wrapped = init.test(program) ? rest.find((word) => !word.startsWith('-')) : null;
    if (wrapped) names.push(wrapped);
  }
  return names;
}

const init = /(^|\/)(tini|dumb-init|catatonit)(-static)?$/;

/** Docker ignores CMD behind an ENTRYPOINT in shell form; a CMD in shell form is no command of its own behind others. */
function startedProcesses({ entrypoint, cmd, healthcheck }: StageState): Process[] {
  const first = entrypoint.known ? entrypoint.value : undefined;
  const isInit = first?.form === 'exec' && init.test(first.argv[0] ?? '');
  const runs = ({ form }: Process): boolean => (form === 'exec' ? first?.form !== 'shell' : first === null || isInit);
  return [
    ...(first ? [first] : []),
    ...(cmd.known && cmd.value && runs(cmd.value) ? [cmd.value] : []),
    ...(healthcheck.known && healthcheck.value?.form === 'exec' ? [healthcheck.value] : []),
  ];
}

type Place = { readonly path: string; readonly entry: FileEntry };

/** What lies at the path, or first on PATH. */
function locate(state: StageState, program: string): Place | null {
  const places = program.includes('/')
    ? own(state, program)
    : (searchPath(state) ?? []).map((folder) => `${folder}/${program}`);
  let guess: Place | null = null;
  for (const path of places) {
    const entry = entryAt(state, path);
    if (entry?.kind === 'file' && !entry.artifact) return null;
    if (!entry?.artifact) continue;
    if (currentEntry(state, path)?.artifact) return { path, entry };
    guess ??= { path, entry };
  }
  return guess && isLikely(guess, program, state) ? guess : null;
}

/** A directory whose files nobody listed is no place for what the image has itself, or may have elsewhere on PATH. */
function isLikely({ path }: Place, program: string, state: StageState): boolean {
  const content = contentFact(state, baseName(path));
  const isOwnFolder = program.includes('/') && !/^\/(usr\/)?s?bin\//.test(path);
  return isOwnFolder ? !knownTrue(content) : knownFalse(content);
}

function own(state: StageState, program: string): string[] {
  if (program.startsWith('/')) return [resolvePath('/', program)];
  return state.workdir.known ? [resolvePath(state.workdir.value, program)] : [];
}
