import { withEvidence, type Fact } from '../../fact.js';
import { putUnknownFiles, type Cause } from '../effects.js';
import type { StageState } from '../state.js';
import { putEntry } from '../tree.js';
import type { Origin } from './origin.js';

/**
 * `COPY --from=x / /`: on an empty file system the stage now holds what the other one holds; anywhere else the two are
 * mixed, and only what is there is known. The configuration (ENV, USER, ENTRYPOINT …) is not copied.
 */
export function takeRoot(state: StageState, origin: Origin, by: Cause): StageState {
  const isEmpty = state.closed.files.known && state.closed.files.value;
  if (!isEmpty) return putUnknownFiles(state, '/', { by });
  const { os, libc, packageManager, blur, contents, closed } = origin.state;
  const copied: StageState = {
    ...origin.state,
    ...configurationOf(state),
    os: passedOn(os, by),
    libc: passedOn(libc, by),
    packageManager: passedOn(packageManager, by),
    contents: addPresent(contents, state.contents),
    closed: { ...closed, env: state.closed.env },
    blur: blur ?? state.blur,
  };
  return [...state.files.entries()].reduce((next, [path, entry]) => putEntry(next, path, entry), copied);
}

function configurationOf({ user, workdir, env, args, shellPrefix, entrypoint, cmd, healthcheck }: StageState) {
  return { user, workdir, env, args, shellPrefix, entrypoint, cmd, healthcheck };
}

/** Long chains of copies keep the first of their reasons. */
const mostReasons = 8;

function passedOn<T>(fact: Fact<T>, { evidence }: Cause): Fact<T> {
  return fact.because.length < mostReasons ? withEvidence(fact, evidence) : fact;
}

/** What had been copied before is still there. */
function addPresent(contents: StageState['contents'], before: StageState['contents']): StageState['contents'] {
  return [...before.entries()].reduce(
    (next, [key, fact]) => (fact.known && fact.value ? next.with(key, fact) : next),
    contents,
  );
}
