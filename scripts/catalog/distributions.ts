import type { DistributionData, ReleaseData } from '../../server/src/catalog/data-model.js';

type RawRelease = {
  id: string;
  version: string;
  codename: string | null;
  libc: { kind: string; version: string | null } | null;
  openssl: { version: string | null } | null;
  python3: string | null;
  libstdcxx: { glibcxxMax: string | null } | null;
  releaseDate: string | null;
  eol: string | null;
  ltsEol: string | null;
  shell: string | null;
  packageManager: string | null;
  source: string[];
};

export type RawDistributions = { compiled: string; releases: RawRelease[] };

/**
 * Shells of the base images. `distros.json` names one; the sets were read in the images' own file lists (dash and bash
 * in Debian and Ubuntu, BusyBox ash in Alpine, bash as sh in the rpm families).
 */
const shellSets: Readonly<Record<string, string>> = {
  debian: '/bin/sh /bin/dash /bin/bash',
  ubuntu: '/bin/sh /bin/dash /bin/bash',
  alpine: '/bin/sh /bin/ash',
  fedora: '/bin/sh /bin/bash',
  rhel: '/bin/sh /bin/bash',
  almalinux: '/bin/sh /bin/bash',
  rocky: '/bin/sh /bin/bash',
  oraclelinux: '/bin/sh /bin/bash',
  amazonlinux: '/bin/sh /bin/bash',
  centos: '/bin/sh /bin/bash',
  photon: '/bin/sh /bin/bash',
};

const kept = new Set(
  'debian ubuntu alpine fedora rhel almalinux rocky oraclelinux centos amazonlinux azurelinux mariner photon wolfi archlinux'.split(
    ' ',
  ),
);

/** `null` in this file means not read throughout. */
export function importDistributions(raw: RawDistributions): DistributionData {
  const sources: string[] = [];
  const releases = raw.releases.filter(({ id }) => kept.has(id)).map((release) => toRow(release, sources));
  return { read: raw.compiled, sources, releases };
}

function toRow(raw: RawRelease, sources: string[]): ReleaseData {
  const source = raw.source[0] ?? '';
  if (!sources.includes(source)) sources.push(source);
  const { id, version } = raw;
  return {
    id,
    version,
    ...optional('codename', raw.codename),
    ...optional('libc', raw.libc && (raw.libc.version ? `${raw.libc.kind}:${raw.libc.version}` : raw.libc.kind)),
    ...optional('shells', shellSets[id] ?? null),
    ...optional('packageManager', id === 'rhel' ? null : raw.packageManager),
    ...optional('released', raw.releaseDate),
    ...optional('eol', raw.eol),
    ...optional('ltsEol', raw.ltsEol),
    ...optional('openssl', raw.openssl?.version ?? null),
    ...optional('python', raw.python3),
    ...optional('glibcxx', raw.libstdcxx?.glibcxxMax?.replace('GLIBCXX_', '') ?? null),
    source: sources.indexOf(source),
  };
}

function optional<K extends string>(key: K, value: string | null): { [P in K]?: string } {
  return value === null ? {} : ({ [key]: value } as { [P in K]?: string });
}
