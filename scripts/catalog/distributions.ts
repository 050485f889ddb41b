import type { DistributionData, ReleaseData } from '../../server/src/catalog/data-model.js';

type RawRelease = {
  id: string;
  version: string;
  codename: string | null;
  libc: { kind: string; version: string | null } | null;
  openssl: { version: string | null } | null;
  python3: string | null;
  gcc: string | null;
  libstdcxx: { glibcxxMax: string | null } | null;
  releaseDate: string | null;
  eol: string | null;
  ltsEol: string | null;
  shell: string | null;
  packageManager: string | null;
  rolling?: boolean;
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
  (
    'debian ubuntu alpine fedora rhel almalinux rocky oraclelinux centos centos-stream amazonlinux azurelinux mariner ' +
    'photon wolfi archlinux opensuse-leap opensuse-tumbleweed sles'
  ).split(' '),
);

/** The compiler that `gcc` stands for on Ubuntu. Source: canonical/chisel-releases, slices/gcc.yaml of each branch. */
const ubuntuCompilers: Readonly<Record<string, string>> = { '24.04': '13', '25.10': '15', '26.04': '15' };

/** BellSoft's images name it in their tags; it comes with either C library. */
const alpaquita = {
  id: 'alpaquita',
  version: 'stream',
  packageManager: 'apk',
  rolling: true,
  source: 'https://hub.docker.com/r/bellsoft/liberica-runtime-container',
} as const;

/** `null` in this file means not read throughout. */
export function importDistributions(raw: RawDistributions): DistributionData {
  const sources: string[] = [];
  const releases = raw.releases.filter(({ id }) => kept.has(id)).map((release) => toRow(release, sources));
  releases.push({ ...alpaquita, source: indexIn(sources, alpaquita.source) });
  return { read: raw.compiled, sources, releases };
}

function toRow(raw: RawRelease, sources: string[]): ReleaseData {
  const { id, version } = nameOf(raw);
  const dates = raw.source.find((source) => source.startsWith('endoflife-date/'));
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
    ...optional('gcc', raw.gcc ?? (id === 'ubuntu' ? (ubuntuCompilers[version] ?? null) : null)),
    ...optional('glibcxx', raw.libstdcxx?.glibcxxMax?.replace('GLIBCXX_', '') ?? null),
    ...(raw.rolling || id === 'archlinux' ? { rolling: true } : {}),
    source: indexIn(sources, raw.source[0] ?? ''),
    ...(dates && dates !== raw.source[0] ? { dates: indexIn(sources, dates) } : {}),
  };
}

/** In /etc/os-release CentOS Stream is `centos` too. Only version 8 was there as both. */
function nameOf({ id, version }: RawRelease): { id: string; version: string } {
  if (id !== 'centos-stream') return { id, version };
  return { id: 'centos', version: version === '8' ? 'stream8' : version };
}

function indexIn(sources: string[], source: string): number {
  const index = sources.indexOf(source);
  return index < 0 ? sources.push(source) - 1 : index;
}

function optional<K extends string>(key: K, value: string | null): { [P in K]?: string } {
  return value === null ? {} : ({ [key]: value } as { [P in K]?: string });
}
