import { known, unknown, type Evidence, type Fact } from '../fact.js';
import type { ImageFacts, Libc, Os } from './model.js';
import type { Release } from './releases.js';
import { describe } from './sentences.js';

/** A tag that stays on the base it was built on last; `until` is that day (YYYY-MM-DD), null when it still moves. */
export type Frozen = {
  readonly base: string;
  readonly until: string | null;
  /** A patch release that a later one of the same line has replaced. */
  readonly isPatch?: boolean;
};

/** Older builds differ too much from today's for anything but base and runtime to be told. */
const comparableSince = '2022-01-01';

/** What all the images have in common; where two differ, the fact is not known. Null for no images. */
export function agreeing(images: readonly ImageFacts[]): ImageFacts | null {
  const [first, ...others] = images;
  if (!first) return null;
  const facts = others.reduce(agree, first);
  return { ...facts, size: null, packageCount: null, eol: others.length > 0 ? commonEol(images) : facts.eol };
}

type Move = {
  readonly decoded: readonly ImageFacts[];
  readonly release: Release;
  readonly frozen: Frozen;
  /** The facts when nothing is known but the repository and the tag. */
  readonly blank: ImageFacts;
  /** Older images of the repository started otherwise and held other things. */
  readonly isEvolving: boolean;
};

/** The facts of `decoded` as far as they agree, moved to another release of the same distribution. */
export function onRelease({ decoded, release, frozen, blank, isEvolving }: Move): ImageFacts {
  const common = frozen.until === null || frozen.until >= comparableSince ? agreeing(decoded) : null;
  const shared = common ? (isEvolving ? onlyBase(common, blank) : common) : blank;
  const note = `'${blank.name}:${blank.tag}' is on ${title(release)}.`;
  const by: Evidence = {
    kind: 'catalog',
    image: `${blank.name}:${blank.tag}`,
    source: release.source,
    date: release.read,
    note,
  };
  const hasNoShell = shared.shells.known && shared.shells.value.length === 0;
  return {
    ...shared,
    os: known<Os | null>({ id: release.id, version: release.version, codename: release.codename }, by),
    libc: release.libc ? known(release.libc, by) : unknown(by),
    shells: hasNoShell || !release.shells ? shared.shells : known(release.shells, by),
    packageManager:
      shared.packageManager.known || !release.packageManager
        ? shared.packageManager
        : known(release.packageManager, by),
    closed: unknown(by),
    osEol: release.eol,
    osLtsEol: release.ltsEol,
    size: null,
    packageCount: null,
    ...fate(shared, release, frozen),
  };
}

/** What the base gives an image; how it starts and what it holds besides is left open. */
export function onlyBase(facts: ImageFacts, blank: ImageFacts): ImageFacts {
  const { os, libc, shells, packageManager, user, eol } = facts;
  return { ...blank, os, libc, shells, packageManager, user, eol };
}

/** The same facts when it is not known on which release of the distribution the image is. */
export function withoutRelease(facts: ImageFacts): ImageFacts {
  const { os, libc } = facts;
  return {
    ...facts,
    os: os.known && os.value ? withoutVersion(os.value, os.because) : os,
    libc: libc.known ? ofKind(libc.value, libc.because) : libc,
    osEol: null,
    osLtsEol: null,
    size: null,
    packageCount: null,
    note: null,
  };
}

function fate(
  shared: ImageFacts,
  release: Release,
  { until, isPatch }: Frozen,
): Pick<ImageFacts, 'status' | 'eol' | 'note'> {
  if (until !== null) {
    return {
      status: 'retired',
      eol: shared.eol ?? until,
      note: `No longer built since ${until}; it stays on ${title(release)}.`,
    };
  }
  if (!isPatch) return { status: shared.status, eol: shared.eol, note: shared.note };
  return {
    status: null,
    eol: shared.eol,
    note: `A later patch release has replaced it; it stays on ${title(release)}.`,
  };
}

function agree(left: ImageFacts, right: ImageFacts): ImageFacts {
  const contents = new Map([...left.contents].filter(([key, fact]) => sameFact(fact, right.contents.get(key))));
  return {
    ...left,
    contents,
    os: agreeOs(left.os, right.os),
    libc: agreeLibc(left.libc, right.libc),
    shells: common(left.shells, right.shells),
    packageManager: common(left.packageManager, right.packageManager),
    user: common(left.user, right.user),
    accounts: common(left.accounts, right.accounts),
    namedUsers: left.namedUsers.filter((user) => right.namedUsers.some((other) => same(user, other))),
    workdir: common(left.workdir, right.workdir),
    env: common(left.env, right.env),
    entrypoint: common(left.entrypoint, right.entrypoint),
    cmd: common(left.cmd, right.cmd),
    runtime: common(left.runtime, right.runtime),
    closed: common(left.closed, right.closed),
    files: left.files.filter((file) => right.files.includes(file)),
    status: left.status === right.status ? left.status : null,
    osEol: left.osEol === right.osEol ? left.osEol : null,
    osLtsEol: left.osLtsEol === right.osLtsEol ? left.osLtsEol : null,
    architectures: same(left.architectures, right.architectures) ? left.architectures : null,
    variants: same(left.variants, right.variants)
      ? left.variants
      : { dev: null, runtime: null, debug: null, nonroot: null, fips: null },
    note: left.note === right.note ? left.note : null,
    isFips: left.isFips && right.isFips,
    access: left.access === right.access ? left.access : null,
    signing: left.signing === right.signing ? left.signing : null,
    attestations: left.attestations === right.attestations ? left.attestations : null,
  };
}

function agreeOs(left: Fact<Os | null>, right: Fact<Os | null>): Fact<Os | null> {
  if (!left.known || !right.known || same(left.value, right.value)) return common(left, right);
  if (left.value?.id !== right.value?.id || left.value === null) return common(left, right);
  return withoutVersion(left.value, left.because);
}

function agreeLibc(left: Fact<Libc>, right: Fact<Libc>): Fact<Libc> {
  if (!left.known || !right.known || left.value.kind !== right.value.kind) return common(left, right);
  return left.value.version === right.value.version ? left : ofKind(left.value, left.because);
}

function withoutVersion({ id }: Os, because: readonly Evidence[]): Fact<Os | null> {
  const os: Os = { id, version: null, codename: null };
  return known<Os | null>(os, ...reworded(because, `is on ${describe.os(os)}`));
}

function ofKind({ kind }: Libc, because: readonly Evidence[]): Fact<Libc> {
  const libc: Libc = { kind, version: null };
  return known(libc, ...reworded(because, describe.libc(libc)));
}

/** What is told of the image itself, in other words; what was told of the image it is like would say too much. */
function reworded(because: readonly Evidence[], note: string): Evidence[] {
  return because.slice(0, 1).map((by) => (by.kind === 'catalog' ? { ...by, note: `'${by.image}' ${note}.` } : by));
}

function common<T>(left: Fact<T>, right: Fact<T>): Fact<T> {
  if (sameFact(left, right)) return left;
  if (!left.known) return left;
  return right.known
    ? unknown(...reworded(left.because, 'was not read, and images of its repository differ in this'))
    : right;
}

function sameFact<T>(left: Fact<T>, right: Fact<T> | undefined): boolean {
  return left.known && right !== undefined && right.known && same(left.value, right.value);
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function commonEol(images: readonly ImageFacts[]): string | null {
  const [first, ...others] = images.map(({ eol }) => eol);
  return others.every((eol) => eol === first) ? (first ?? null) : null;
}

function title({ id, version, codename }: Release): string {
  const name = id.charAt(0).toUpperCase() + id.slice(1);
  return codename ? `${name} ${version} (${codename})` : `${name} ${version}`;
}
