import type { UserId } from '../catalog/model.js';
import type { User } from '../syntax/model.js';
import { lineage } from './bases.js';
import { accountFact } from './query.js';
import type { Stage } from './state.js';

/** Whom the container runs as, when that is surely not root. */
export function nonrootUser({ end }: Stage): UserId | null {
  const user = end.user.known ? end.user.value : null;
  return user && user.uid !== 0 && user.name !== 'root' && (user.name !== null || user.uid !== null) ? user : null;
}

/** The last USER of the stage and of the stages it continues. */
export function lastUser(stage: Stage): User | undefined {
  const users = lineage(stage).flatMap(({ steps }) => steps.map(({ instruction }) => instruction));
  return users.findLast((instruction): instruction is User => instruction.kind === 'user' && !instruction.isOnbuild);
}

/** What to write behind --chown so that the user of the container owns the files; null when it is not known. */
export function ownerArgument(stage: Stage): string | null {
  const user = nonrootUser(stage);
  if (!user) return null;
  const written = lastUser(stage)?.user?.text;
  if (written !== undefined && /^\d+(:\d+)?$/.test(written))
    return written.includes(':') ? written : `${written}:${written}`;
  if (user.uid !== null) return `${user.uid}:${user.uid}`;
  const account = user.name === null ? null : accountFact(stage.end, user.name);
  return user.name !== null && account?.known && account.value ? user.name : null;
}
