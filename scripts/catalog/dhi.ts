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
  runtimeVariant?: string;
};
type RawDhiImage = RawImage & { versions: RawVersion[]; variant: string; flavor: string | null };
export type RawDhi = { compiled: string; images: RawDhiImage[] };

/** Databases, brokers and proxies are left for the people who run them; firewall editions differ in the package manager's wrapper. */
const families =
  'static busybox bash debian-base alpine-base python node golang rust amazoncorretto eclipse-temurin azul aspnetcore dotnet ruby php ' +
  'perl bun deno erlang-otp elixir maven gradle uv composer git curl nginx httpd caddy haproxy traefik tomcat postgres redis';

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
    signing: 'cosign-key',
  });
  for (const [name, images] of groupByRepository(raw.images.filter(isWanted)))
    addRepository(
      file,
      name,
      images.map((image) => withLibc(image, distributions)),
    );
  return file;
}

function isWanted({ repository, flavor }: RawDhiImage): boolean {
  return families.split(' ').includes(repository.slice('dhi.io/'.length)) && !flavor?.startsWith('sfw');
}

function addRepository(file: VendorFile, name: string, images: readonly RawDhiImage[]): void {
  const [first] = images;
  if (!first) return;
  const depth = lineDepth(images);
  const runtime = images.find(({ variant }) => variant === 'runtime') ?? first;
  file.add(name, {
    title: `Hardened ${name.slice(name.indexOf('/') + 1)}`,
    purpose: runtime.purpose,
    ...(first.runtime ? { language: first.runtime.name } : {}),
    ...(first.docs ? { docs: first.docs } : {}),
    steady: 'same',
    lineDepth: depth,
    lines: Object.fromEntries(images.flatMap(linesOf)),
    images: images.flatMap((image) =>
      image.versions.map((version) => ({
        tags: essentialTags(version.tags, depth).join(' '),
        ...toImage(file, image, version),
      })),
    ),
  });
}

function toImage(file: VendorFile, raw: RawDhiImage, version: RawVersion): ImageData {
  const entrypoint = version.entrypoint ?? raw.entrypoint;
  const isDev = raw.variant === 'dev';
  const common = commonFields(file, {
    ...raw,
    devVariant: null,
    runtimeVariant: null,
    architectures: version.architectures ?? raw.architectures,
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
    source: file.source('docker-hardened-images/catalog@30c3db971dff:image/*'),
  };
}

/**
 * `-debian` and `-debian13` name what the plain tag means, and a patch release what its line means: the loader knows
 * both rules, so that only one tag of each group is kept.
 */
function essentialTags(tags: readonly string[], lineDepth: number): string[] {
  const plain = [...new Set(tags.map((tag) => tag.replace(/-debian(?:13)?(?=-|$)/, '')))];
  return plain.filter((tag) => {
    const patch = /^(\d+(?:\.\d+)*)\.\d+(?=-|$)/.exec(tag);
    const isPatch = patch?.[1]?.split('.').length === lineDepth && !/-alpine(?:-|$)/.test(tag);
    return !isPatch || !plain.includes((patch?.[1] ?? '') + tag.slice(patch?.[0].length ?? 0));
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

/** A definition that names libstdc++ and leaves libgcc to its dependencies says nothing about libgcc. */
function contents(raw: RawDhiImage): string {
  const packages = raw.contains.map((name) => packageNames[name] ?? name);
  const lacks = raw.lacks.map((word) => (word === 'libssl3' ? 'libssl' : word));
  const others = raw.contains.filter((name) => direct.has(name)).join(' ');
  const hasPasswd = raw.contains.includes('passwd') ? 'passwd' : '';
  const own = contentsOf(
    packages.filter((name) => name !== 'passwd'),
    lacks,
  );
  const merged = mergeContents(own, others, hasPasswd, raw.lacks.includes('shell') ? '-sh -bash' : '');
  return raw.lacks.includes('libgcc') && raw.contains.includes('libstdc++')
    ? merged.replace(/(?:^| )libgcc(?= |$)/, '').trim()
    : merged;
}

function linesOf({ versions }: RawDhiImage): [string, string][] {
  return versions.flatMap(({ version, eol }) => {
    const line = /^\d+(?:\.\d+)?/.exec(version)?.[0];
    return eol && line ? [[line, eol] as [string, string]] : [];
  });
}

/** The definitions take the C library of the release they name, whose version they do not repeat. */
function withLibc(raw: RawDhiImage, { releases }: DistributionData): RawDhiImage {
  if (!raw.libc || raw.libc.version || raw.libc.kind === 'none') return raw;
  const release = releases.find(({ id, version }) => id === raw.os?.id && version === raw.os.version);
  const [kind, version] = release?.libc?.split(':') ?? [];
  return kind === raw.libc.kind && version ? { ...raw, libc: { kind, version } } : raw;
}

/** Numbers of a version line: one less than those of a whole version. */
function lineDepth(images: readonly RawDhiImage[]): number {
  const depths = images.flatMap(({ versions }) => versions.map(({ version }) => version.split('.').length));
  return Math.max(1, Math.max(...depths) - 1);
}
