import type { UserId } from '../../catalog/model.js';
import type { BuildContext } from '../../context/context.js';
import type { Copy } from '../../syntax/model.js';
import {
  changeMode,
  ownerBelow,
  ownerMark,
  ownerOf,
  putMode,
  putOwner,
  userText,
  type MarkOptions,
} from '../access.js';
import { accountFact, fileFact } from '../query.js';
import { expand, type Scene } from '../scene.js';
import type { ModeBits, StageState } from '../state.js';
import { baseName, isFolder, resolvePath } from '../tree.js';
import { isGlob } from '../glob.js';
import { keepOwners, putKept } from './kept-owners.js';
import type { Origin } from './origin.js';
import { sourceKind, type SourceKind } from './source-kind.js';

/** Whom the copied files belong to and what may be done with them; null where it is not known. */
export type Grant = {
  readonly owner: UserId | null;
  /** COPY --from without --chown: each file keeps the owner it has. */
  readonly keepsOwner: boolean;
  readonly mode: ModeBits | null;
  readonly hasChown: boolean;
  readonly hasChmod: boolean;
};

/** What --chown and --chmod say; without --chown what comes from the build context belongs to root. */
export function grantOf(state: StageState, { flags }: Copy, scene: Scene): Grant {
  const value = (name: string): string | null | undefined => {
    const flag = flags.find((one) => one.name === name);
    if (flag === undefined || flag.value === null) return undefined;
    const fact = expand(state, { text: flag.value, value: flag.value, span: flag.valueSpan }, scene);
    return fact.known ? fact.value : null;
  };
  const [chown, chmod] = [value('chown'), value('chmod')];
  const keepsOwner = chown === undefined && flags.some(({ name }) => name === 'from');
  const root = keepsOwner ? null : rootUser;
  return {
    owner: chown === undefined ? root : chown === null ? null : lookedUp(state, chown),
    keepsOwner,
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
  /** COPY --link makes every directory of the destination anew. */
  readonly isLinked: boolean;
  readonly origin: Origin | null;
  readonly path: string;
  readonly into: boolean;
  readonly grant: Grant;
  readonly context: BuildContext;
};

/** `before` is the state without the file, `after` the one with it. */
export function withAccess(after: StageState, before: StageState, copy: Copied): StageState {
  const { text, path, into, origin } = copy;
  if (copy.keepsParents) return after;
  const source = resolvePath('/', text ?? '');
  const kind = text === null ? 'either' : sourceKind({ ...copy, text, source, origin: origin?.state ?? null });
  if (kind === 'archive') return after;
  const isWhole = text === null || kind === 'directory' || isGlob(text);
  if (isWhole && (into || kind === 'directory')) return grantFolder(after, before, copy);
  if (path === '/' && kind !== 'file') return after;
  return grantFile(after, copy, { source, kind });
}

function grantFile(after: StageState, copy: Copied, of: { source: string; kind: SourceKind }): StageState {
  const { text, path, into, grant, origin } = copy;
  const remoteName = (text ?? '').replace(/[?#].*$/s, '');
  const place = into ? resolvePath(path, baseName(remoteName)) : path;
  const isRemote = copy.isAdd && /^https?:/.test(text ?? '');
  const remote: ModeBits | null = isRemote && !grant.hasChmod ? { on: 0o600, off: 0o177 } : null;
  const reach = of.kind === 'file' ? 'itself' : 'both';
  const put = putGrant(after, place, { copy, mode: remote ?? grant.mode, reach });
  if (!grant.keepsOwner || !origin || text === null) return put;
  return keepOwner(put, place, { copy, origin, source: of.source, reach });
}

/** What had been in the directory keeps its owner; the directory itself has the new one when COPY makes it. */
function grantFolder(after: StageState, before: StageState, copy: Copied): StageState {
  const { path, grant } = copy;
  if (path === '/') return grantRoot(after, copy);
  const isThere = isFolder(before, path);
  const old = isThere ? (ownerBelow(before, path)?.value ?? null) : null;
  const reach = isThere && !copy.isLinked ? 'below' : 'both';
  if (grant.keepsOwner) return keepFolder(after, { before, copy, isNew: reach === 'both', old });
  const isMixed = old !== null && old.uid !== grant.owner?.uid;
  const owner = isMixed ? null : grant.owner;
  return putGrant(after, path, { copy: { ...copy, grant: { ...grant, owner } }, mode: grant.mode, reach });
}

/** Directories that are copied over others give them their owner; which those are is known for another stage alone. */
function grantRoot(after: StageState, copy: Copied): StageState {
  const { text, origin, grant, span } = copy;
  const source = text === null ? null : resolvePath('/', text);
  const note = `${verbOf(copy)} sets owners and modes of what it brings.`;
  const moded = grant.hasChmod ? putMode(after, '/', { value: null, span, note, reach: 'below' }) : after;
  if (!grant.keepsOwner) return putOwner(moded, '/', { value: null, span, note, reach: 'below' });
  if (!origin || source === null || source === '/') return moded;
  return keepOwners(moded, { origin: origin.state, source, target: '/', span, old: null });
}

type KeptFolder = {
  readonly before: StageState;
  readonly copy: Copied;
  readonly isNew: boolean;
  readonly old: UserId | null;
};

/**
 * A directory that the copy makes belongs to root and has the mode 0755, whatever the copied one had: `prepareTargetDir`
 * in fsutil's copy/copy.go makes it beforehand.
 */
function keepFolder(after: StageState, { before, copy, isNew, old }: KeptFolder): StageState {
  const { path, text, origin, span, grant } = copy;
  const [note, modeNote] = [`COPY makes the directory '${path}' as root.`, `COPY sets the mode of '${path}'.`];
  const inside = { span, note: modeNote, isMeant: grant.hasChmod, reach: 'below' } as const;
  const below = putMode(after, path, { ...inside, value: grant.mode });
  const there = fileFact(before, path);
  const isMade = !(there.known && there.value);
  const usual = grant.hasChmod ? grant.mode : { on: 0o755, off: 0o022 };
  const moded = isNew ? putMode(below, path, { ...inside, value: isMade ? usual : null, reach: 'itself' }) : below;
  const isSure = there.known || copy.isLinked;
  const made = isNew ? putOwner(moded, path, { value: isMade ? rootUser : null, span, note, isSure }) : moded;
  const source = text === null ? null : resolvePath('/', text);
  const state = origin?.state ?? null;
  return state ? keepOwners(made, { origin: state, source, target: path, span, old }) : made;
}

type KeptFile = {
  readonly copy: Copied;
  readonly origin: Origin;
  readonly source: string;
  readonly reach: 'itself' | 'both';
};

/** A file keeps its owner; what may be a directory as well belongs to root in any case only where it did before. */
function keepOwner(state: StageState, place: string, { copy, origin, source, reach }: KeptFile): StageState {
  const { span } = copy;
  const mark = ownerMark(origin.state, source);
  if (reach === 'itself') return putKept(state, place, { mark, span, reach });
  const itself = putKept(state, place, { mark: mark?.value?.uid === 0 ? mark : null, span, reach: 'itself' });
  return putKept(itself, place, { mark: ownerBelow(origin.state, source), span, reach: 'below' });
}

function putGrant(
  state: StageState,
  path: string,
  { copy, mode, reach }: { copy: Copied; mode: ModeBits | null; reach: NonNullable<MarkOptions<UserId>['reach']> },
): StageState {
  const { owner, hasChown, hasChmod } = copy.grant;
  const { span } = copy;
  const verb = verbOf(copy);
  const whose = owner ? `${verb} gives '${path}' to ${userText(owner)}.` : `${verb} sets the owner of '${path}'.`;
  // A directory that may have been in the base image keeps its owner.
  const isSure = hasChown || reach === 'itself' || copy.isLinked;
  const owned = putOwner(state, path, { value: owner, span, note: whose, reach, isMeant: hasChown, isSure });
  const note = `${verb} sets the mode of '${path}'.`;
  return putMode(owned, path, { value: mode, span, note, reach, isMeant: hasChmod });
}

function verbOf({ isAdd }: Copied): string {
  return isAdd ? 'ADD' : 'COPY';
}

const rootUser: UserId = { name: null, uid: 0 };

/** BuildKit keeps root where the name is not found: readUser in solver/llbsolver/ops/user_linux.go. */
function lookedUp(state: StageState, chown: string): UserId | null {
  const owner = ownerOf(state, chown) ?? rootUser;
  if (owner.name === null || owner.uid !== null) return owner;
  const account = accountFact(state, owner.name);
  return account.known && account.value === null ? rootUser : owner;
}
