import type { ImageData } from '../../server/src/catalog/data-model.js';
import { versionOf } from '../../server/src/catalog/tag-words.js';
import { commonFields, type RawImage } from './common-schema.js';
import { contentsOf, mergeContents } from './contents.js';
import type { VendorFile } from './vendor-file.js';

/** An entry of the fact files in which `unread` tells apart the two meanings of null. */
export type RawUnreadImage = RawImage & {
  unread?: string[];
  fipsVariant?: string | null;
  debugVariant?: string | null;
  signing?: string | null;
  sbom?: boolean | null;
  provenance?: boolean | null;
  packages?: number | null;
};
export type RawUnreadFile = { compiled: string; images: RawUnreadImage[] };

/**
 * A null shell or package manager is none unless `unread` names it. A null entrypoint, command or working directory is
 * none or not read, so nothing is told about it. Sizes have no day in these files and are left out.
 */
export function readUnreadImage(file: VendorFile, raw: RawUnreadImage, tags: readonly string[] = raw.tags): ImageData {
  const unread = new Set(raw.unread ?? []);
  const text = contents(raw, unread);
  return {
    tags: tags.join(' '),
    ...commonFields(file, { ...raw, source: sourcesOf(raw), env: environmentOf(raw) }),
    ...system(raw, unread),
    ...(raw.entrypoint && raw.entrypoint.length > 0 ? { entrypoint: raw.entrypoint } : {}),
    ...(raw.cmd && raw.cmd.length > 0 ? { cmd: raw.cmd } : {}),
    ...(raw.workdir ? { workdir: raw.workdir } : {}),
    ...runtimeOf(raw, tags),
    ...(text ? { contents: file.contents(text) } : {}),
    ...(programPaths(raw).length > 0 ? { files: programPaths(raw).join(' ') } : {}),
    ...trust(raw),
    ...(raw.packages ? { packageCount: raw.packages } : {}),
    ...(raw.eol ? { eol: raw.eol } : {}),
    ...reference('fips', raw.fipsVariant),
    ...reference('debug', raw.debugVariant),
  };
}

/** Texts such as "a public file" name no source that anyone could look up. Build files come first, dates last. */
function sourcesOf({ source }: RawUnreadImage): string[] {
  const open = source.filter((text) => /^(?:https:\/\/|[\w.-]+\/[\w.-]+@[0-9a-f]{7,})/.test(text));
  const plain = open.map((text) =>
    text
      .replace(/ \(.*$/, '')
      .replace(/@([0-9a-f]{8})[0-9a-f]{32}/, '@$1')
      .replace(/#L.*$/, '')
      .replace(/\/(?:zh-cn|ja)\//, '/en/'),
  );
  return plain.sort((left, right) => rank(left) - rank(right));
}

function rank(source: string): number {
  if (source.startsWith('adoptium/')) return 2;
  if (/Dockerfile|rockcraft/.test(source)) return 0;
  if (source.startsWith('endoflife-date/')) return 3;
  return /^https:\/\/(?:gist\.)?github\.com/.test(source) ? 2 : 1;
}

/** Without a PATH, or with values made from others, only some variables were read, and a missing one says nothing. */
function environmentOf({ env }: RawUnreadImage): RawUnreadImage['env'] {
  if (!env || !('PATH' in env)) return null;
  return Object.values(env).some((value) => value?.includes('$')) ? null : env;
}

function system(raw: RawUnreadImage, unread: ReadonlySet<string>): ImageData {
  return {
    ...(raw.os ? { os: osOf(raw.os) } : {}),
    ...shells(raw, unread),
    ...(raw.packageManager
      ? { packageManager: raw.packageManager }
      : unread.has('packageManager')
        ? {}
        : { packageManager: null }),
  };
}

function osOf({ id, version }: { id: string; version: string | null }): string {
  const name = id === 'amzn' ? 'amazonlinux' : id;
  return version ? `${name}:${version}` : name;
}

/** In the rpm families bash is also sh; elsewhere a single path is no complete set. */
function shells(raw: RawUnreadImage, unread: ReadonlySet<string>): ImageData {
  if (raw.shell === null) return unread.has('shell') ? {} : { shells: '' };
  return raw.shell === '/bin/bash' ? { shells: '/bin/sh /bin/bash' } : {};
}

/** Left out where the tag says the same, so that versions can share a row. */
function runtimeOf({ runtime, purpose }: RawUnreadImage, tags: readonly string[]): ImageData {
  if (!runtime) return purpose === 'app' ? {} : { runtime: null };
  const version = runtime.version && !runtime.version.includes(' ') ? runtime.version : null;
  const named = tags.map(versionOf).filter((found) => found !== null);
  const isInTag = version === null ? named.length === 0 : named.length > 0 && named.every((tag) => isOf(tag, version));
  return isInTag ? {} : { runtime: `${runtime.name} ${version ?? '-'} -` };
}

function isOf(tag: string, version: string): boolean {
  return tag === version || tag.startsWith(`${version}.`);
}

const signatures: Readonly<Record<string, string>> = {
  'cosign-keyless': 'cosign, keyless',
  'cosign-key': 'cosign, key',
  notation: 'Notation',
};

function trust({ signing, sbom, provenance }: RawUnreadImage): ImageData {
  const attached = [...(sbom ? ['SBOM'] : []), ...(provenance ? ['provenance'] : [])];
  const known = signatures[signing ?? ''];
  return {
    ...(known ? { signing: known } : {}),
    ...(attached.length > 0 ? { attestations: attached.join(', ') } : {}),
  };
}

/** Words of these files for what an image holds, in those of the catalog. */
const held: Readonly<Record<string, string>> = {
  'passwd (non-root account)': 'passwd',
  'go toolchain': 'go',
  'libssl (openssl-libs)': 'libssl libcrypto',
  'iana-etc (/etc/services)': 'netbase',
  'mime.types': 'mime-types',
  'gcc-c++': 'g++ c++ libstdc++ libgcc',
  maven: 'mvn',
  httpd: 'httpd',
};

const missing: Readonly<Record<string, string>> = {
  maven: '-mvn',
  python: '-python -python3',
  'ca-certificates.crt bundle (JVM cacerts only)': 'cacerts -ca-certificates',
  'fontconfig/freetype': '-fontconfig -freetype',
  openssl: '-openssl',
};

const direct =
  /^(?:node|npm|npx|pip|mvn|java|javac|nodemon|which|tar|git|corepack|pnpm|nginx|perl|python3|passwd|tzdata)$/;

function contents(raw: RawUnreadImage, unread: ReadonlySet<string>): string {
  const plain = raw.contains.filter((name) => !held[name]).map((name) => name.replace(/ .*$/, ''));
  const packages = contentsOf(
    plain.filter((name) => name !== 'passwd'),
    raw.lacks,
  );
  const named = raw.contains.flatMap((name) => held[name] ?? javaOf(name));
  const absent = raw.lacks.flatMap((name) => missing[name] ?? []);
  const none = raw.shell === null && !unread.has('shell') ? '-sh -bash' : '';
  return mergeContents(packages, plain.filter((name) => direct.test(name)).join(' '), ...named, ...absent, none);
}

function javaOf(name: string): string[] {
  if (!/^java-[\d.]+-openjdk-/.test(name)) return [];
  return [name.endsWith('-devel') ? 'java javac' : 'java'];
}

function programPaths({ contains, shell }: RawUnreadImage): string[] {
  const paths = contains.filter((name) => /^\/usr\/bin\/[\w.+-]+$/.test(name));
  return [...new Set([...paths, ...(shell ? [shell] : [])])];
}

function reference(key: 'fips' | 'debug', text: string | null | undefined): ImageData {
  return text && /^[a-z0-9./:_*-]+$/.test(text) ? { [key]: text } : {};
}

/** Docker Hub is left out in these files. */
export function hubName(name: string): string {
  return /^[^/]+\.[^/]+\//.test(name) ? name : `docker.io/${name}`;
}

/** Other names, as far as they are names. */
export function aliasesOf(name: string, images: readonly RawUnreadImage[]): string[] {
  return [...new Set(images.flatMap(({ aliases }) => aliases))]
    .map(hubName)
    .filter((alias) => alias !== hubName(name) && /^[a-z0-9./_-]+$/.test(alias));
}
