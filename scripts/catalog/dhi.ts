import type { DistributionData, ImageData } from '../../server/src/catalog/data-model.js';
import { commonFields, groupByRepository, type RawImage } from './common-schema.js';
import { contentsOf, mergeContents } from './contents.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

type RawVersion = {
  version: string;
  tags: string[];
  eol: string | null;
  status: string;
  entrypoint?: string[];
  architectures?: string[];
  source: string;
  devVariant?: string;
  envDiff?: Record<string, string | null>;
  runtimeVariant?: string;
};
type RawDhiImage = RawImage & {
  versions: RawVersion[];
  variant: string;
  flavor: string | null;
  fipsVariant?: string | null;
};
export type RawDhi = { compiled: string; images: RawDhiImage[] };

const packageNames: Readonly<Record<string, string>> = {
  'openssl-cli': 'openssl',
  libicu: 'icu',
  'icu-data-full': 'icu',
  'libc-dev': 'libc-dev',
};

const direct = new Set('npm pip yarn corepack'.split(' '));

/**
 * Read from definitions: a null `entrypoint`, `cmd` or `workdir` means none; a null shell or package manager means none
 * only where `lacks` says so. The newest version's values stand first and `versions` overrides them.
 */
export function importDhi(raw: RawDhi, distributions: DistributionData): VendorFile {
  const file = createVendorFile({
    family: 'dhi',
    vendor: 'Docker Hardened Images',
    read: raw.compiled,
    access: 'free-login',
    signing: 'cosign, with a key',
    attestations: 'SBOM (SPDX, CycloneDX), provenance (SLSA level 3), VEX',
  });
  for (const [name, images] of groupByRepository(raw.images))
    addRepository(
      file,
      name,
      images.map((image) => withLibc(image, distributions)),
    );
  return file;
}

function addRepository(file: VendorFile, name: string, images: readonly RawDhiImage[]): void {
  const [first] = images;
  if (!first) return;
  const depth = lineDepth(images);
  const lines = endsOfLines(images, depth);
  const runtime = images.find(({ variant }) => variant === 'runtime') ?? first;
  file.add(name, {
    title: `Hardened ${name.slice(name.indexOf('/') + 1)}`,
    purpose: runtime.purpose,
    ...(first.runtime ? { language: first.runtime.name } : {}),
    ...(first.docs ? { docs: first.docs } : {}),
    steady: 'same',
    scheme: 'lines',
    lineDepth: depth,
    lines,
    images: images.flatMap((image) =>
      image.versions.map((version) => ({
        tags: essentialTags(version, depth).join(' '),
        ...toImage(file, image, version),
        ...(version.eol && lines[lineOf(version, depth) ?? ''] === undefined ? { eol: version.eol } : {}),
      })),
    ),
  });
}

/** `:*-debian13-dev`, the same repository with the version of the tag, so that the versions of a line can share a row. */
function forVersion(reference: string | null | undefined, repository: string): string | null {
  const own = reference?.replace(/:\d+(?:\.\d+)*(?=-|$)/, ':*');
  return own?.replace(new RegExp(`^${repository}:`), ':') ?? null;
}

function toImage(file: VendorFile, raw: RawDhiImage, version: RawVersion): ImageData {
  const entrypoint = version.entrypoint ?? raw.entrypoint;
  const isDev = raw.variant === 'dev';
  const common = commonFields(file, {
    ...raw,
    devVariant: forVersion(version.devVariant, raw.repository),
    runtimeVariant: forVersion(version.runtimeVariant, raw.repository),
    architectures: version.architectures ?? raw.architectures,
    env: raw.env && { ...raw.env, ...version.envDiff },
    source: ['docker-hardened-images/catalog@30c3db971dff:image/*'],
  });
  return {
    ...common,
    purpose: raw.purpose,
    ...shells(raw),
    ...(raw.packageManager
      ? { packageManager: raw.packageManager }
      : raw.lacks.includes('package-manager')
        ? { packageManager: null }
        : {}),
    entrypoint,
    cmd: raw.cmd,
    workdir: raw.workdir ?? '/',
    ...(raw.runtime ? {} : { runtime: null }),
    contents: file.contents(contents(raw)),
    ...(raw.shell === '/bin/bash' ? { files: '/bin/bash' } : {}),
    ...(isDev ? { flavor: 'dev' as const } : {}),
    ...(raw.fipsVariant ? { fips: forVersion(raw.fipsVariant, raw.repository) ?? '' } : {}),
  };
}

/**
 * `-debian` and `-debian13` name what the plain tag means, and a version what its line means: the loader knows both
 * rules, so that of each group the tags of the line and of the whole version are kept. A few have no plain tag.
 */
function essentialTags({ tags, version }: RawVersion, lineDepth: number): string[] {
  const plainOf = (tag: string): string => tag.replace(/-debian(?:13)?(?=-|$)/, '');
  const plain = [...new Set(tags.map((tag) => (tags.includes(plainOf(tag)) ? plainOf(tag) : tag)))];
  return plain.filter((tag) => {
    const own = /^\d+(?:\.\d+)*(?=-|$)/.exec(tag)?.[0];
    if (own === undefined || !plain.some((other) => other !== tag && /^\d/.test(other))) return true;
    const isBuild = /^[\d.]+-r?\d+(?:-|$)/.test(tag);
    return own.split('.').length <= lineDepth || (own === version && !isBuild);
  });
}

/** `/bin/bash` alone is no complete set: whether /bin/sh is there too was read for the dev images and for BusyBox. */
function shells(raw: RawDhiImage): ImageData {
  if (raw.lacks.includes('shell')) return { shells: '' };
  const hasBusybox = raw.contains.includes('busybox');
  const hasBash = raw.contains.includes('bash');
  if (raw.variant === 'dev' || hasBusybox) {
    return { shells: ['/bin/sh', ...(hasBusybox ? ['/bin/ash'] : []), ...(hasBash ? ['/bin/bash'] : [])].join(' ') };
  }
  return {};
}

/**
 * The definitions of these name every package but the libraries they need, and no curl or wget; the guide of node says
 * that npm and Yarn are in the dev images only. Alpine's coreutils-env of node holds nothing but env. Sources:
 * docker-hardened-images/catalog@30c3db971dff:image/NAME/*.yaml and image/node/guides.md.
 */
const runtimePrograms: Readonly<Record<string, string>> = {
  'dhi.io/node': 'node -npm -npx -yarn -corepack -curl -wget',
  'dhi.io/python': 'python3 -curl -wget',
  'dhi.io/static': '-curl -wget',
};

/** A definition that names libstdc++ and leaves libgcc to its dependencies says nothing about libgcc. */
function contents(raw: RawDhiImage): string {
  const packages = raw.contains.map((name) => packageNames[name] ?? name);
  const lacks = raw.lacks.map((word) => (word === 'libssl3' ? 'libssl' : word));
  const others = raw.contains.filter((name) => direct.has(name)).join(' ');
  const hasPasswd = raw.contains.includes('passwd') ? 'passwd' : '';
  const isNodeOnAlpine = raw.repository === 'dhi.io/node' && raw.os?.id === 'alpine';
  const own = contentsOf(
    packages.filter((name) => name !== 'passwd' && !(isNodeOnAlpine && name === 'coreutils')),
    lacks,
  );
  const merged = mergeContents(
    own,
    others,
    hasPasswd,
    raw.lacks.includes('shell') ? '-sh -bash' : '',
    isNodeOnAlpine ? 'env' : '',
    raw.variant === 'runtime' && raw.lacks.includes('shell') ? (runtimePrograms[raw.repository] ?? '') : '',
  );
  return raw.lacks.includes('libgcc') && raw.contains.includes('libstdc++')
    ? merged.replace(/(?:^| )libgcc(?= |$)/, '').trim()
    : merged;
}

/** A line whose editions end on different days, such as those of pgvector, has no end of its own. */
function endsOfLines(images: readonly RawDhiImage[], depth: number): Record<string, string> {
  const ends = new Map<string, Set<string>>();
  for (const version of images.flatMap(({ versions }) => versions)) {
    const line = lineOf(version, depth);
    if (version.eol && line) ends.set(line, new Set([...(ends.get(line) ?? []), version.eol]));
  }
  return Object.fromEntries([...ends].flatMap(([line, days]) => (days.size === 1 ? [[line, [...days][0] ?? '']] : [])));
}

function lineOf({ version }: RawVersion, depth: number): string | null {
  return /^\d+(?:\.\d+)*/.exec(version)?.[0].split('.').slice(0, depth).join('.') ?? null;
}

/** The definitions take the C library of the release they name, whose version they do not repeat. */
function withLibc(raw: RawDhiImage, { releases }: DistributionData): RawDhiImage {
  if (!raw.libc || raw.libc.version || raw.libc.kind === 'none') return raw;
  const release = releases.find(({ id, version }) => id === raw.os?.id && version === raw.os.version);
  const [kind, version] = release?.libc?.split(':') ?? [];
  return kind === raw.libc.kind && version ? { ...raw, libc: { kind, version } } : raw;
}

/** Numbers of a version line: as many as the definition's file name has, and enough to tell the versions apart. */
function lineDepth(images: readonly RawDhiImage[]): number {
  const named = images.flatMap(({ versions }) =>
    versions.map(({ source }) => numbersIn(/(\d+(?:\.\d+)*)[^/]*$/.exec(source)?.[1])),
  );
  const needed = images.map(({ versions }) => depthToTell(new Set(versions.map(({ version }) => version))));
  return Math.max(1, ...named, ...needed);
}

function numbersIn(version: string | undefined): number {
  return version?.split('.').length ?? 0;
}

function depthToTell(versions: ReadonlySet<string>): number {
  for (let depth = 1; depth < 4; depth++) {
    const lines = new Set([...versions].map((version) => version.split('.').slice(0, depth).join('.')));
    if (lines.size === versions.size) return depth;
  }
  return 1;
}
