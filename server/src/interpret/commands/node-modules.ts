import type { Libc } from '../../catalog/model.js';
import { readManifest } from '../../context/node/package-json.js';
import type { UsedPackage } from '../../context/used-package.js';
import { byInstruction, known, unknown, type Fact } from '../../fact.js';
import { putBundle } from '../bundles.js';
import { lockIn, type UsedLock } from '../node-lock.js';
import { placedAt, surelyLacks } from '../placements.js';
import type { Bundle, BundleTrait, StageState } from '../state.js';
import { currentEntry, resolvePath } from '../tree.js';
import {
  because,
  buildCommand,
  operands,
  optionValue,
  pathOf,
  type CommandContext,
  type CommandEffect,
} from './command.js';
import { readNodeCommand, type NodeCommand } from './node-command.js';

/** npm ci, yarn install, pnpm deploy …: node_modules, made for the libc and the Node.js of this stage. */
export const nodeModules: CommandEffect = (state, context) => {
  if (context.words[1] === 'config') return configured(state, context);
  const command = readNodeCommand(context);
  const path = command && folderOf(command, context);
  if (!command || !path || isWithoutFolder(state, context)) return state;
  const by = because(context, `'${command.tool} ${command.action}' installs packages into '${path}'.`);
  const lock = usedLock(state, context, command);
  const asked = lock ? null : askedFor(state, context, command);
  const bundle: Bundle = {
    ...(lock && { lock }),
    ...(asked && { packages: asked }),
    kind: 'node-modules',
    stage: context.stage,
    libc: libcOf(state, context),
    version: command.tool === 'bun' || isForOtherNode(state, context) ? unknown() : nodeMajor(state),
    built: buildCommand(context),
    platform: null,
    traits: traitsOf(state, { context, command, asked }),
  };
  return putBundle(state, path, { bundle, by });
};

/** `npm config set libc=glibc`, `pnpm config set ignore-scripts true` */
function configured(state: StageState, context: CommandContext): StageState {
  const [, action, ...given] = operands(context);
  const [name, value] = given.flatMap((word) => word?.split(/=(.*)/s, 2) ?? []);
  if (action !== 'set' || !name) return state;
  const { evidence, certain } = because(context, `Sets '${name}' of '${context.words[0] ?? ''}'.`);
  const fact = certain && value !== undefined ? known(value, evidence) : unknown(evidence);
  return { ...state, settings: state.settings.with(`node ${name}`, fact) };
}

/** The major version of the Node.js that an image exists for; unknown where another one was put into it. */
export function nodeMajor(state: StageState): Fact<string> {
  const { runtime } = state;
  const other = state.settings.get('other Node.js') ?? replaced(state);
  if (other) return unknown(...other.because);
  const isNode = runtime.known && runtime.value?.name === 'node';
  const major = isNode ? /^\d+/.exec(runtime.value?.version ?? '')?.[0] : undefined;
  return major === undefined ? unknown() : known(major, ...runtime.because);
}

/** The Node.js of the official images or of Google Distroless, where an instruction put another one in its place. */
function replaced(state: StageState) {
  const entries = ['/usr/local/bin/node', '/nodejs/bin/node'].map((path) => currentEntry(state, path));
  return entries.find((entry) => entry?.because.some(({ kind }) => kind === 'instruction'));
}

/** Packages whose code is compiled for one major version of Node.js. */
const boundPackages = new Set(
  'better-sqlite3 canvas cpu-features deasync farmhash grpc heapdump ibm_db iconv node-expat node-sass pg-native zeromq'.split(
    ' ',
  ),
);

/** Packages that hold native code for one libc. */
const nativePackages = new Set(
  (
    'argon2 bcrypt bufferutil kerberos leveldown libpq libxmljs libxmljs2 lmdb microtime mongodb-client-encryption ' +
    'node-hid node-pty node-rdkafka nodegit odbc oracledb re2 robotjs serialport sharp ' +
    'snappy sodium-native sqlite3 ssh2-native usb utf-8-validate zstd-napi @napi-rs/canvas @node-rs/argon2 ' +
    '@node-rs/bcrypt @confluentinc/kafka-javascript @swc/core @tensorflow/tfjs-node'
  ).split(' '),
);

function folderOf({ root, action }: NodeCommand, context: CommandContext): string | null {
  const folder = root === undefined ? context.cwd : pathOf(context, root);
  if (folder === null || (folder === '/' && action !== 'deploy')) return folder === '/' ? '/node_modules' : null;
  return resolvePath(folder, 'node_modules');
}

/** What the lock file of the project says; null for the packages that the command names besides. */
function usedLock(state: StageState, context: CommandContext, command: NodeCommand): UsedLock | null {
  const { tool, packages, isFrozen, isWhole, omitsDev } = command;
  const root = command.action === 'deploy' ? undefined : command.root;
  const folder = root === undefined ? context.cwd : pathOf(context, root);
  if (tool === 'bun' || folder === null || packages.length > 0) return null;
  const found = lockIn(state, { tool, folder, context: context.buildContext });
  if (!found) return null;
  const lock = tool === 'npm' && isBlindToLibc(state) ? { ...found.lock, decidesLibc: false } : found.lock;
  return { ...found, lock, isSure: found.isSure && isFrozen, isWhole, omitsDev };
}

/**
 * npm goes by the libc of a package from version 10 on, which came with Node.js 18.19 and 20.9.
 * Source: npm/cli, CHANGELOG.md (npm-install-checks 6.2.0); https://nodejs.org/dist/index.json.
 */
function isBlindToLibc({ runtime }: StageState): boolean {
  const version = runtime.known && runtime.value?.name === 'node' ? runtime.value.version : null;
  const [major, minor] = (version ?? '').split('.').map(Number);
  if (!major) return false;
  const first = major === 18 ? 19 : major === 20 ? 9 : 0;
  return major < 18 || major === 19 || (minor !== undefined && minor < first);
}

/** What package.json asks for, to run; null where it is not known. */
function askedFor(state: StageState, context: CommandContext, command: NodeCommand): UsedPackage[] | null {
  const { root, isWhole, packages } = command;
  if (context.cwd === null || root !== undefined || !isWhole) return null;
  const path = resolvePath(context.cwd, 'package.json');
  if (packages.length > 0 && surelyLacks(state, path, context.buildContext)) return [];
  const placed = placedAt(state, path, context.buildContext);
  const manifest = placed?.kind === 'file' ? readManifest(placed.file) : null;
  if (placed?.kind !== 'file' || !manifest || manifest.hasWorkspaces) return null;
  const { file } = placed;
  return [...manifest.dependencies, ...manifest.optionalDependencies].flatMap((name) => {
    const range = manifest.ranges.get(name);
    return range ? [{ name, version: range.value, file, span: range.span }] : [];
  });
}

/** yarn from version 2 on makes no node_modules unless it is told to. */
function isWithoutFolder(state: StageState, context: CommandContext): boolean {
  const isModern = context.words.includes('--immutable') || isModernYarn(state, context);
  if (!isModern || context.cwd === null) return isModern;
  if (context.lookup('YARN_NODE_LINKER') === 'node-modules') return false;
  const settings = placedAt(state, resolvePath(context.cwd, '.yarnrc.yml'), context.buildContext);
  return settings?.kind !== 'file' || !/^nodeLinker: *["']?node-modules\b/m.test(settings.file.text);
}

function isModernYarn(state: StageState, { words, cwd, buildContext }: CommandContext): boolean {
  if (words[0] !== 'yarn' || cwd === null) return false;
  const placed = placedAt(state, resolvePath(cwd, 'yarn.lock'), buildContext);
  return placed?.kind === 'file' && /^__metadata:/m.test(placed.file.text.slice(0, 2000));
}

/** npm takes packages for another libc, or for WebAssembly, where it is told to. */
function libcOf(state: StageState, context: CommandContext): Fact<Libc> {
  const cpu = optionValue(context, '--cpu') ?? (context.lookup('npm_config_cpu') || undefined);
  if (cpu !== undefined && cpu !== 'x64' && cpu !== 'arm64')
    return unknown(byInstruction(context.command.span, '--cpu is given.'));
  const settings = [...state.settings.entries()].filter(([name]) =>
    /^node (libc|cpu|supportedArchitectures)/.test(name),
  );
  if (settings.length > 0) return unknown(...settings.flatMap(([, fact]) => fact.because));
  if (hasSetting(state, context, 'libc')) return unknown();
  const given = optionValue(context, '--libc') ?? (context.lookup('npm_config_libc') || undefined);
  if (given === undefined) return state.libc;
  if (given !== 'musl' && given !== 'glibc') return unknown(byInstruction(context.command.span, '--libc is given.'));
  return known({ kind: given, version: null }, byInstruction(context.command.span, `--libc=${given} is given.`));
}

/**
 * node-gyp and prebuild-install take another version of Node.js where they are told to.
 * Source: https://github.com/nodejs/node-gyp#command-options
 */
function isForOtherNode(state: StageState, context: CommandContext): boolean {
  const variables = ['npm_config_target', 'npm_config_runtime'].map((name) => context.lookup(name));
  const isAsked = context.words.some((word) => /^--(target|runtime)(=|$)/.test(word ?? ''));
  return isAsked || variables.some((value) => value !== null && value !== '') || hasSetting(state, context, 'target');
}

/** Whether the .npmrc of the project, or a command before, gives npm a setting. */
function hasSetting(state: StageState, { cwd, buildContext }: CommandContext, name: string): boolean {
  if (state.settings.get(`node ${name}`)) return true;
  const placed = cwd === null ? null : placedAt(state, resolvePath(cwd, '.npmrc'), buildContext);
  return placed?.kind === 'file' && new RegExp(`^${name} *=`, 'm').test(placed.file.text);
}

type Traits = { context: CommandContext; command: NodeCommand; asked: readonly UsedPackage[] | null };

function traitsOf(state: StageState, { context, command, asked }: Traits): BundleTrait[] {
  const traits: BundleTrait[] = [];
  const fromEnvironment = context.lookup('npm_config_ignore_scripts') ?? context.lookup('NPM_CONFIG_IGNORE_SCRIPTS');
  const leftOut = context.words.some((word) => word === '--ignore-scripts' || word === '--ignore-scripts=true');
  const isOff = leftOut || fromEnvironment === 'true' || fromEnvironment === '1' || isOffInSettings(state, context);
  if (isOff) traits.push('no-scripts');
  const isCompiled = hasCompiler(state) && !traits.includes('no-scripts');
  const names = [...command.packages, ...(asked ?? []).map(({ name }) => name)];
  const isBound = isCompiled || names.some((name) => boundPackages.has(name));
  if (isBound) traits.push('bound');
  if (isBound || names.some((name) => nativePackages.has(name))) traits.push('native');
  return traits;
}

function isOffInSettings(state: StageState, { cwd, buildContext }: CommandContext): boolean {
  const setting = state.settings.get('node ignore-scripts');
  if (setting?.known && setting.value === 'true') return true;
  const placed = cwd === null ? null : placedAt(state, resolvePath(cwd, '.npmrc'), buildContext);
  return placed?.kind === 'file' && /^ignore-scripts *= *true/m.test(placed.file.text);
}

/** Who installs a compiler before npm does so for packages that are compiled. */
function hasCompiler({ packages }: StageState): boolean {
  return ['g++', 'build-base', 'build-essential', 'gcc-c++'].some((name) => packages.get(name)?.installed === true);
}
