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
  /** Version of the system OpenSSL, Python and GCC, and the highest GLIBCXX symbol of libstdc++. */
  readonly openssl: string | null;
  readonly python: string | null;
  readonly gcc: string | null;
  readonly glibcxx: string | null;
  /** Its packages move on; the versions are those of the day of reading. */
  readonly isRolling: boolean;
  readonly source: string;
  /** Where the dates were read. */
  readonly datesSource: string;
  readonly read: string;
};

const data = distributions as DistributionData;

type Index = { readonly all: readonly Release[]; readonly byName: ReadonlyMap<string, Release> };

let made: Index | null = null;

/** Distributions without releases: whatever their os-release says is the same one. */
const releaseless: readonly string[] = ['wolfi', 'archlinux'];

/** The release of a distribution by its version (`13`, `3.24`) or code name (`trixie`). */
export function findRelease(id: string, name: string): Release | null {
  const { byName } = releases();
  return byName.get(`${id}:${name}`) ?? (releaseless.includes(id) ? (byName.get(id) ?? null) : null);
}

/** The release a code name of Debian or Ubuntu stands for; a number is none. */
export function releaseOfCodename(codename: string): Release | null {
  if (/^\d/.test(codename)) return null;
  return findRelease('debian', codename) ?? findRelease('ubuntu', codename);
}

export function listReleases(): readonly Release[] {
  return releases().all;
}

/**
 * The series of OpenSSL that share a binary interface: `3` for 3.5.4, `1.1` for 1.1.1k, `1.0` for 1.0.2. A program that
 * was linked against one does not start with another.
 */
export function opensslMajor(version: string | null): string | null {
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(version ?? '') ?? [];
  if (!major) return null;
  if (Number(major) >= 3) return major;
  return minor ? `${major}.${minor}` : null;
}

/** `glibc:2.41`, `musl`, `none` as the data files write it. */
export function readLibc(text: string): Libc {
  const [kind, version] = text.split(':');
  return { kind: kind as Libc['kind'], version: version ?? null };
}

/** Made when a release is first asked for. */
function releases(): Index {
  if (made) return made;
  const all = data.releases.map(toRelease);
  const names = all.flatMap((release) => namesOf(release).map((name) => [name, release] as const));
  made = { all, byName: new Map(names) };
  return made;
}

function namesOf({ id, version, codename }: Release): string[] {
  const names = codename ? [`${id}:${version}`, `${id}:${codename}`] : [`${id}:${version}`];
  return releaseless.includes(id) ? [...names, id] : names;
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
    gcc: row.gcc ?? null,
    glibcxx: row.glibcxx ?? null,
    isRolling: row.rolling ?? false,
    source: data.sources[row.source] ?? '',
    datesSource: data.sources[row.dates ?? row.source] ?? '',
    read: data.read,
  };
}
