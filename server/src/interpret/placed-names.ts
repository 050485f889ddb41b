import type { BuildContext } from '../context/context.js';
import { readPattern } from '../context/ignore-file.js';
import { isGlob } from './glob.js';
import { placedAt } from './placements.js';
import type { Placement, StageState } from './state.js';
import { baseName, parentOf, resolvePath } from './tree.js';

/** Copies to one directory, stages that copies come from, and names in one directory that are looked at. */
const mostPlacements = 200;
const mostSteps = 10;
const mostNames = 5000;

/** The names of the files that a directory of a stage has from the build context, as far as copies can be followed. */
export function placedNames(state: StageState, folder: string, context: BuildContext): readonly string[] {
  const candidates = new Set<string>();
  gather(state, folder, { context, candidates, steps: 0 });
  return [...candidates].filter((name) => placedAt(state, resolvePath(folder, name), context)?.kind === 'file');
}

type Search = { readonly context: BuildContext; readonly candidates: Set<string>; readonly steps: number };

function gather(state: StageState, folder: string, search: Search): void {
  if (search.steps >= mostSteps) return;
  for (let above = folder; ; above = parentOf(above)) {
    let placement = state.placements.get(above) ?? null;
    for (let count = 0; placement && count < mostPlacements; count++) {
      addFrom(placement, folder === above ? '' : folder.slice(above === '/' ? 1 : above.length + 1), search);
      placement = placement.earlier;
    }
    if (above === '/') return;
  }
}

function addFrom({ source, from, into }: Placement, rest: string, search: Search): void {
  if (source === null) return;
  const { context, candidates } = search;
  if (from) {
    if (!isGlob(source)) gather(from, resolvePath(source.replace(/^(?!\/)/, '/'), rest), deeper(search));
    if (into && rest === '') candidates.add(baseName(source));
    return;
  }
  const plain = source.replace(/^(\.?\/)+|\/?\.?$/g, '');
  if (!isGlob(plain)) {
    if (into && rest === '') candidates.add(baseName(plain));
    for (const name of namesIn(context, [plain, rest].filter(Boolean).join('/'))) candidates.add(name);
    return;
  }
  const [folder, pattern] = [plain.slice(0, plain.lastIndexOf('/') + 1), baseName(plain)];
  const matches = isGlob(folder) ? null : readPattern(pattern);
  if (!matches || rest !== '') return;
  for (const name of namesIn(context, folder.replace(/\/$/, ''))) if (matches(name)) candidates.add(name);
}

function deeper(search: Search): Search {
  return { ...search, steps: search.steps + 1 };
}

function namesIn(context: BuildContext, folder: string): string[] {
  if (folder !== '' && context.kind(folder) !== 'directory') return [];
  const names = context.list(folder);
  return names ? [...names.keys()].slice(0, mostNames) : [];
}
