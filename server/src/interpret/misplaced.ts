import type { Evidence } from '../fact.js';
import { currentEntry, openFolder, resolvePath } from './tree.js';
import type { StageState } from './state.js';

/** A file that a relative path misses: it is at `path`, and is looked for in `workdir`. */
export type Misplaced = { readonly workdir: string; readonly path: string; readonly because: readonly Evidence[] };

/** More files than this are not looked through. */
const mostFiles = 2000;

/**
 * Where the file lies that a relative path is meant for, when nothing was put where it is looked for and just one file
 * of this file's own has its name. Null when it may be there after all.
 */
export function misplacedFile(state: StageState, relative: string): Misplaced | null {
  const { workdir, blur } = state;
  if (!workdir.known || blur) return null;
  const wanted = resolvePath(workdir.value, relative);
  if (state.files.get(wanted) || openFolder(state, wanted)) return null;
  const ending = resolvePath('/', relative);
  const found: Misplaced[] = [];
  let count = 0;
  for (const [path] of state.files.entries()) {
    if (++count > mostFiles) return null;
    if (!path.endsWith(ending) || /^\/(proc|sys|dev)\//.test(path)) continue;
    const entry = currentEntry(state, path);
    const isOwn = entry?.because.some(({ kind }) => kind === 'instruction') === true;
    if (entry?.kind === 'file' && isOwn) found.push({ workdir: workdir.value, path, because: entry.because });
  }
  const [only] = found;
  return found.length === 1 && only ? only : null;
}
