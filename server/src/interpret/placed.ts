import type { Evidence } from '../fact.js';
import type { Span } from '../text/span.js';
import { entryAt, resolvePath, searchPath } from './query.js';
import type { Artifact, FileEntry, Stage, StageState } from './state.js';
import { currentEntry } from './tree.js';

/** A program in the finished stage whose making was followed. */
export type PlacedProgram = {
  readonly path: string;
  readonly artifact: Artifact;
  /** True when ENTRYPOINT, CMD or HEALTHCHECK starts it. */
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

/**
 * Whether the image surely starts this program and the program surely asks for its libc. Cargo reads configuration
 * files that a Dockerfile does not show, and whether a cgo program needs libc depends on its packages.
 */
export function isCertain({ artifact, isStarted }: PlacedProgram, { blur }: StageState): boolean {
  const { linkage, language } = artifact;
  return isStarted && blur === null && linkage.known && linkage.value === 'dynamic' && language !== 'rust';
}

function add(found: Map<string, PlacedProgram>, what: { path: string; entry: FileEntry; isStarted: boolean }): void {
  const { path, entry, isStarted } = what;
  const placed = entry.because.find((item) => item.kind === 'instruction');
  if (found.has(path) || !entry.artifact || placed?.kind !== 'instruction') return;
  found.set(path, { path, artifact: entry.artifact, isStarted, placedBy: placed.span, because: entry.because });
}

/** The first words of what the image runs; the program after a bare init (`tini --`) counts too. */
function startedNames({ entrypoint, cmd, healthcheck }: StageState): string[] {
  const names: string[] = [];
  for (const process of [entrypoint, cmd, healthcheck]) {
    if (!process.known || process.value?.form !== 'exec') continue;
    const [program, ...rest] = process.value.argv;
    if (program) names.push(program);
    const wrapped = /(^|\/)(tini|dumb-init|catatonit)(-static)?$/.test(program ?? '')
      ? rest.find((word) => !word.startsWith('-'))
      : null;
    if (wrapped) names.push(wrapped);
  }
  return names;
}

function locate(state: StageState, program: string): { path: string; entry: FileEntry } | null {
  const places = program.includes('/')
    ? own(state, program)
    : (searchPath(state) ?? []).map((folder) => `${folder}/${program}`);
  for (const path of places) {
    const entry = entryAt(state, path);
    if (entry?.artifact) return { path, entry };
    if (entry?.kind === 'file') return null;
  }
  return null;
}

function own(state: StageState, program: string): string[] {
  if (program.startsWith('/')) return [resolvePath('/', program)];
  return state.workdir.known ? [resolvePath(state.workdir.value, program)] : [];
}
