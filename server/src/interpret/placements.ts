import type { BuildContext } from '../context/context.js';
import { readPattern } from '../context/ignore-file.js';
import type { ContextFile } from '../context/file-tree.js';
import type { Evidence } from '../fact.js';
import type { MappedText } from '../text/mapped.js';
import { isGlob } from './glob.js';
import type { Placement, StageState } from './state.js';
import { baseName, currentEntry, exactFact, isFolder, openFolder, parentOf, resolvePath } from './tree.js';

/** What lies at a path of a stage, where that can be followed back. */
export type Placed =
  | {
      readonly kind: 'file';
      readonly file: ContextFile;
      readonly path: string;
      readonly because: readonly Evidence[];
      readonly isSure: boolean;
    }
  /** Written in the Dockerfile itself. */
  | {
      readonly kind: 'text';
      readonly text: MappedText;
      readonly because: readonly Evidence[];
      readonly isSure: boolean;
    };

/** What is written in a file, wherever it is written. */
export function textOf(placed: Placed): string {
  return placed.kind === 'file' ? placed.file.text : placed.text.text;
}

/** Copies through which one file is followed back, and copies that are looked at for it in all. */
const mostSteps = 20;
const mostPlacements = 2000;

/** From now on this lies at a path. Call it after the entries were put there. */
export function place(state: StageState, path: string, placement: Omit<Placement, 'order' | 'earlier'>): StageState {
  const earlier = state.placements.get(path) ?? null;
  const order = state.clock + 1;
  return { ...state, clock: order, placements: state.placements.with(path, { ...placement, order, earlier }) };
}

/** From now on something else lies at a path. */
export function replaced(state: StageState, path: string, because: Evidence): StageState {
  return place(state, path, { from: null, source: null, into: false, excludes: [], because });
}

/** From now on any file may be another one than before. */
export function editedBelow(state: StageState, because: Evidence): StageState {
  return replaced(state, '/', because);
}

/** The file of the build context, or the text of the Dockerfile, that lies at an absolute path; null when not known. */
export function placedAt(state: StageState, path: string, context: BuildContext): Placed | null {
  return follow(state, path, { context, steps: 0, budget: { left: mostPlacements } });
}

/**
 * True where no file lies at an absolute path: every copy that could have brought it is known not to. What the image of
 * the stage holds by itself is not considered.
 */
export function surelyLacks(state: StageState, path: string, context: BuildContext): boolean {
  return lacks(state, path, { context, steps: 0, budget: { left: mostPlacements } });
}

type Search = { readonly context: BuildContext; readonly steps: number; readonly budget: { left: number } };
type Covering = { readonly placement: Placement; readonly source: string | null };

function deeper(search: Search): Search {
  return { ...search, steps: search.steps + 1 };
}

function follow(state: StageState, path: string, search: Search): Placed | null {
  if (search.steps >= mostSteps) return null;
  const found = newest(state, path, search);
  if (!found || found.source === null || search.budget.left <= 0) return null;
  const { placement, source } = found;
  const there = exactFact(state, path);
  const isOverwritten = (currentEntry(state, path)?.order ?? -1) > placement.order;
  if (isOverwritten || (there.known && !there.value)) return null;
  const isUntouched = (openFolder(state, path)?.order ?? -1) <= placement.order && state.blurredAt <= placement.order;
  const { because, text, from } = placement;
  if (text) return { kind: 'text', text, because: [because], isSure: isUntouched };
  if (from) {
    const before = follow(from, resolvePath('/', source), deeper(search));
    return before && { ...before, because: [because, ...before.because], isSure: before.isSure && isUntouched };
  }
  const file = search.context.read(source);
  if (!file) return null;
  return { kind: 'file', file, path: source, because: [because], isSure: isUntouched && search.context.isSure };
}

function lacks(state: StageState, path: string, search: Search): boolean {
  const there = exactFact(state, path);
  if (search.steps >= mostSteps || state.blur || (there.known && there.value)) return false;
  for (let folder = path; ; folder = parentOf(folder)) {
    let placement = state.placements.get(folder) ?? null;
    const entry = state.files.get(folder);
    const isOpen = entry && folder !== path && (entry.unlisted === 'anything' || entry.kind === 'unknown');
    // Something else than a copy wrote files that are not listed.
    if (isOpen && (placement?.order ?? -1) < entry.order) return false;
    for (; placement; placement = placement.earlier) {
      const source = sourceOf(placement, { folder, path, search });
      if (search.budget.left-- <= 0) return false;
      if (source === null || (source !== undefined && !isEmptyAt(placement, source, search))) return false;
      if (source !== undefined && isMadeElse(placement, search)) return false;
    }
    if (folder === '/') return true;
  }
}

function isEmptyAt({ from, text }: Placement, source: string, search: Search): boolean {
  if (text) return false;
  if (from) return lacks(from, resolvePath('/', source), deeper(search));
  return search.context.isSure && search.context.kind(source) === null;
}

/** Something else than a copy made what was copied, such as a command that writes the folder `dist`. */
function isMadeElse({ from, source }: Placement, search: Search): boolean {
  return from !== null && source !== null && !isGlob(source) && kindOf(source, from, search) === null;
}

/** The last copy that brought something to the path, or may have: then without a source. */
function newest(state: StageState, path: string, search: Search): Covering | null {
  let found: Covering | null = null;
  for (let folder = path; ; folder = parentOf(folder)) {
    const covering = newestAt(state, { folder, path, search });
    if (covering && covering.placement.order > (found?.placement.order ?? -1)) found = covering;
    if (folder === '/') return found;
  }
}

type Place = { readonly folder: string; readonly path: string; readonly search: Search };

function newestAt(state: StageState, place: Place): Covering | null {
  let placement = state.placements.get(place.folder) ?? null;
  for (; placement && place.search.budget.left > 0; place.search.budget.left--) {
    const source = sourceOf(placement, place);
    if (source !== undefined) return { placement, source };
    placement = placement.earlier;
  }
  return null;
}

/** Where the path comes from; null when that is not known, undefined when the copy has nothing to do with it. */
function sourceOf(placement: Placement, { folder, path, search }: Place): string | null | undefined {
  const { source, into, from } = placement;
  if (source === null) return null;
  const rest = path === folder ? '' : path.slice(folder === '/' ? 1 : folder.length + 1);
  if (rest === '') return into ? undefined : isGlob(source) ? null : source;
  const found = isGlob(source)
    ? globbed(source, rest)
    : named({ source, rest, into, kind: kindOf(source, from, search) });
  return typeof found === 'string' && mayExclude(placement, found) ? null : found;
}

type Named = { readonly source: string; readonly rest: string; readonly into: boolean; readonly kind: string | null };

function named({ source, rest, into, kind }: Named): string | null | undefined {
  const isOwnName = into && rest === baseName(source);
  if (kind === 'file') return isOwnName ? source : undefined;
  if (kind === 'directory') return join(source, rest);
  // A file of that name, or one that lies in a directory of that name.
  return isOwnName ? source : null;
}

function kindOf(source: string, from: StageState | null, search: Search): string | null {
  if (/^(\.?\/)*\.?$/.test(source) || source.endsWith('/.')) return 'directory';
  const known = from ? kindInStage(from, resolvePath('/', source), deeper(search)) : search.context.kind(source);
  if (known === 'file' || known === 'directory') return known;
  return /\.\w+$/.test(baseName(source)) ? 'file' : null;
}

/** As the stage knows it, or as it is in the build context that the path came from. */
function kindInStage(state: StageState, path: string, search: Search): string | null | undefined {
  const kind = currentEntry(state, path)?.kind;
  if (kind === 'file' || kind === 'directory') return kind;
  if (isFolder(state, path)) return 'directory';
  const found = search.steps < mostSteps ? newest(state, path, search) : null;
  if (!found || found.source === null || found.placement.text) return null;
  const { from } = found.placement;
  if (!from) return search.context.kind(found.source);
  return kindInStage(from, resolvePath('/', found.source), deeper(search));
}

/** Files go by their names; what a matching directory holds lands in the destination itself. */
function globbed(source: string, rest: string): string | null | undefined {
  const folder = source.slice(0, source.lastIndexOf('/') + 1);
  const name = source.slice(folder.length);
  if (isGlob(folder)) return null;
  if (rest.includes('/')) return name.includes('.') ? undefined : null;
  const matches = readPattern(name);
  if (!matches) return null;
  return matches(rest) ? folder + rest : name.includes('.') ? undefined : null;
}

function mayExclude({ excludes }: Placement, source: string): boolean {
  const parts = source.split('/');
  const tails = parts.map((_, index) => parts.slice(index).join('/'));
  return excludes.some((pattern) => {
    const matches = readPattern(pattern.replace(/^\/+/, ''));
    return !matches || [...parts, ...tails].some(matches);
  });
}

function join(folder: string, rest: string): string {
  const plain = folder.replace(/^(\.\/)+|\/?\.?$/g, '');
  return plain === '' && !folder.startsWith('/') ? rest : `${plain}/${rest}`;
}
