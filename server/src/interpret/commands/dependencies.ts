import type { PackageManager } from '../../catalog/model.js';
import { possibleProgramsOf } from '../../catalog/packages.js';
import { debianBringing, debianWithoutFonts, type Bringing } from './debian-bringing.js';
import { otherReleasesBringing } from './older-bringing.js';

/** What a package may bring besides itself, by the catalog's names; `null` when that is not known. */
export type Dependencies = { readonly sure: readonly string[]; readonly perhaps: readonly string[] };

/** Names of libraries and data that any package but a few may bring. */
const libraries = 'libssl libcrypto libstdc++ libgcc libatomic libgomp libffi libzstd zlib icu'.split(' ');

/** Known are the shells, network tools, compilers and data that come along; other small programs may come as well. */
export function dependenciesOf(name: string, manager: PackageManager, withRecommended: boolean): Dependencies | null {
  if (leaves.has(name) || (manager === 'apk' && alpineLeaves.has(name))) return { sure: [], perhaps: [] };
  const sure = certain[name] ?? [];
  const row =
    manager === 'apt' ? debian.get(aliases[name] ?? name) : manager === 'apk' ? alpine.get(name) : redHat.get(name);
  if (!row) return manager === 'apt' && isRuntimeLibrary(name) ? { sure, perhaps: [...libraries, ...drawing] } : null;
  const recommended = withRecommended && manager === 'apt' ? row.recommends : '';
  const perhaps = `${row.needs} ${recommended}`.split(' ').filter((item) => item !== '' && !sure.includes(item));
  const carried = manager === 'apk' && alpineInC.has(name) ? librariesInC : libraries;
  const others = manager === 'apt' ? [...alongOnDebian(name, row), ...inOtherReleases(name)] : [];
  return { sure, perhaps: [...perhaps, ...possibleProgramsOf(name, manager), ...carried, ...others] };
}

/** What comes with much on Debian, and that its images lack: adduser since release 13, and the libraries that draw text. */
function alongOnDebian(name: string, { needs, recommends }: Bringing): readonly string[] {
  if (needs === '' && recommends === '') return [];
  return debianWithoutFonts.has(name) ? accountTools : [...accountTools, ...drawing];
}

function inOtherReleases(name: string): readonly string[] {
  const names = Object.hasOwn(otherReleasesBringing, name) ? otherReleasesBringing[name] : undefined;
  return names?.split(' ') ?? [];
}

const accountTools = ['adduser', 'addgroup'];
const drawing = ['fontconfig', 'freetype'];

/** Packages of Alpine that with all their dependencies load no library of GCC, and two of those libraries. */
const alpineInC = new Set(
  (
    'bash ca-certificates ca-certificates-bundle curl gcompat git jq libc6-compat libcrypto3 libcurl libgcc libpq libssl3 libstdc++ ' +
    'openssl shadow sqlite sqlite-libs tzdata wget zlib'
  ).split(' '),
);
const librariesInC = libraries.filter((library) => !/^(libstdc\+\+|libgcc|libatomic|libgomp|icu)$/.test(library));

/** Packages that depend on nothing but libc, or hold only data. */
const leaves = new Set('tini dumb-init su-exec gosu netbase media-types'.split(' '));

/** Debian has a musl-dev too, which brings gcc, and a mailcap that recommends other packages. */
const alpineLeaves = new Set('linux-headers mailcap musl-locales musl-dev'.split(' '));

/** Compilers, interpreters and libraries that come along in every release. */
const certain: Readonly<Record<string, readonly string[]>> = {
  'g++': ['gcc', 'cc'],
  'python3-pip': ['python3'],
  'py3-pip': ['python3'],
  npm: ['node'],
  yarn: ['node'],
  'libstdc++': ['libgcc'],
  fontconfig: ['freetype'],
  'freetype-dev': ['freetype'],
  'libfreetype6-dev': ['freetype'],
};

function isRuntimeLibrary(name: string): boolean {
  return /^lib[a-z0-9+.-]*?(\d[a-z0-9.]*)?$/.test(name) && !/-(dev|bin|tools|utils|perl)$/.test(name);
}

function indexOf(rows: readonly Bringing[]): ReadonlyMap<string, Bringing> {
  return new Map(rows.flatMap((row) => row.packages.split(' ').map((name) => [name, row] as const)));
}

const debian = indexOf(debianBringing);

/** Names that other packages provide, or had before. */
const aliases: Readonly<Record<string, string>> = {
  'libc-dev': 'libc6-dev',
  'libxslt-dev': 'libxml2-dev',
  'libxslt1-dev': 'libxml2-dev',
  'ssh-client': 'openssh-client',
  netcat: 'netcat-traditional',
  'libcurl-dev': 'libcurl4-openssl-dev',
  'libssl1.1': 'libssl3',
  'zlib-dev': 'zlib1g-dev',
  'mime-support': 'mailcap',
};

/**
 * Alpine and Wolfi, what either brings: see the depends of the APKBUILD files in alpinelinux/aports and of the files in
 * wolfi-dev/os@8190a1652f45. In Wolfi gcc is the C++ compiler as well.
 */
const alpine = indexOf([
  {
    needs: '',
    recommends: '',
    packages:
      'bash bind-tools binutils brotli bzip2 ca-certificates-bundle coreutils diffutils expat file findutils fontconfig ' +
      'font-dejavu gawk gcompat gmp grep gzip htop icu-data-full icu-libs iproute2 iputils jq krb5 krb5-libs less ' +
      'libc6-compat libcap libcap-utils libcrypto3 libcurl libexpat libffi libgcc libgomp libintl libpng libpq libssl3 ' +
      'libstdc++ libuuid libxml2 libxml2-utils libxslt lsof lz4 make musl nano ncurses net-tools netcat-openbsd openssl ' +
      'openssh-client openssh-client-default patch pcre pcre2 perl pigz pkgconf pkgconfig procps procps-ng readline ' +
      'rsync sed shadow sqlite sqlite-libs strace sudo tar tcpdump tree ttf-dejavu tzdata unzip util-linux which xz ' +
      'yaml zip zlib zstd zstd-libs autoconf bison cmake file-dev flex m4 ninja ninja-build re2c ' +
      'gnupg gpg gpg-agent gpgv curl wget git ca-certificates automake binutils-gold dpkg linux-pam protoc mailx tmux vim',
  },
  {
    needs: 'ca-certificates',
    recommends: '',
    packages: 'nodejs nodejs-current nodejs-lts ruby nginx openssh openssh-server',
  },
  {
    needs: '',
    recommends: '',
    packages:
      'argon2-dev brotli-dev bzip2-dev curl-dev expat-dev freetype-dev gdbm-dev gmp-dev icu-dev krb5-dev libc-dev ' +
      'libedit-dev libevent-dev libffi-dev libjpeg-turbo-dev libpng-dev libsodium-dev libwebp-dev ' +
      'libxml2-dev libxslt-dev libzip-dev linux-pam-dev lz4-dev ncurses-dev oniguruma-dev openssl-dev pcre-dev ' +
      'pcre2-dev readline-dev sqlite-dev util-linux-dev xz-dev yaml-dev zlib-dev zstd-dev openssl-libs-static zlib-static',
  },
  { needs: 'bash', recommends: '', packages: 'ip6tables iptables libtool socat' },
  { needs: 'bash gcc make', recommends: '', packages: 'protobuf-dev' },
  { needs: 'bash c++ cc g++ gcc make', recommends: '', packages: 'dpkg-dev' },
  { needs: 'ca-certificates python3', recommends: '', packages: 'python3-dev' },
  { needs: 'c++ cc g++', recommends: '', packages: 'gcc' },
  { needs: 'c++ cc gcc', recommends: '', packages: 'g++' },
  { needs: 'c++ cc g++ gcc make', recommends: '', packages: 'build-base' },
  {
    needs: 'c++ ca-certificates cc curl g++ gcc git make openssl bash',
    recommends: '',
    packages: 'alpine-sdk',
  },
  { needs: 'ca-certificates', recommends: '', packages: 'python3' },
  { needs: 'ca-certificates python3', recommends: '', packages: 'py3-pip' },
  { needs: 'ca-certificates npx', recommends: '', packages: 'npm yarn' },
]);

/** Fedora, RHEL and their kin. */
const redHat = indexOf([
  {
    needs: 'ca-certificates openssl bash',
    recommends: '',
    packages:
      'bzip2 ca-certificates curl curl-minimal diffutils file findutils fontconfig glibc-langpack-en gzip hostname ' +
      'iproute iputils jq less libstdc++ nmap-ncat openssl patch procps-ng rsync shadow-utils tar tzdata unzip ' +
      'util-linux wget which xz zip git git-core make python3 glibc-devel dnf-plugins-core',
  },
  { needs: 'cc make openssl', recommends: '', packages: 'gcc' },
  { needs: 'c++ cc gcc make openssl', recommends: '', packages: 'gcc-c++' },
  { needs: 'pip python3', recommends: '', packages: 'python3-pip' },
]);
