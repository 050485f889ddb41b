import type { UserId } from '../../catalog/model.js';
import type { BuildContext } from '../../context/context.js';
import type { Copy } from '../../syntax/model.js';
import { changeMode, ownerBelow, ownerOf, putMode, putOwner, userText, type MarkOptions } from '../access.js';
import { accountFact } from '../query.js';
import { expand, type Scene } from '../scene.js';
import type { ModeBits, StageState } from '../state.js';
import { baseName, isFolder, resolvePath } from '../tree.js';
import type { Origin } from './origin.js';
import { isGlob } from '../glob.js';
import { sourceKind } from './source-kind.js';

/** Whom the copied files belong to and what may be done with them; null where it is not known. */
export type Grant = {
  readonly owner: UserId | null;
  readonly mode: ModeBits | null;
  readonly hasChown: boolean;
  readonly hasChmod: boolean;
};

/** What --chown and --chmod say; without --chown all belongs to root, whoever owned it before. */
export function grantOf(state: StageState, { flags }: Copy, scene: Scene): Grant {
  const value = (name: string): string | null | undefined => {
    const flag = flags.find((one) => one.name === name);
    if (flag === undefined || flag.value === null) return undefined;
    const fact = expand(state, { text: flag.value, value: flag.value, span: flag.valueSpan }, scene);
    return fact.known ? fact.value : null;
  };
  const [chown, chmod] = [value('chown'), value('chmod')];
  return {
    owner: chown === undefined ? { name: null, uid: 0 } : chown === null ? null : lookedUp(state, chown),
    mode: typeof chmod === 'string' ? changeMode(null, chmod) : null,
    hasChown: chown !== undefined,
    hasChmod: chmod !== undefined,
  };
}

type Copied = {
  /** The words of the source with variables put in; null when not known. */
  readonly text: string | null;
  readonly span: Copy['span'];
  readonly isAdd: boolean;
  readonly unpacks: string | null;
  readonly keepsParents: boolean;
  readonly origin: Origin | null;
  readonly path: string;
  readonly into: boolean;
  readonly grant: Grant;
  readonly context: BuildContext;
};

/** `before` is the state without the file, `after` the one with it. */
export function withAccess(after: StageState, before: StageState, copy: Copied): StageState {
  const { text, path, into, grant } = copy;
  if (copy.keepsParents || path === '/') return after;
  const source = resolvePath('/', text ?? '');
  const kind = text === null ? 'either' : sourceKind({ ...copy, text, source, origin: copy.origin?.state ?? null });
  if (kind === 'archive') return after;
  const isWhole = text === null || kind === 'directory' || isGlob(text);
  if (isWhole && (into || kind === 'directory')) return grantFolder(after, before, copy);
  const remoteName = (text ?? '').replace(/[?#].*$/s, '');
  const place = into ? resolvePath(path, baseName(remoteName)) : path;
  const isRemote = copy.isAdd && /^https?:/.test(text ?? '');
  const remote: ModeBits | null = isRemote && !grant.hasChmod ? { on: 0o600, off: 0o177 } : null;
  return putGrant(after, place, { copy, mode: remote ?? grant.mode, reach: kind === 'file' ? 'itself' : 'both' });
}

/** What had been in the directory keeps its owner; the directory itself has the new one when COPY makes it. */
function grantFolder(after: StageState, before: StageState, copy: Copied): StageState {
  const { path, grant } = copy;
  const old = isFolder(before, path) ? (ownerBelow(before, path)?.value ?? null) : null;
  const isMixed = old !== null && old.uid !== grant.owner?.uid;
  const owner = isMixed ? null : grant.owner;
  const reach = isFolder(before, path) ? 'below' : 'both';
  return putGrant(after, path, { copy: { ...copy, grant: { ...grant, owner } }, mode: grant.mode, reach });
}

function putGrant(
  state: StageState,
  path: string,
  { copy, mode, reach }: { copy: Copied; mode: ModeBits | null; reach: NonNullable<MarkOptions<UserId>['reach']> },
): StageState {
  const { owner, hasChown, hasChmod } = copy.grant;
  const { span } = copy;
  const verb = copy.isAdd ? 'ADD' : 'COPY';
  const whose = owner ? `${verb} gives '${path}' to ${userText(owner)}.` : `${verb} sets the owner of '${path}'.`;
  // A directory that may have been in the base image keeps its owner.
  const isSure = hasChown || reach === 'itself';
  const owned = putOwner(state, path, { value: owner, span, note: whose, reach, isMeant: hasChown, isSure });
  const note = `${verb} sets the mode of '${path}'.`;
  return putMode(owned, path, { value: mode, span, note, reach, isMeant: hasChmod });
}

/** BuildKit keeps root where the name is not found: readUser in solver/llbsolver/ops/user_linux.go. */
function lookedUp(state: StageState, chown: string): UserId | null {
  const owner = ownerOf(state, chown) ?? { name: null, uid: 0 };
  if (owner.name === null || owner.uid !== null) return owner;
  const account = accountFact(state, owner.name);
  return account.known && account.value === null ? { name: null, uid: 0 } : owner;
}
