import type { Libc, PackageManager } from './model.js';
import type { DistributionData, ReleaseData } from './data-model.js';
import distributions from './data/distributions.json';

/** A release of a distribution. Null and undefined stand for what was not read. */
export type Release = {
  readonly id: string;
  readonly version: string;
  readonly codename: string | null;
  readonly libc: Libc | null;
  /** Shells of the distribution's own base image. */
  readonly shells: readonly string[] | null;
  /** Null when it was not read; every release has one. */
  readonly packageManager: PackageManager | null;
  /** YYYY-MM-DD. */
  readonly released: string | null;
  /** End of ordinary security support, and of the long-term support after it. */
  readonly eol: string | null;
  readonly ltsEol: string | null;
  /** Version of the system OpenSSL, Python and the highest GLIBCXX symbol of libstdc++. */
  readonly openssl: string | null;
  readonly python: string | null;
  readonly glibcxx: string | null;
  readonly source: string;
  readonly read: string;
};

const data = distributions as DistributionData;
const releases: readonly Release[] = data.releases.map(toRelease);
const byName = new Map(releases.flatMap((release) => namesOf(release).map((name) => [name, release] as const)));

/** The release of a distribution by its version (`13`, `3.24`) or code name (`trixie`). */
export function findRelease(id: string, name: string): Release | null {
  return byName.get(`${id}:${name}`) ?? null;
}

/** The release a code name of Debian or Ubuntu stands for. */
export function releaseOfCodename(codename: string): Release | null {
  return findRelease('debian', codename) ?? findRelease('ubuntu', codename);
}

export function listReleases(): readonly Release[] {
  return releases;
}

/** `glibc:2.41`, `musl`, `none` as the data files write it. */
export function readLibc(text: string): Libc {
  const [kind, version] = text.split(':');
  return { kind: kind as Libc['kind'], version: version ?? null };
}

function namesOf({ id, version, codename }: Release): string[] {
  return codename ? [`${id}:${version}`, `${id}:${codename}`] : [`${id}:${version}`];
}

function toRelease(row: ReleaseData): Release {
  return {
    id: row.id,
    version: row.version,
    codename: row.codename ?? null,
    libc: row.libc === undefined ? null : readLibc(row.libc),
    shells: row.shells === undefined ? null : row.shells.split(' '),
    packageManager: (row.packageManager ?? null) as PackageManager | null,
    released: row.released ?? null,
    eol: row.eol ?? null,
    ltsEol: row.ltsEol ?? null,
    openssl: row.openssl ?? null,
    python: row.python ?? null,
    glibcxx: row.glibcxx ?? null,
    source: data.sources[row.source] ?? '',
    read: data.read,
  };
}
