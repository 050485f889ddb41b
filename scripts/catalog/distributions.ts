import type { DistributionData, ReleaseData } from '../../server/src/catalog/data-model.js';
import { traceable } from './source-text.js';

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

type OwnRow = Omit<ReleaseData, 'source' | 'dates'> & { readonly source: string; readonly dates?: string };

/** Releases that the fact file lacks. */
const further: readonly OwnRow[] = [
  // BellSoft's images name it in their tags; it comes with either C library.
  {
    id: 'alpaquita',
    version: 'stream',
    packageManager: 'apk',
    rolling: true,
    source: 'https://hub.docker.com/r/bellsoft/liberica-runtime-container',
  },
  {
    id: 'alpine',
    version: '3.9',
    libc: 'musl:1.1.20',
    shells: '/bin/sh /bin/ash',
    packageManager: 'apk',
    released: '2019-01-29',
    eol: '2020-11-01',
    openssl: '1.1.1g',
    source: 'alpinelinux/docker-alpine@d7eb97a39abb:x86_64',
    dates: 'endoflife-date/endoflife.date@a70eca337600:products/alpine-linux.md#3.9',
  },
  // A preview, as far as the Dockerfiles of .NET show it.
  {
    id: 'azurelinux',
    version: '4.0',
    libc: 'glibc',
    packageManager: 'dnf',
    source: 'dotnet/dotnet-docker@3ed00b611cc8:src/runtime-deps/11.0/azurelinux4.0/amd64/Dockerfile',
  },
];

/** `null` in this file means not read throughout. */
export function importDistributions(raw: RawDistributions): DistributionData {
  const sources: string[] = [];
  const releases = raw.releases.filter(({ id }) => kept.has(id)).map((release) => toRow(release, sources));
  for (const { source, dates, ...row } of further)
    releases.push({
      ...row,
      source: indexIn(sources, source),
      ...(dates ? { dates: indexIn(sources, dates) } : {}),
    });
  return { read: raw.compiled, sources, releases };
}

function toRow(raw: RawRelease, sources: string[]): ReleaseData {
  const { id, version } = nameOf(raw);
  const dates = raw.source.find((text) => text.startsWith('endoflife-date/'));
  const source = traceable(raw.source)[0] ?? '';
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
    ...optional('python', isPythonRead(raw) ? raw.python3 : null),
    ...optional('gcc', raw.gcc ?? (id === 'ubuntu' ? (ubuntuCompilers[version] ?? null) : null)),
    ...optional('glibcxx', raw.libstdcxx?.glibcxxMax?.replace('GLIBCXX_', '') ?? null),
    ...(raw.rolling || id === 'archlinux' ? { rolling: true } : {}),
    source: indexIn(sources, source),
    ...(dates && dates !== source ? { dates: indexIn(sources, dates) } : {}),
  };
}

/** That of a few releases was collected from a list of test images, at no commit that could be looked up. */
function isPythonRead({ source }: RawRelease): boolean {
  return !/^ansible\/ansible(?!@)/.test(source[0] ?? '');
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
