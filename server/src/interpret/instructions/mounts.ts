import { byDocker, byInstruction } from '../../fact.js';
import { mountFields } from '../../stages/link.js';
import type { Run, Word } from '../../syntax/model.js';
import type { Span } from '../../text/span.js';
import { expand, type Scene } from '../scene.js';
import { place } from '../placements.js';
import type { FileEntry, StageState } from '../state.js';
import { entryAt, putEntry, resolvePath } from '../tree.js';
import { originAt, type Origin } from './origin.js';

/** A mount of a RUN. What is under `target` while it lasts is not part of the image. */
export type Mount = {
  readonly type: string;
  /** Null when it is not known. */
  readonly target: string | null;
  readonly source: string;
  /** The stage or image it shows; null for the build context, caches, secrets and so on. */
  readonly origin: Origin | null;
  /** Where its files come from; null for caches, secrets and so on. */
  readonly from: 'context' | Origin | null;
  readonly span: Span;
};

export function mountsOf(state: StageState, { flags }: Run, scene: Scene): Mount[] {
  return flags.flatMap((flag) => {
    if (flag.name !== 'mount' || flag.value === null) return [];
    const fields = new Map(mountFields(flag.value, flag.valueSpan).map(({ name, word }) => [name, word]));
    const type = fields.get('type')?.value ?? 'bind';
    const from = fields.get('from');
    const target = fields.get('target') ?? fields.get('dst') ?? fields.get('destination');
    const source = fields.get('source') ?? fields.get('src');
    const origin = from && originAt(from, scene);
    if (!target && type !== 'bind') return [];
    const mount: Mount = {
      type,
      target: pathOf(state, target ?? null, scene),
      source: resolvePath('/', source?.value ?? '/'),
      origin: origin && type === 'bind' ? origin : null,
      from: type === 'bind' ? (origin ?? 'context') : null,
      span: flag.span,
    };
    return [mount];
  });
}

/** The variables that secrets are given as: `--mount=type=secret,id=token,env=TOKEN`. */
export function secretVariables({ flags }: Run): readonly string[] {
  return flags.flatMap((flag) => {
    if (flag.name !== 'mount' || flag.value === null) return [];
    const fields = new Map(mountFields(flag.value, flag.valueSpan).map(({ name, word }) => [name, word.value]));
    return fields.get('type') === 'secret' && fields.has('env') ? [fields.get('env') || (fields.get('id') ?? '')] : [];
  });
}

/** What the commands of a RUN see: at every mount point something that the stage itself does not list. */
export function withMounts(state: StageState, mounts: readonly Mount[]): StageState {
  return mounts.reduce((next, mount) => {
    const { type, target, span } = mount;
    if (target === null || type === 'secret' || type === 'ssh') return next;
    const because = [byInstruction(span, `Mounts files at '${target}'.`)];
    const kind = type === 'bind' ? 'either' : 'directory';
    const unlisted = type === 'tmpfs' ? 'nothing' : 'anything';
    return placed(putEntry(next, target, { kind, because, artifact: null, unlisted }), target, mount);
  }, state);
}

function placed(state: StageState, target: string, { from, source, span }: Mount): StageState {
  const because = byInstruction(span, `Mounted at '${target}'.`);
  const isContext = from === 'context' || from === null;
  const given = from === null ? null : isContext ? source.slice(1) : source;
  return place(state, target, {
    from: isContext ? null : from.state,
    source: given,
    into: false,
    excludes: [],
    because,
  });
}

/** After the RUN all that lay at a mount point is gone; one that was not there stays as an empty directory. */
export function withoutMounts(after: StageState, before: StageState, mounts: readonly Mount[]): StageState {
  if (mounts.length === 0) return after;
  let { files } = after;
  for (const path of new Set(after.files.changedSince(before.files))) {
    const mount = mounts.findLast(({ target }) => target !== null && isAt(path, target));
    if (mount) files = files.with(path, before.files.get(path) ?? left(after, mount, path));
  }
  const isMounted = (path: string) => mounts.some(({ target }) => target !== null && isAt(path, target));
  return { ...after, files, placements: placementsWithout(after, before, isMounted) };
}

/** What was mounted is not part of the image; what was put elsewhere is. */
function placementsWithout(after: StageState, before: StageState, isMounted: (path: string) => boolean) {
  let { placements } = after;
  for (const path of new Set(after.placements.changedSince(before.placements))) {
    if (!isMounted(path)) continue;
    const old = before.placements.get(path);
    const because = byDocker('A mount lasts for one RUN.');
    const nothing = { from: null, source: null, into: false, excludes: [], because, order: -1, earlier: null };
    placements = placements.with(path, old ?? nothing);
  }
  return placements;
}

/** The entry of a path inside the mount of another stage or image; undefined where no mount is. */
export function mountedEntry(mounts: readonly Mount[], path: string): FileEntry | null | undefined {
  const mount = mounts.findLast(({ target }) => target !== null && isAt(path, target));
  if (!mount?.origin || mount.target === null) return undefined;
  const inside = path.slice(mount.target.length).replace(/^\//, '');
  return entryAt(mount.origin.state, resolvePath(mount.source, inside));
}

function left({ clock }: StageState, { span, target }: Mount, path: string): FileEntry {
  const isPoint = target === path;
  const note = isPoint ? `The mount leaves the directory '${path}' behind.` : `'${path}' was written into a mount.`;
  return {
    kind: isPoint ? 'directory' : 'absent',
    because: [byInstruction(span, note)],
    artifact: null,
    unlisted: 'nothing',
    order: clock,
    emptied: -1,
  };
}

function isAt(path: string, target: string): boolean {
  return path === target || path.startsWith(target === '/' ? '/' : `${target}/`);
}

function pathOf(state: StageState, word: Word | null, scene: Scene): string | null {
  if (!word) return null;
  const text = expand(state, word, scene);
  if (!text.known) return null;
  if (text.value.startsWith('/')) return resolvePath('/', text.value);
  return state.workdir.known ? resolvePath(state.workdir.value, text.value) : null;
}
