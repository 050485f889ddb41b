import type { LockedPackage, NodeLock } from '../context/node/lock.js';
import { linuxPlatform } from '../context/node/platforms.js';
import { memo } from '../context/memo.js';

/**
 * What of a package is native. `chosen`: its code comes in packages of its own, one for each platform. `built`: an
 * install script compiles it, or fetches what fits the machine that installs. `bundled`: it brings the builds for
 * several platforms along. `script`: it has an install script of which nothing else is known.
 */
export type NativePackage = {
  readonly name: string;
  readonly locked: LockedPackage;
  readonly kind: 'chosen' | 'built' | 'bundled' | 'script';
  /** Whether it fits one major version of Node.js only; null when that is not known. */
  readonly isBound: boolean | null;
  /** Of a `chosen` one: the packages that bring the native code on Linux, by their names. */
  readonly choices: readonly string[];
};

/** The packages with native code that runs on Linux. */
export const nativePackages = memo((packages: readonly LockedPackage[]): readonly NativePackage[] => {
  return packages.flatMap((locked): NativePackage[] => {
    const native = scripted(locked) ?? chosen(locked);
    return native ? [{ ...native, name: locked.name, locked }] : [];
  });
});

/** Whether a package is a tool for development and for builds: one that lies in the image is not loaded there. */
export function isBuildTool(name: string): boolean {
  return buildTools.has(name) || /^(@swc|@rspack|@parcel|@biomejs|@tailwindcss|@oxc-\w+|@nx)\//.test(name);
}

const buildTools = new Set(
  'esbuild lightningcss next node-sass nx oxlint rolldown rollup sass-embedded tailwindcss turbo vite webpack'.split(
    ' ',
  ),
);

/** When a package loads its native code: with its main module, or when what that exports is called; null: not known. */
export function loadTime(name: string): 'import' | 'call' | null {
  if (name === 'better-sqlite3') return 'call';
  return loadedOnImport.has(name) ? 'import' : null;
}

/**
 * Sources, the main modules: lovell/sharp lib/sharp.js, kelektiv/node.bcrypt.js bcrypt.js, TryGhost/node-sqlite3
 * lib/sqlite3-binding.js, laverdet/isolated-vm isolated-vm.js, bnoordhuis/node-iconv lib/iconv.js, uhop/node-re2 re2.js,
 * Automattic/node-canvas lib/bindings.js, xmppo/node-expat lib/node-expat.js, napi-rs/node-rs packages/argon2/index.js
 * and packages/bcrypt/binding.js, brianc/node-libpq index.js, Blizzard/node-rdkafka librdkafka.js, ranisalt/node-argon2
 * argon2.js, Brooooooklyn/canvas js-binding.js, microsoft/node-pty src/unixTerminal.ts; for better-sqlite3, which waits
 * until a database is opened, WiseLibs/better-sqlite3 lib/database.js.
 */
const loadedOnImport = new Set(
  (
    'argon2 bcrypt canvas iconv isolated-vm libpq node-expat node-pty node-rdkafka re2 sharp sqlite3 ' +
    '@napi-rs/canvas @node-rs/argon2 @node-rs/bcrypt'
  ).split(' '),
);

/** For which libc a `chosen` package has its native code, once it was installed on another. */
export type Choice = { readonly libc: 'glibc' | 'musl'; readonly isInstalled: boolean };

/** Whether the code for one libc is installed on another. Null when the package makes no difference between them. */
export function isChosenFor(
  { choices }: NativePackage,
  { made, runs, lock }: { made: 'glibc' | 'musl'; runs: 'glibc' | 'musl'; lock: NodeLock },
): boolean | null {
  const named = choices.map((name) => ({ name, libc: libcOf(name, choices) }));
  if (!named.some(({ libc }) => libc === 'musl') || !named.some(({ libc }) => libc === 'glibc')) return null;
  if (lock.decidesLibc === null) return null;
  const wanted = new Set(named.filter(({ libc }) => libc === runs || libc === null).map(({ name }) => name));
  const found = [...wanted].flatMap((name) => byName(lock.packages).get(name) ?? []);
  return found.some(({ libc }) => !lock.decidesLibc || libc.length === 0 || libc.includes(made));
}

const byName = memo((packages: readonly LockedPackage[]): ReadonlyMap<string, readonly LockedPackage[]> => {
  const found = new Map<string, LockedPackage[]>();
  for (const one of packages) {
    const others = found.get(one.name);
    if (others) others.push(one);
    else found.set(one.name, [one]);
  }
  return found;
});

/** The libc that a choice is for: without a word for it in the name, glibc where another one is for musl. */
export function libcOf(name: string, choices: readonly string[]): 'glibc' | 'musl' | null {
  const platform = linuxPlatform(name);
  if (!platform) return null;
  if (platform.libc) return platform.libc;
  const twins = choices.map((choice) => linuxPlatform(choice)).filter((one) => one?.family === platform.family);
  return twins.some((one) => one?.libc === 'musl') ? 'glibc' : null;
}

type Kind = Pick<NativePackage, 'kind' | 'isBound' | 'choices'>;

function chosen({ optionalDependencies }: LockedPackage): Kind | null {
  const choices = optionalDependencies.filter((name) => linuxPlatform(name) !== null);
  const isProgram = choices.every((name) => programs.test(name));
  return choices.length === 0 || isProgram ? null : { kind: 'chosen', isBound: false, choices };
}

/** Programs that are linked statically, which run on every libc. */
const programs = /^(@esbuild\/|esbuild-|turbo-|@turbo\/)/;

/** Packages that bring builds for several platforms along, and the one that picks from them. */
const pickers = ['node-gyp-build', 'node-gyp-build-optional-packages', 'pkg-prebuilds'];

/** What a package needs that compiles, or fetches a build. A package with a binding.gyp may do so without a script. */
const builders = ['nan', 'node-addon-api', 'node-pre-gyp', '@mapbox/node-pre-gyp', 'prebuild-install'];

/** The same, of packages that are known to have an install script. */
const toolsOfScripts = ['node-gyp', 'cmake-js', 'install-artifact-from-github', 'bindings'];

/** Packages of which only the source is published: they have a binding.gyp and no download of a build. */
export const sourcePackages: ReadonlySet<string> = new Set(
  'cpu-features heapdump iconv libpq node-expat node-pty node-rdkafka segfault-handler unix-dgram xxhash'.split(' '),
);

/** They use V8 itself, but do not depend on the package `nan`. */
const boundByItself = new Set(['better-sqlite3', 'iconv', 'isolated-vm']);

function scripted({ name, dependencies, optionalDependencies, hasScript, os, version }: LockedPackage): Kind | null {
  const isForeign = os.length > 0 && !os.includes('linux') && !os.some((one) => one.startsWith('!'));
  const isChosen = optionalDependencies.some((one) => linuxPlatform(one) !== null);
  if (isForeign || isChosen || harmless.has(name)) return null;
  const needs = (names: readonly string[]) => names.some((one) => dependencies.includes(one));
  if (needs(pickers)) return { kind: 'bundled', isBound: false, choices: [] };
  const isBound = boundByItself.has(name) || needs(['nan']) ? true : needs(['node-addon-api']) ? false : null;
  const isKnown = boundByItself.has(name) || sourcePackages.has(name) || (name === 'sharp' && isBelow033(version));
  if (isKnown || needs(builders) || (hasScript && needs(toolsOfScripts)))
    return { kind: 'built', isBound, choices: [] };
  return hasScript ? { kind: 'script', isBound: null, choices: [] } : null;
}

/** From 0.33 on its native code comes in packages of its own. */
function isBelow033(version: string): boolean {
  return /^0\.([0-9]|[12]\d|3[0-2])\./.test(version);
}

/** Packages whose install script makes no native code that the program loads. */
const harmless = new Set(
  (
    'core-js core-js-pure core-js-compat es5-ext esbuild fsevents husky nodemon postinstall-postinstall protobufjs ' +
    '@apollo/protobufjs @nestjs/core styled-components vue-demi msw prisma @prisma/client @prisma/engines @sentry/cli ' +
    '@scarf/scarf @openapitools/openapi-generator-cli cypress puppeteer playwright chromedriver geckodriver edgedriver ' +
    'electron yarn yorkie swiper typemoq @fortawesome/fontawesome-common-types @fortawesome/fontawesome-free ' +
    '@fortawesome/fontawesome-svg-core @fortawesome/free-brands-svg-icons @fortawesome/free-regular-svg-icons ' +
    '@fortawesome/free-solid-svg-icons svelte-preprocess bootstrap-vue simple-git-hooks lefthook patch-package nx'
  ).split(' '),
);
