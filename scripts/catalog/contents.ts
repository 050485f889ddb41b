/**
 * What a package brings, in the words of the catalog (server/src/catalog/vocabulary.ts). Only what the image vendors'
 * package lists name and a rule may ask for; programs follow the file lists of Debian 13 and Alpine 3.24.
 */
const provides: Readonly<Record<string, string>> = {
  bash: 'bash',
  'bash-minimal': 'bash',
  dash: 'sh dash',
  'dash-binsh': 'sh dash',
  'perl-base': 'perl',
  perl: 'perl',
  passwd: 'useradd groupadd usermod',
  shadow: 'useradd groupadd usermod',
  'shadow-utils': 'useradd groupadd usermod',
  tzdata: 'tzdata',
  'ca-certificates': 'ca-certificates',
  'ca-certificates-bundle': 'ca-certificates',
  'prebuilt-ca-certificates': 'ca-certificates',
  'ca-certificates-java': 'cacerts',
  'java-cacerts': 'cacerts',
  libc6: 'libc',
  libc: 'libc',
  glibc: 'libc',
  'glibc-minimal-langpack': 'libc',
  musl: 'libc',
  'libgcc-s1': 'libgcc',
  libgcc: 'libgcc',
  'libstdc++6': 'libstdc++ libgcc',
  'libstdc++': 'libstdc++ libgcc',
  zlib1g: 'zlib',
  zlib: 'zlib',
  'zlib-ng-compat': 'zlib',
  'libssl1.1': 'libssl libcrypto',
  libssl3: 'libssl libcrypto',
  libssl3t64: 'libssl libcrypto',
  'openssl-libs': 'libssl libcrypto',
  libcrypto3: 'libcrypto',
  'libcrypto1.1': 'libcrypto',
  openssl: 'openssl libssl libcrypto',
  'openssl-provider-legacy': 'openssl-legacy-provider',
  libgomp1: 'libgomp',
  libgomp: 'libgomp',
  libatomic1: 'libatomic',
  libatomic: 'libatomic',
  'libgcc-atomic': 'libatomic',
  libzstd1: 'libzstd',
  'zstd-libs': 'libzstd',
  libffi8: 'libffi',
  libffi: 'libffi',
  'icu-libs': 'icu',
  'icu-data-full': 'icu',
  icu: 'icu',
  libicu70: 'icu',
  libicu72: 'icu',
  libicu74: 'icu',
  libicu76: 'icu',
  libicu78: 'icu',
  gcompat: 'gcompat',
  busybox: 'busybox',
  apt: 'apt apt-get dpkg',
  'apk-tools': 'apk',
  curl: 'curl',
  'curl-minimal': 'curl',
  wget: 'wget',
  git: 'git',
  mercurial: 'hg',
  subversion: 'svn',
  'openssh-client': 'ssh',
  gnupg: 'gpg',
  procps: 'ps top pgrep pkill',
  python3: 'python3',
  gcc: 'gcc cc libgcc',
  'g++': 'g++ c++ libstdc++ libgcc',
  make: 'make',
  binutils: 'ld as strip',
  'build-base': 'gcc g++ cc c++ make ld',
  'build-essential': 'gcc g++ cc c++ make ld',
  autoconf: 'autoconf',
  automake: 'automake',
  'pkg-config': 'pkg-config',
  clang: 'clang',
  unzip: 'unzip',
  zip: 'zip',
  bzip2: 'bzip2',
  'xz-utils': 'xz',
  xz: 'xz',
  tar: 'tar',
  gzip: 'gzip',
  patch: 'patch',
  file: 'file',
  less: 'less',
  findutils: 'find xargs',
  coreutils: 'ls cp mv cat chmod chown mkdir rm id env sleep',
  netbase: 'netbase',
  'media-types': 'mime-types',
  gosu: 'gosu',
  'su-exec': 'su-exec',
  tini: 'tini',
  imagemagick: 'convert',
  nginx: 'nginx',
  'gettext-base': 'envsubst',
  'gettext-envsubst': 'envsubst',
  fontconfig: 'fontconfig',
  libfontconfig1: 'fontconfig',
  libfreetype6: 'freetype',
  freetype: 'freetype',
};

/**
 * The same for the packages of RUN instructions; an alias brings what the packages behind it bring. `apk:openssh` is for
 * one package manager: elsewhere a package of that name holds other things.
 */
export const packageContents: Readonly<Record<string, string>> = {
  ...provides,
  'gcc-c++': provides['g++'] ?? '',
  netcat: 'nc',
  'netcat-openbsd': 'nc',
  'netcat-traditional': 'nc',
  nmap: 'nmap',
  'nmap-ncat': 'nc ncat',
  'iputils-ping': 'ping',
  iputils: 'ping',
  'busybox-extras': 'busybox-extras telnet',
  nodejs: 'node',
  'nodejs-current': 'node',
  npm: 'npm npx',
  yarn: 'yarn',
  'python3-pip': 'pip pip3',
  'py3-pip': 'pip pip3',
  'python3-venv': 'python3-venv',
  'openjdk-17-jre-headless': 'java',
  'openjdk-21-jre-headless': 'java',
  'openjdk-17-jdk': 'java javac',
  'openjdk-21-jdk': 'java javac',
  'apk:openssh': 'ssh',
  'openssh-clients': 'ssh',
  gnupg2: 'gpg',
  'procps-ng': 'ps top pgrep pkill',
  'musl-dev': 'libc-dev',
  'libc6-dev': 'libc-dev',
  'libc6-compat': 'gcompat',
  sudo: 'sudo',
  jq: 'jq',
  socat: 'socat',
  'dumb-init': 'dumb-init',
  'zlib1g-dev': 'zlib',
  'libssl-dev': 'libssl libcrypto',
  'openssl-dev': 'libssl libcrypto',
  golang: 'go',
  go: 'go',
  cargo: 'cargo rustc',
  rust: 'rustc',
};

/** Words some fact files use for what an image does not hold. */
const lacking: Readonly<Record<string, string>> = {
  'openssl CLI': 'openssl',
  compiler: 'gcc g++ cc c++ clang',
  '/etc/passwd': 'passwd',
  '/tmp': '/tmp',
  'openssl legacy provider': 'openssl-legacy-provider',
  icu: 'icu',
  tzdata: 'tzdata',
  'libstdc++': 'libstdc++',
  libgcc: 'libgcc',
  libssl: 'libssl',
  libcrypto: 'libcrypto',
  zlib: 'zlib',
  libc: 'libc',
  'ca-certificates': 'ca-certificates',
  JVM: 'java',
  javac: 'javac',
};

const programs = new Set(
  'bash curl wget gcc g++ make git python3 gcompat pip npm npx yarn corepack node java perl openssl busybox apt apk'.split(
    ' ',
  ),
);

/**
 * BusyBox applets that Dockerfiles name most, as far as the images have all of them. Alpine 3.10 to 3.20: links of
 * alpine-minirootfs in alpinelinux/docker-alpine, branches v3.10 to v3.20; busybox 1.36 and 1.37: rootfs.tar.gz in
 * docker-library/busybox, branch dist-amd64; Google Distroless: experimental/busybox/commands.bzl since 0fdd3cd71d61.
 */
export const sharedApplets =
  'sh ash wget nc ping ps top vi less find xargs grep sed awk cat ls cp mv rm mkdir rmdir ln chmod chown chgrp id env sleep tar gzip gunzip ' +
  'unzip adduser addgroup su date df du echo head tail kill pgrep pkill hostname ifconfig ip netstat traceroute ' +
  'sort uniq wc tr cut tee test timeout touch uname watch which whoami printenv printf md5sum sha256sum sha512sum base64 dd stat';

/** Those of Alpine and of the busybox image; the list of Google Distroless leaves nslookup out. */
export const busyboxApplets = `${sharedApplets} nslookup`;

/**
 * Programs of the packages that Debian 12 and 13 and Ubuntu 22.04, 24.04 and 26.04 mark as essential or required, by the
 * lists of files of those packages; `awk` is a link to mawk that its postinst makes. `kill` is not among them: util-linux
 * leaves it to procps, which only Ubuntu requires. Sources: packages.debian.org, packages.ubuntu.com;
 * debuerreotype/docker-debian-artifacts@1b08ad00a821:trixie/slim/rootfs.manifest.
 */
export const debianEssentials =
  'awk cat chmod chown chgrp cp date dd df du echo env find grep gunzip gzip head hostname id ldconfig ldd ln login ls mkdir mv ' +
  'getent rm rmdir sed sleep sort stat tail tar tee test timeout touch tr uname uniq wc whoami xargs md5sum sha256sum base64 printf su';

/** `present` are package names, `absent` the words of a `lacks` list. What is present wins. */
export function contentsOf(present: readonly string[], absent: readonly string[] = []): string {
  const has = new Set<string>();
  for (const name of present) for (const word of (provides[plainName(name)] ?? '').split(' ')) if (word) has.add(word);
  const missing = new Set<string>();
  for (const name of absent) {
    const plain = lacking[name] ?? (programs.has(name) ? name : '');
    for (const word of plain.split(' ')) if (word && !has.has(word)) missing.add(word);
  }
  return [...[...has].sort(), ...[...missing].sort().map((word) => `-${word}`)].join(' ');
}

/** `libstdc++ (10.2.1)` and `openssl CLI` are packages with a remark. */
function plainName(name: string): string {
  return name === 'openssl CLI' ? 'openssl' : name.replace(/ [(<].*$/, '');
}

/** Groups that many images hold as a whole; the data names them once. */
export const contentGroups: Readonly<Record<string, string>> = {
  busybox: sharedApplets,
  essentials: debianEssentials,
};

export function withGroups(text: string): string {
  let words = text.split(' ').filter(Boolean);
  const named: string[] = [];
  for (const [name, group] of Object.entries(contentGroups)) {
    const members = group.split(' ');
    if (!members.every((member) => words.includes(member))) continue;
    named.push(`@${name}`);
    words = words.filter((word) => !members.includes(word));
  }
  return [...named, ...words].join(' ');
}

export function mergeContents(...texts: readonly string[]): string {
  const words = new Set(texts.flatMap((text) => text.split(' ')).filter(Boolean));
  return [...words]
    .filter((word) => !(word.startsWith('-') && words.has(word.slice(1))))
    .sort(byName)
    .join(' ');
}

function byName(left: string, right: string): number {
  const isNegative = Number(left.startsWith('-')) - Number(right.startsWith('-'));
  return isNegative || (left < right ? -1 : 1);
}
