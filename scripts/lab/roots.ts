import {
  accounts,
  alpineFinish,
  busyboxFolder,
  debianFinish,
  goModules,
  localPython,
  nodeEntrypoint,
  numberedByJavac,
  packageSource,
} from './finish.js';

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

const libc = ['base-files', 'libc6'];
const cc = [...libc, 'libgcc-s1', 'libstdc++6', 'zlib1g'];

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
  'newer-jdk': {
    about: 'Debian with its JDK; javac numbers the classes as that of Java 25 does.',
    on: 'jdk',
    packages: [],
    finish: numberedByJavac,
  },
  jre: {
    about: 'Debian with its Java runtime.',
    on: 'shell',
    packages: ['openjdk-17-jre-headless'],
    isComplete: true,
    finish: 'ln -s ../lib/jvm/java-17-openjdk-amd64/bin/java usr/bin/java',
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
  'golang-with-modules': {
    about:
      'Debian with its Go, gcc and the sources of two Go modules, which a go.mod of its own leads to; apk does ' +
      'nothing, since what it would install is there.',
    on: 'golang',
    packages: ['golang-github-datadog-zstd-dev', 'golang-github-mattn-go-sqlite3-dev'],
    isComplete: true,
    cache: '/root/.cache/go-build',
    finish: goModules,
  },
  rust: {
    about: 'Debian with its Rust and Cargo.',
    on: 'gcc',
    packages: ['cargo', 'rustc'],
    isComplete: true,
    finish: 'ln -s gcc usr/bin/cc',
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
    about: 'Debian with its Python and pip.',
    on: 'shell',
    packages: ['python3', 'python3-pip', 'python3-venv'],
    isComplete: true,
    finish: localPython,
  },
};

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
