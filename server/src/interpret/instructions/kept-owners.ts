import type { UserId } from '../../catalog/model.js';
import type { Span } from '../../text/span.js';
import { ownerBelow, ownerMark, putOwner, userText } from '../access.js';
import { isGlob } from '../glob.js';
import type { AccessMark, StageState } from '../state.js';
import { resolvePath } from '../tree.js';

/** A directory of another stage whose contents go to `target`; `source` null when it is not known. */
type Kept = {
  readonly origin: StageState;
  readonly source: string | null;
  readonly target: string;
  readonly span: Span;
  /** Who owned what had been below the target, where that is known. */
  readonly old: UserId | null;
};

/**
 * COPY --from without --chown keeps the owners of files, and of directories below the copied one: `mapUserToChowner` in
 * BuildKit's solver/llbsolver/file/backend_unix.go. What the other stage does not tell is not known here either.
 */
export function keepOwners(state: StageState, kept: Kept): StageState {
  const { origin, source, target, span, old } = kept;
  const plain = source === null || isGlob(source) ? null : source;
  const all = plain === null ? null : ownerBelow(origin, plain);
  const isMixed = old !== null && old.uid !== all?.value?.uid;
  // Below the root lie the files of the base image as well.
  const next = target === '/' ? state : putKept(state, target, { mark: isMixed ? null : all, span, reach: 'below' });
  return plain === null ? next : keepEach(next, { ...kept, source: plain });
}

/** The owner as it is kept: the number counts, whatever the accounts of this stage call it. */
export function putKept(
  state: StageState,
  path: string,
  { mark, span, reach }: { mark: AccessMark<UserId> | null; span: Span; reach: 'itself' | 'below' },
): StageState {
  const value = mark?.value && mark.value.uid !== null ? { name: null, uid: mark.value.uid } : (mark?.value ?? null);
  return putOwner(state, path, {
    value,
    span,
    note: value ? `COPY keeps the owner of '${path}': ${userText(value)}.` : `COPY keeps the owner of '${path}'.`,
    reach,
    isSure: mark?.isSure ?? false,
    isMeant: mark?.isMeant ?? false,
  });
}

/** Paths that are looked at for one copy, and changes of a stage after which none are any more. */
const most = { paths: 1000, changes: 20_000 };

function keepEach(before: StageState, { origin, source, target, span }: Kept & { source: string }): StageState {
  const paths = before.clock > most.changes ? null : pathsBelow(origin, source);
  if (!paths) return putKept(before, target, { mark: null, span, reach: 'below' });
  return paths.reduce((state, path) => {
    const place = resolvePath(target, path.slice(source === '/' ? 1 : source.length + 1));
    const mark = ownerMark(origin, path);
    const own = isSame(mark, ownerMark(state, place)) ? state : putKept(state, place, { mark, span, reach: 'itself' });
    const inside = ownerBelow(origin, path);
    return isSame(inside, ownerBelow(own, place)) ? own : putKept(own, place, { mark: inside, span, reach: 'below' });
  }, before);
}

/** The known paths below a directory, parents first; null when there are too many. */
function pathsBelow(origin: StageState, folder: string): readonly string[] | null {
  const prefix = folder === '/' ? '/' : `${folder}/`;
  const found = new Set<string>();
  let count = 0;
  for (const entries of [origin.owners.entries(), origin.files.entries()]) {
    for (const [key] of entries) {
      if (++count > most.paths) return null;
      const path = key.endsWith('/') ? key.slice(0, -1) : key;
      if (path.startsWith(prefix)) found.add(path);
    }
  }
  return [...found].sort();
}

function isSame(a: AccessMark<UserId> | null, b: AccessMark<UserId> | null): boolean {
  const [one, other] = [a?.value ?? null, b?.value ?? null];
  if (one === null || other === null) return one === other;
  return one.uid === other.uid && (one.uid !== null || one.name === other.name);
}
