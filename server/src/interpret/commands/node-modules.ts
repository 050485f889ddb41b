import type { Libc } from '../../catalog/model.js';
import { readManifest } from '../../context/node/package-json.js';
import type { UsedPackage } from '../../context/used-package.js';
import { byInstruction, known, unknown, type Fact } from '../../fact.js';
import { putBundle } from '../bundles.js';
import { lockIn, type UsedLock } from '../node-lock.js';
import { placedAt } from '../placements.js';
import type { Bundle, BundleTrait, StageState } from '../state.js';
import { resolvePath } from '../tree.js';
import { because, buildCommand, optionValue, pathOf, type CommandContext, type CommandEffect } from './command.js';
import { readNodeCommand, type NodeCommand } from './node-command.js';

/** npm ci, yarn install, pnpm deploy …: node_modules, made for the libc and the Node.js of this stage. */
export const nodeModules: CommandEffect = (state, context) => {
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
    version: command.tool === 'bun' ? unknown() : nodeMajor(state),
    built: buildCommand(context),
    platform: null,
    traits: traitsOf(state, { context, command, asked }),
  };
  return putBundle(state, path, { bundle, by });
};

/** The major version of the Node.js that an image exists for. */
export function nodeMajor({ runtime }: StageState): Fact<string> {
  const isNode = runtime.known && runtime.value?.name === 'node';
  const major = isNode ? /^\d+/.exec(runtime.value?.version ?? '')?.[0] : undefined;
  return major === undefined ? unknown() : known(major, ...runtime.because);
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
  return found && { ...found, isSure: found.isSure && isFrozen, isWhole, omitsDev };
}

/** What package.json asks for, to run; null where it is not known. */
function askedFor(state: StageState, context: CommandContext, { root, isWhole }: NodeCommand): UsedPackage[] | null {
  if (context.cwd === null || root !== undefined || !isWhole) return null;
  const placed = placedAt(state, resolvePath(context.cwd, 'package.json'), context.buildContext);
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
  const isImmutable = context.words.includes('--immutable');
  if (!isImmutable || context.cwd === null) return isImmutable;
  const settings = placedAt(state, resolvePath(context.cwd, '.yarnrc.yml'), context.buildContext);
  return settings?.kind !== 'file' || !/^nodeLinker: *["']?node-modules\b/m.test(settings.file.text);
}

/** npm takes packages for another libc where it is told to. */
function libcOf(state: StageState, context: CommandContext): Fact<Libc> {
  const given = optionValue(context, '--libc') ?? (context.lookup('npm_config_libc') || undefined);
  if (given === undefined) return state.libc;
  if (given !== 'musl' && given !== 'glibc') return unknown(byInstruction(context.command.span, '--libc is given.'));
  return known({ kind: given, version: null }, byInstruction(context.command.span, `--libc=${given} is given.`));
}

type Traits = { context: CommandContext; command: NodeCommand; asked: readonly UsedPackage[] | null };

function traitsOf(state: StageState, { context, command, asked }: Traits): BundleTrait[] {
  const traits: BundleTrait[] = [];
  const fromEnvironment = context.lookup('npm_config_ignore_scripts') ?? context.lookup('NPM_CONFIG_IGNORE_SCRIPTS');
  const leftOut = context.words.some((word) => word === '--ignore-scripts' || word === '--ignore-scripts=true');
  if (leftOut || fromEnvironment === 'true' || fromEnvironment === '1') traits.push('no-scripts');
  const isCompiled = hasCompiler(state) && !traits.includes('no-scripts');
  const names = [...command.packages, ...(asked ?? []).map(({ name }) => name)];
  const isBound = isCompiled || names.some((name) => boundPackages.has(name));
  if (isBound) traits.push('bound');
  if (isBound || names.some((name) => nativePackages.has(name))) traits.push('native');
  return traits;
}

/** Who installs a compiler before npm does so for packages that are compiled. */
function hasCompiler({ packages }: StageState): boolean {
  return ['g++', 'build-base', 'build-essential', 'gcc-c++'].some((name) => packages.get(name)?.installed === true);
}
