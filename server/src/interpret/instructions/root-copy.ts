import type { Cause } from '../effects.js';
import { putUnknownFiles } from '../effects.js';
import type { StageState } from '../state.js';
import type { Origin } from './copy.js';

/**
 * `COPY --from=x / /`: on an empty file system the stage now holds what the other one holds; anywhere else the two are
 * mixed, and only what is there is known. The configuration (ENV, USER, ENTRYPOINT …) is not copied.
 */
export function takeRoot(state: StageState, origin: Origin, by: Cause): StageState {
  const isEmpty = state.closed.files.known && state.closed.files.value;
  if (!isEmpty) return putUnknownFiles(state, '/', { by });
  const { os, libc, packageManager, runtime, contents, accounts, closed, blur, packages } = origin.state;
  let files = origin.state.files;
  for (const [path, entry] of state.files.entries()) files = files.with(path, entry);
  return { ...state, os, libc, packageManager, runtime, contents, accounts, closed, blur, packages, files };
}
