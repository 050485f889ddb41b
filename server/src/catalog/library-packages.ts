import { findPackage } from './packages.js';
import type { ImageFacts, Os, PackageManager } from './model.js';

/** A library whose headers were installed. */
export type HeaderPackage = {
  /** By its name in Debian, whatever the distribution: `libpq-dev`. */
  readonly id: string;
  /** How the linker is told to link it: `-lpq`. */
  readonly flag: string;
  /** The catalog's own name, for a library that it knows images to have or to lack; else null. */
  readonly content: string | null;
};

/**
 * By the Debian name of the headers: the linker's name of the library, and for what the headers are a sign that it is
 * loaded at run time. Left out are libraries that crates and packages of the language bring themselves, such as librdkafka
 * for Rust and libjpeg for Python, and those that small images have anyway.
 */
const rows: readonly (readonly [id: string, flag: string, languages: string, content?: string])[] = [
  ['libssl-dev', 'ssl', 'rust', 'libssl'],
  ['zlib1g-dev', 'z', '', 'zlib'],
  ['libzstd-dev', 'zstd', '', 'libzstd'],
  ['libpq-dev', 'pq', 'rust python ruby'],
  ['default-libmysqlclient-dev', 'mysqlclient', 'rust python ruby'],
  ['libmariadb-dev', 'mariadb', 'rust python ruby'],
  ['libcurl4-openssl-dev', 'curl', 'rust ruby'],
  ['libxml2-dev', 'xml2', 'rust go'],
  ['libxslt1-dev', 'xslt', 'rust go'],
  ['libldap2-dev', 'ldap', 'python ruby'],
  ['libmagickwand-dev', 'MagickWand', 'go ruby'],
  ['libvips-dev', 'vips', 'go'],
  ['libmemcached-dev', 'memcached', 'python'],
  ['libxmlsec1-dev', 'xmlsec1', 'python'],
  ['unixodbc-dev', 'odbc', 'go rust'],
  ['libsodium-dev', 'sodium', 'go'],
  ['libicu-dev', 'icuuc', 'go ruby'],
  ['libgit2-dev', 'git2', 'go'],
  ['libpcap-dev', 'pcap', 'rust go'],
  ['libasound2-dev', 'asound', 'rust go'],
  ['libhdf5-dev', 'hdf5', 'rust go'],
  ['libgdal-dev', 'gdal', 'rust go'],
  ['libgeos-dev', 'geos_c', 'rust go'],
  ['librdkafka-dev', 'rdkafka', ''],
  ['libhiredis-dev', 'hiredis', ''],
  ['libsnappy-dev', 'snappy', ''],
];

const byId = new Map(rows.map((row) => [row[0], row] as const));

/** The library that a package holds the headers of, where they are a sign that something of this language loads it. */
export function headersFor(name: string, manager: PackageManager, language: string): HeaderPackage | null {
  const names = [findPackage(name, manager)?.names.apt, manager === 'apk' ? apkNames[name] : undefined, name];
  const row = names.map((each) => byId.get(each ?? '')).find((found) => found !== undefined);
  return row?.[2].split(' ').includes(language) ? toHeaders(row) : null;
}

/** The library that the linker is told to link with `-l`. */
export function libraryFor(flag: string): HeaderPackage | null {
  const row = rows.find((each) => each[1] === flag);
  return row ? toHeaders(row) : null;
}

function toHeaders([id, flag, , content]: (typeof rows)[number]): HeaderPackage {
  return { id, flag, content: content ?? null };
}

/** Names that Alpine had before, or provides. */
const apkNames: Readonly<Record<string, string>> = {
  'postgresql-dev': 'libpq-dev',
  'mariadb-connector-c-dev': 'libmariadb-dev',
};

/** The packages that hold the library itself on a release, separated by spaces; null when they are not known. */
export function libraryPackages({ id }: HeaderPackage, manager: PackageManager, os: Os | null): string | null {
  const facts = findPackage(id, 'apt', os);
  if (!facts || (manager !== 'apt' && manager !== 'apk')) return null;
  return facts.runtimeNames[manager];
}

/** Official images that beside their language hold only what their distribution needs itself. */
const small = new Set(['debian', 'ubuntu', 'alpine', 'python', 'ruby', 'node']);
const distroless = /^gcr\.io\/distroless\/(static|base|base-nossl|cc|python3|nodejs\d*)-debian\d+$/;

/** Whether an image is known to hold none of the libraries above. */
export function isWithoutLibraries({ name, tag, family }: ImageFacts): boolean {
  if (family === 'google-distroless') return distroless.test(name);
  if (!small.has(name)) return false;
  return ['debian', 'ubuntu', 'alpine'].includes(name) || /(^|-)(slim|alpine)/.test(tag);
}

/** Whether a package, with all it depends on and recommends, may bring one of the libraries above. */
export function mayBringLibrary(name: string, manager: PackageManager, { id }: HeaderPackage): boolean {
  const light = manager === 'apt' ? debianLight : manager === 'apk' ? alpineLight : null;
  if (light?.has(name)) return false;
  const carried = light && Object.hasOwn(carriers, name) ? carriers[name] : undefined;
  return carried?.includes(id) ?? true;
}

/** Packages that bring some of them. */
const carriers: Readonly<Record<string, readonly string[]>> = {
  curl: ['libcurl4-openssl-dev', 'libldap2-dev'],
  git: ['libcurl4-openssl-dev', 'libldap2-dev'],
  libpq5: ['libpq-dev', 'libldap2-dev'],
  libpq: ['libpq-dev', 'libldap2-dev'],
  'postgresql-client': ['libpq-dev', 'libldap2-dev'],
  jq: [],
};

/**
 * Packages of Debian that bring none, neither as dependencies nor as recommended packages. Taken from the package index
 * of Debian 12 (bookworm, main, amd64), read on 2026-11-21.
 */
const debianLight = new Set(
  (
    'apt-transport-https apt-utils bash bc bzip2 ca-certificates coreutils dialog dumb-init gawk gettext-base gosu gpgv ' +
    'htop iproute2 iputils-ping less libatomic1 libexpat1 libgomp1 libjemalloc2 libpng16-16 libsqlite3-0 libssl3 libssl3t64 ' +
    'libstdc++6 libwebp7 libyaml-0-2 locales lsb-release lsof media-types nano net-tools netbase netcat-openbsd ' +
    'netcat-traditional openssh-client openssl procps psmisc rsync sed sqlite3 strace sudo tar telnet tini tree tzdata ' +
    'unzip util-linux wget xz-utils zip zlib1g'
  ).split(' '),
);

/** See the depends of the APKBUILD files in alpinelinux/aports. */
const alpineLight = new Set(
  (
    'bash busybox-extras ca-certificates ca-certificates-bundle coreutils dumb-init gcompat libc6-compat libcrypto3 libgcc ' +
    'libssl3 libstdc++ musl-locales netcat-openbsd openssl shadow su-exec tini tzdata wget zlib'
  ).split(' '),
);
