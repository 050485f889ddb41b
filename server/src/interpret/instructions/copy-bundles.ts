import { bundleAt, withBundle } from '../bundles.js';
import { javaRuntimeAt } from '../java.js';
import type { StageState } from '../state.js';
import { baseName, currentEntry, resolvePath } from '../tree.js';
import type { Origin } from './origin.js';
import { isGlob } from '../glob.js';

export type CopiedFrom = {
  readonly origin: Origin | null;
  /** The source; null when it is not known. */
  readonly text: string | null;
  readonly path: string;
  /** True when the destination is a directory that takes the sources by their names. */
  readonly into: boolean;
  readonly keepsParents: boolean;
  readonly mayLeaveOut: boolean;
};

/** After a copy: the copied directory or file is still what it was made as. */
export function withBundles(state: StageState, copy: CopiedFrom): StageState {
  const { origin, text, path } = copy;
  if (!origin || text === null || copy.mayLeaveOut) return state;
  const source = resolvePath('/', text);
  const bundle = bundleAt(origin.state, source) ?? javaRuntimeAt(origin.state, { path: source, stage: origin.stage });
  if (!bundle) return state;
  if (copy.keepsParents) return withBundle(state, resolvePath(path, `.${source}`), bundle);
  const isFile = !isGlob(text) && isOneFile(origin.state, source);
  return withBundle(state, isFile && copy.into ? resolvePath(path, baseName(source)) : path, bundle);
}

function isOneFile(state: StageState, source: string): boolean {
  const entry = currentEntry(state, source);
  return entry ? entry.kind === 'file' : /\.(jar|war|ear|class|dll|exe)$/.test(source);
}
