import { findImage } from '../../catalog/catalog.js';
import { parseReference } from '../../catalog/reference.js';
import { byInstruction, known } from '../../fact.js';
import { resolveSource } from '../../stages/link.js';
import type { Word } from '../../syntax/model.js';
import { imageState, scratchState, unknownState } from '../base.js';
import { contentFact } from '../query.js';
import type { Scene } from '../scene.js';
import type { Artifact, Source, StageState } from '../state.js';
import { baseName, entryAt } from '../tree.js';

/** The file system that COPY --from or a mount reads; `stage` is null for an image. */
export type Origin = { readonly state: StageState; readonly name: string; readonly stage: number | null };

/** What the word after --from= or from= means; remembered for the analysis. */
export function originAt(word: Word, scene: Scene): Origin {
  const { names, index: before, graph, file } = scene;
  const { globals, contexts } = graph;
  const target = resolveSource(word, { names, before, globals, file, contexts });
  if (target.kind === 'stage') {
    const stage = scene.stages[target.index];
    if (stage) {
      scene.sources.set(word.span.start, { kind: 'stage', stage, word });
      return { state: stage.end, name: `stage '${stage.name ?? stage.index}'`, stage: stage.index };
    }
  }
  const text = target.kind === 'image' ? target.text : null;
  const reference = text ? parseReference(text) : null;
  const facts = reference ? findImage(scene.catalog, reference) : null;
  const source: Source = { kind: 'image', reference, facts, word };
  scene.sources.set(word.span.start, source);
  return { state: stateOf(source, target.kind === 'scratch'), name: `'${word.text}'`, stage: null };
}

/** The program at a path of an origin: one that was followed, or one of the origin's distribution. */
export function artifactFrom(origin: Origin, path: string): Artifact | null {
  const entry = entryAt(origin.state, path);
  if (entry?.artifact) return entry.artifact;
  if (entry?.because.some(({ kind }) => kind === 'instruction')) return null;
  return distributionProgram(origin, path);
}

function stateOf({ facts, word }: Source & { kind: 'image' }, isScratch: boolean): StageState {
  if (isScratch) return scratchState(word.span);
  if (facts) return imageState(facts, word.span);
  return unknownState(byInstruction(word.span, `'${word.text}' is not in the catalog.`));
}

const dynamicInterpreters = /^(node|python\d*(\.\d+)?|ruby|php|php-fpm|perl|java)$/;

/** Programs in C that the distributions link dynamically; much else under these paths is a script or made by Go. */
const dynamicPrograms = new Set(
  (
    'ash bash busybox cat chmod chown cp curl dash dig env ffmpeg find gpg grep gzip jq kill ls mkdir mv nc openssl ps psql pg_dump ' +
    'rm rsync sed sh sleep sqlite3 ssh su-exec tail tar tini wget zstd'
  ).split(' '),
);

/** A program that a distribution ships is linked against that distribution's libc. */
function distributionProgram({ state, stage }: Origin, path: string): Artifact | null {
  const name = baseName(path);
  const isInterpreter = state.runtime.known && state.runtime.value?.path === path && dynamicInterpreters.test(name);
  const isPackaged = /^\/(?:usr\/)?s?bin\/[^/]+$/.test(path) && dynamicPrograms.has(name);
  if (!isInterpreter && !isPackaged) return null;
  const present = isInterpreter ? known(true, ...state.runtime.because) : contentFact(state, name);
  const { libc, os } = state;
  if (!present.known || !present.value || !libc.known || libc.value.kind === 'none') return null;
  // The BusyBox images have no distribution; those of musl and uClibc are static.
  const isBusyboxImage = os.known && (os.value === null || os.value.id === 'busybox');
  const because = [...present.because, ...libc.because];
  const isStatic = isBusyboxImage && libc.value.kind !== 'glibc';
  const built = isUpstream(path) ? known({ ...libc.value, version: null }, ...because) : libc;
  return {
    language: null,
    stage,
    libc: built,
    linkage: known(isStatic ? 'static' : 'dynamic', ...because),
    built: null,
  };
}

/**
 * Node.js outside the places of a distribution is what nodejs.org built, on an older glibc than the image has: see
 * "Official binary platforms and toolchains" in Node's BUILDING.md.
 */
function isUpstream(path: string): boolean {
  return /^\/(usr\/local|opt)\/(.+\/)?node$/.test(path);
}
