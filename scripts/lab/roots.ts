/** What a base image holds in the lab: Debian's packages, and shell commands that finish it. */
export type Root = {
  /** What it stands for and how it differs, in a sentence. */
  readonly about: string;
  /** The root that it adds to, by name. */
  readonly on?: string;
  readonly packages: readonly string[];
  /** Adds everything that the packages depend on. A root that others add to is complete. */
  readonly isComplete?: boolean;
  /** Tells dpkg what is installed. */
  readonly tellsDpkg?: boolean;
  /** A directory that compilers fill and that may last from one build to the next. */
  readonly cache?: string;
  /** Run by `sh -eu` on the host, in the root directory, with `DEBS` naming the folder of downloaded packages. */
  readonly finish?: string;
};

/** The contents that stand for a base image; null for one that the lab cannot stand in for. */
export function rootFor(reference: string): string | null {
  return names.find(([pattern]) => pattern.test(reference))?.[1] ?? null;
}

const names: readonly (readonly [RegExp, string])[] = [
  [/^gcr\.io\/distroless\/static-debian1[23](:latest|:nonroot)?$/, 'static'],
  [/^gcr\.io\/distroless\/(base|base-nossl)-debian1[23](:latest|:nonroot)?$/, 'base'],
  [/^gcr\.io\/distroless\/cc-debian1[23](:latest|:nonroot)?$/, 'cc'],
  [/^gcr\.io\/distroless\/nodejs\d+-debian1[23](:latest|:nonroot)?$/, 'nodejs'],
  [/^gcr\.io\/distroless\/java\d+-debian1[23](:latest|:nonroot)?$/, 'java'],
  [/^gcr\.io\/distroless\/python3-debian1[23](:latest|:nonroot)?$/, 'python3'],
  [/^gcr\.io\/distroless\/(base|cc)-debian1[23]:debug(-nonroot)?$/, 'debug'],
  [/^gcr\.io\/distroless\/static-debian1[23]:debug(-nonroot)?$/, 'static-debug'],
  [/^gcr\.io\/distroless\/java-base-debian1[23]:nonroot$/, 'cc'],
  [/^eclipse-temurin:\d+-jdk$/, 'jdk'],
  [/^alpine:/, 'alpine'],
  [/^gcc:/, 'gcc'],
  [/^golang:[\d.]+(-(trixie|bookworm))?$/, 'golang'],
  [/^debian:/, 'debian'],
  [/^node:[\d.]+(-(slim|trixie|bookworm))*$/, 'node'],
  [/^python:[\d.]+(-(slim|trixie|bookworm))*$/, 'python'],
];

const accounts = `
mkdir -p etc tmp root home/nonroot
chmod 1777 tmp
chown 65532:65532 home/nonroot
printf '%s\\n' root:x:0:0:root:/root:/sbin/nologin nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin \\
  nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin >etc/passwd
printf '%s\\n' root:x:0: nobody:x:65534: nonroot:x:65532: >etc/group
`;

const libc = ['base-files', 'libc6', 'libgcc-s1'];
const cc = [...libc, 'libstdc++6', 'zlib1g'];

/** dash has its link /bin/sh from a script of the package, as base-passwd has the accounts. */
const debianFinish = `
ln -sf dash bin/sh
cp usr/share/base-passwd/passwd.master etc/passwd
cp usr/share/base-passwd/group.master etc/group
mkdir -p tmp root
chmod 1777 tmp
`;

/** A small package source inside the image: builds have no network here. */
const packageSource = `
echo '_apt:x:42:65534::/nonexistent:/usr/sbin/nologin' >>etc/passwd
mkdir -p var/packages var/lib/apt/lists/partial var/cache/apt/archives/partial var/log/apt
chown 42:0 var/lib/apt/lists/partial var/cache/apt/archives/partial
chmod 0700 var/lib/apt/lists/partial var/cache/apt/archives/partial
rm -rf etc/apt/sources.list.d etc/apt/sources.list
cp "$DEBS"/tree_*.deb var/packages/
: >var/packages/Packages
for file in var/packages/*.deb; do
  dpkg-deb -f "$file" >>var/packages/Packages
  printf 'Filename: ./%s\\nSize: %s\\nSHA256: %s\\n\\n' "$(basename "$file")" "$(stat -c %s "$file")" \\
    "$(sha256sum "$file" | cut -d' ' -f1)" >>var/packages/Packages
done
mkdir -p etc/apt
echo 'deb [trusted=yes] file:/var/packages ./' >etc/apt/sources.list
`;

/** BusyBox with the names of Debian's tools taken out, and a loader of musl. */
const alpineFinish = `
mkdir -p bin sbin usr/bin usr/sbin etc tmp root
chmod 1777 tmp
for name in $(chroot . /bin/busybox --list); do
  case $name in
    busybox | dpkg* | rpm* | apt*) ;;
    *) ln -s /bin/busybox "bin/$name" ;;
  esac
done
printf '%s\\n' root:x:0:0:root:/root:/bin/sh nobody:x:65534:65534:nobody:/:/sbin/nologin >etc/passwd
printf '%s\\n' root:x:0: nobody:x:65534: >etc/group
`;

const nodeEntrypoint = `
mkdir -p usr/local/bin
ln -s ../../bin/node usr/local/bin/node
printf '#!/bin/sh\\nexec "$@"\\n' >usr/local/bin/docker-entrypoint.sh
chmod 0755 usr/local/bin/docker-entrypoint.sh
`;

const busyboxFolder = `
mkdir busybox
mv usr/bin/busybox busybox/busybox
for name in $(chroot . /busybox/busybox --list); do
  [ -e "busybox/$name" ] || ln -s /busybox/busybox "busybox/$name"
done
`;

const localPython = `
mkdir -p usr/local/bin
ln -s ../../bin/python3 usr/local/bin/python3
ln -s python3 usr/local/bin/python
`;

export const roots: Readonly<Record<string, Root>> = {
  static: {
    about: 'No C library: accounts, time zones, certificates’ place.',
    packages: ['base-files', 'tzdata'],
    finish: accounts,
  },
  base: { about: 'glibc and nothing else.', packages: libc, finish: accounts },
  'static-debug': {
    about: 'No C library, and BusyBox in /busybox.',
    packages: ['base-files', 'tzdata', 'busybox-static'],
    finish: `${accounts}${busyboxFolder}`,
  },
  shell: {
    about: 'Debian with a shell and its tools.',
    packages: ['base-files', 'base-passwd', 'bash', 'coreutils', 'dash', 'findutils', 'grep', 'sed'],
    isComplete: true,
    finish: debianFinish,
  },
  jdk: {
    about: 'Debian with its JDK.',
    on: 'shell',
    packages: ['openjdk-17-jdk-headless'],
    isComplete: true,
    finish:
      'for name in jar javac jlink; do ln -s "/usr/lib/jvm/java-17-openjdk-amd64/bin/$name" "usr/bin/$name"; done',
  },
  debug: {
    about: 'glibc, and BusyBox in /busybox.',
    packages: [...libc, 'busybox-static'],
    finish: `${accounts}${busyboxFolder}`,
  },
  cc: { about: 'glibc, libgcc, libstdc++.', packages: cc, finish: accounts },
  nodejs: {
    about: 'Node.js of Debian at /nodejs/bin/node, no shell.',
    packages: [
      ...cc,
      'nodejs',
      'libnode108',
      'libbrotli1',
      'libc-ares2',
      'libicu72',
      'libnghttp2-14',
      'libssl3',
      'libuv1',
      'node-acorn',
      'node-cjs-module-lexer',
      'node-undici',
      'node-busboy',
      'node-xtend',
    ],
    finish: `${accounts}\nmkdir -p nodejs/bin\nmv usr/bin/node nodejs/bin/node\nrm -f usr/bin/nodejs usr/bin/js`,
  },
  java: {
    about: 'The Java runtime of Debian, no shell.',
    packages: [...cc, 'openjdk-17-jre-headless'],
    finish: `${accounts}\nmkdir -p usr/bin\nln -s ../lib/jvm/java-17-openjdk-amd64/bin/java usr/bin/java`,
  },
  python3: {
    about: 'Python of Debian, no shell.',
    packages: [
      ...cc,
      'python3-minimal',
      'python3.11-minimal',
      'libpython3.11-minimal',
      'libpython3.11-stdlib',
      'libexpat1',
      'libssl3',
      'libffi8',
      'libbz2-1.0',
      'liblzma5',
      'libuuid1',
    ],
    finish: `${accounts}\nrm -f usr/bin/py3*\nfor line in 9 10 12 13 14; do ln -s python3.11 usr/bin/python3.$line; done\nln -s python3 usr/bin/python`,
  },
  alpine: { about: 'musl and BusyBox of Debian; no apk.', packages: ['musl', 'busybox-static'], finish: alpineFinish },
  'alpine-with-gcc': {
    about: 'Debian with a gcc that links against musl; apk does nothing, since what it would install is there.',
    on: 'gcc',
    packages: ['musl-tools'],
    isComplete: true,
    finish: `
mv usr/bin/gcc usr/bin/gcc-of-debian
printf '#!/bin/sh\\nREALGCC=/usr/bin/gcc-of-debian exec /usr/bin/musl-gcc "$@"\\n' >usr/bin/gcc
printf '#!/bin/sh\\nexit 0\\n' >sbin/apk
chmod 0755 usr/bin/gcc sbin/apk`,
  },
  gcc: { about: 'Debian with its gcc.', on: 'shell', packages: ['gcc', 'libc6-dev', 'make'], isComplete: true },
  golang: {
    about: 'Debian with its Go and gcc.',
    on: 'gcc',
    packages: ['golang-go'],
    isComplete: true,
    cache: '/root/.cache/go-build',
    finish: 'mkdir -p go usr/local\nln -s ../lib/go usr/local/go',
  },
  'golang-without-gcc': {
    about: 'Debian with its Go and no C compiler.',
    on: 'golang',
    packages: [],
    finish: 'rm -f usr/bin/gcc* usr/bin/cc usr/bin/*-linux-gnu-gcc*',
  },
  debian: {
    about: 'Debian with apt, which installs from a folder in the image.',
    on: 'shell',
    packages: ['apt', 'diffutils', 'libc-bin', 'perl-base', 'tar'],
    isComplete: true,
    tellsDpkg: true,
    finish: packageSource,
  },
  'debian-with-pip': {
    about: 'Debian with apt, Python and pip.',
    on: 'debian',
    packages: ['python3-pip', 'python3-venv'],
    isComplete: true,
    tellsDpkg: true,
  },
  node: {
    about: 'Debian with its Node.js.',
    on: 'shell',
    packages: ['nodejs'],
    isComplete: true,
    finish: nodeEntrypoint,
  },
  python: {
    about: 'Debian with its Python.',
    on: 'shell',
    packages: ['python3', 'python3-venv'],
    isComplete: true,
    finish: localPython,
  },
};

/** Packages that are put into the source of `debian`. */
export const offered: readonly string[] = ['tree'];

/** A root with those that it adds to, the innermost first. */
export function chainOf(name: string): readonly Root[] {
  const root = roots[name];
  if (!root) throw new Error(`There is no root '${name}'.`);
  return [...(root.on ? chainOf(root.on) : []), root];
}

/** The directory of a root that may last from one build to the next, or null. */
export function cacheOf(name: string): string | null {
  return chainOf(name).findLast(({ cache }) => cache)?.cache ?? null;
}
