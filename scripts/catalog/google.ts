import type { ImageData } from '../../server/src/catalog/data-model.js';
import { contentsOf, mergeContents, sharedApplets } from './contents.js';
import { createVendorFile, type VendorFile } from './vendor-file.js';

type RawImage = {
  repository: string;
  aliases: string[];
  tags: string[];
  tagPatterns?: string[];
  purpose: string;
  runtime: { name: string; version: string | null; path?: string | null } | null;
  os: { id: string; version: string | null } | null;
  libc: { kind: string; version: string | null } | null;
  shell: string | null;
  user: { default: string | null; uid: number | null; names?: string[] } | null;
  entrypoint: string[] | null;
  cmd: string[] | null;
  workdir: string | null;
  env: Record<string, string> | null;
  contains: string[];
  lacks: string[];
  has?: Record<string, boolean>;
  architectures: string[] | null;
  packages?: number | null;
  status: string;
  eol: string | null;
  removedBy: string | null;
  replacement: string | null;
  debugVariant: string | null;
  rootlessVariant: string | null;
  docs: string | null;
  note?: string | null;
  source: string[];
};

export type RawGoogle = { compiled: string; images: RawImage[] };

const names: Readonly<Record<string, string>> = {
  libc: 'libc',
  libssl: 'libssl',
  zlib: 'zlib',
  libzstd: 'libzstd',
  libgcc: 'libgcc',
  libstdcxx: 'libstdc++',
  libgomp: 'libgomp',
  libatomic: 'libatomic',
  tzdata: 'tzdata',
  tzdataLegacy: 'tzdata-legacy',
  caCertificates: 'ca-certificates',
  passwd: 'passwd',
  tmp: '/tmp',
  mimeTypes: 'mime-types',
  busybox: 'busybox',
  opensslCli: 'openssl',
};

/** Programs of the Debian package libc-bin, which the Python images unpack whole. */
const libcPrograms = 'getconf getent iconv ldconfig ldd locale localedef';

/**
 * In this file a null `entrypoint`, `cmd` or `workdir` of a described image means that the image has none; in a retired
 * entry, which joins all tags and has no `tagPatterns`, everything null was not read.
 */
export function importGoogle(raw: RawGoogle): VendorFile {
  const file = createVendorFile({
    family: 'google-distroless',
    vendor: 'Google Distroless',
    read: raw.compiled,
    access: 'public',
    signing: 'cosign, keyless',
    attestations: 'SBOM (SPDX)',
  });
  const repositories = new Map<string, RawImage[]>();
  for (const image of raw.images) {
    if (image.repository.includes('*')) continue;
    repositories.set(image.repository, [...(repositories.get(image.repository) ?? []), image]);
  }
  for (const [name, images] of repositories) addRepository({ file, name, images, all: raw.images });
  return file;
}

type Job = { file: VendorFile; name: string; images: readonly RawImage[]; all: readonly RawImage[] };

function addRepository({ file, name, images, all }: Job): void {
  const [first] = images;
  if (!first) return;
  const isRetired = !first.tagPatterns;
  const own = new Set(all.map(({ repository }) => repository));
  const names = [...new Set(images.flatMap(({ aliases }) => aliases))].filter((alias) => !own.has(alias));
  file.add(name, {
    title: titleOf(name),
    purpose: first.purpose ?? 'runtime',
    ...(first.runtime ? { language: first.runtime.name } : {}),
    ...(first.docs ? { docs: first.docs } : {}),
    ...(names.length > 0 ? { names } : {}),
    scheme: 'commit',
    images: isRetired
      ? images.flatMap((image) => retired(file, image, all))
      : images.map((image) => described(file, image)),
  });
}

function described(file: VendorFile, raw: RawImage): ImageData {
  const isDebug = raw.has?.busybox === true;
  const base = { ...system(raw), ...process(file, raw), ...fate(file, raw) };
  const accounts = raw.user?.names?.join(' ');
  return {
    tags: raw.tags.join(' '),
    ...base,
    shells: isDebug ? '/busybox/sh' : '',
    packageManager: null,
    user: raw.user?.uid === 65532 ? 'nonroot:65532' : '0',
    ...(accounts ? { accounts } : {}),
    workdir: raw.workdir ?? '/',
    entrypoint: raw.entrypoint,
    cmd: raw.cmd,
    contents: file.contents(contents(raw, isDebug)),
    closed: !isDebug,
    files: programPaths(raw, isDebug).join(' '),
    ...(isDebug ? { flavor: 'debug' as const } : {}),
    ...(raw.packages ? { packageCount: raw.packages } : {}),
    ...(raw.architectures ? { architectures: file.architectures(raw.architectures) } : {}),
    ...(raw.debugVariant ? { debug: raw.debugVariant } : {}),
    ...(raw.rootlessVariant ? { nonroot: raw.rootlessVariant } : {}),
  };
}

/**
 * A name that is no longer pushed. Its tags are told apart by what the project's README says of every repository: none
 * holds a shell or a package manager, `debug` adds BusyBox, `nonroot` runs as 65532. The default user of the other tags
 * was not read.
 */
function retired(file: VendorFile, raw: RawImage, all: readonly RawImage[]): ImageData[] {
  const base = baseOf(raw, all);
  return raw.tags
    .filter((tag) => !tag.includes('<'))
    .map((tag) => {
      const isDebug = /(?:^|-)debug(?:-|$)/.test(tag);
      const isNonroot = /(?:^|-)nonroot(?:-|$)/.test(tag);
      const own = contentsOf(raw.contains, isDebug ? [] : raw.lacks);
      const known = mergeContents(
        own,
        base ? contents(base, false).replace(/ -(?:busybox|wget|curl)\b/g, '') : '',
        languagePrograms(raw),
        isDebug ? sharedApplets : '',
      );
      return {
        tags: tag,
        ...system(raw),
        ...process(file, raw),
        ...fate(file, raw),
        ...(raw.entrypoint ? { entrypoint: raw.entrypoint } : {}),
        shells: isDebug ? '/busybox/sh' : '',
        packageManager: null,
        ...(isNonroot ? { user: 'nonroot:65532' } : {}),
        users: 'nonroot:65532',
        ...(base?.user?.names ? { accounts: base.user.names.join(' ') } : {}),
        contents: file.contents(known),
        files: programPaths(raw, isDebug).join(' '),
        ...(isDebug ? { flavor: 'debug' as const } : {}),
      };
    });
}

/** `everything in cc-debian12` refers to a repository that was read in full. */
function baseOf({ contains }: RawImage, all: readonly RawImage[]): RawImage | undefined {
  const name = contains.map((word) => /^everything in (\S+)$/.exec(word)?.[1]).find(Boolean);
  return name ? all.find(({ repository, tagPatterns }) => repository.endsWith(`/${name}`) && tagPatterns) : undefined;
}

function system(raw: RawImage): ImageData {
  return {
    ...(raw.os?.version ? { os: `${raw.os.id}:${raw.os.version}` } : {}),
    ...(raw.libc ? { libc: raw.libc.version ? `${raw.libc.kind}:${raw.libc.version}` : raw.libc.kind } : {}),
  };
}

function process(file: VendorFile, raw: RawImage): ImageData {
  const path = raw.runtime?.path?.split(' ')[0];
  const isComplete = raw.env !== null && raw.env.PATH !== undefined;
  return {
    ...(raw.runtime
      ? { runtime: `${raw.runtime.name} ${raw.runtime.version ?? '-'} ${path ?? '-'}` }
      : raw.tagPatterns
        ? { runtime: null }
        : {}),
    ...(isComplete ? { env: file.environment(raw.env ?? {}) } : {}),
  };
}

/** The days of the commits that took images out of the build; the support policy only estimates a month before. */
const removals: Readonly<Record<string, string>> = {
  '8f3c294d': '2022-02-08',
  '522c648e': '2022-09-06',
  de164279: '2023-04-22',
  c50e669a: '2023-09-08',
  '1533e54a': '2024-09-03',
  '0439cc1c': '2025-04-30',
  b80e2842: '2026-02-27',
  '5cd38c1e': '2026-02-27',
  '400e0721': '2026-05-01',
  '22b97d10': '2026-05-12',
};

/** The build file of the image itself, before those of the images it adds to. */
function ownSource(sources: readonly string[]): string {
  const own = sources.filter((source) => /:([a-z]+)3?\/\1\.bzl/.test(source)).at(-1);
  return own ?? sources.find((source) => !source.includes(':README')) ?? sources[0] ?? '';
}

function fate(file: VendorFile, raw: RawImage): ImageData {
  const isRetired = !raw.tagPatterns;
  const eol = removals[raw.removedBy?.split('@')[1] ?? ''] ?? raw.eol;
  return {
    status: isRetired ? 'retired' : raw.status,
    ...(eol ? { eol } : {}),
    ...(raw.replacement ? { replacement: raw.replacement } : {}),
    ...(raw.note ? { note: file.note(raw.note) } : {}),
    source: file.source(ownSource(raw.source)),
  };
}

function contents(raw: RawImage, isDebug: boolean): string {
  const flags = Object.entries(raw.has ?? {}).flatMap(([key, isThere]) =>
    names[key] ? [`${isThere ? '' : '-'}${names[key]}`] : [],
  );
  const crypto = raw.has?.libssl ? 'libcrypto' : '-libcrypto';
  const lacks = contentsOf(
    [],
    raw.lacks.filter((word) => !(isDebug && word === 'wget')),
  );
  return mergeContents(flags.join(' '), crypto, lacks, languagePrograms(raw), 'nsswitch', isDebug ? sharedApplets : '');
}

function languagePrograms(raw: RawImage): string {
  const jdk = raw.contains.some((name) => /temurin-\d+-jdk/.test(name)) ? ' javac' : '';
  const byName: Readonly<Record<string, string>> = {
    node: 'node -npm -npx -yarn -corepack',
    python: raw.tagPatterns ? `python python3 python3.13 -pip ${libcPrograms}` : '-pip',
    java: `java cacerts${jdk}`,
  };
  return byName[raw.runtime?.name ?? ''] ?? '';
}

function programPaths(raw: RawImage, isDebug: boolean): string[] {
  const path = raw.runtime?.path?.split(' ')[0];
  return [...(path ? [path] : []), ...(isDebug ? ['/busybox/sh', '/busybox/busybox'] : [])];
}

function titleOf(name: string): string {
  return `Distroless ${name.slice(name.lastIndexOf('/') + 1)}`;
}
