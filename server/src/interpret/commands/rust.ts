import type { Libc } from '../../catalog/model.js';
import { isOtherTool } from '../../context/rust/cargo-config.js';
import { byDocker, byInstruction, known, unknown, withEvidence, type Fact } from '../../fact.js';
import { putFile, putPrograms, type Cause } from '../effects.js';
import { asksForOther, cargoSettings, workspaceFolder, type CargoSettings, type RustSources } from '../rust-sources.js';
import type { Artifact, StageState } from '../state.js';
import { parentOf, resolvePath } from '../tree.js';
import {
  because,
  buildCommand,
  hasOption,
  optionValue,
  pathOf,
  type CommandContext,
  type CommandEffect,
} from './command.js';
import { builtPrograms } from './rust-programs.js';

/** The host of another toolchain is the target where none is named: `rustup default stable-x86_64-unknown-linux-musl`. */
export const rustup: CommandEffect = (state, context) => {
  const mayBeOther = context.words.slice(1).some((word) => word === null || /-linux-musl/.test(word));
  if (!mayBeOther || !/^(default|set|override|toolchain)$/.test(context.words[1] ?? '')) return state;
  const evidence = byInstruction(context.command.span, 'rustup chooses a toolchain for another target here.');
  return { ...state, settings: state.settings.with('rust host', unknown(evidence)) };
};

/** cargo build, cargo install, cargo rustc. */
export const cargo: CommandEffect = (state, context) => {
  const action = context.words.slice(1).find((word) => word === null || !/^[+-]/.test(word));
  if (action === 'install') return install(state, context);
  return ['build', 'b', 'rustc', 'zigbuild', 'auditable'].includes(action ?? '') ? build(state, context) : state;
};

function build(state: StageState, context: CommandContext): StageState {
  const target = targetOf(state, context);
  const root = targetFolder(state, context);
  const by = because(context, "'cargo build' writes the program.");
  const artifact = artifactOf(state, context, target);
  const copies = optionValue(context, '--artifact-dir', '--out-dir');
  const copied = pathOf(context, copies);
  const names = builtPrograms(sourcesOf(state, context), context);
  const next = copied ? write(state, copied, { by, artifact, names }) : state;
  if (!root || target === null) return next;
  const profile = profileOf(context);
  const folder = target === undefined ? profile : `${withoutGlibc(target)}/${profile}`;
  return write(next, resolvePath(root, folder), { by, artifact, names });
}

type Written = { readonly by: Cause; readonly artifact: Artifact; readonly names: readonly string[] };

/** Programs of these names and of others. */
function write(state: StageState, folder: string, { by, artifact, names }: Written): StageState {
  const next = putPrograms(state, folder, { by, artifact });
  return names.reduce((all, name) => putFile(all, `${folder}/${name}`, { by, artifact }), next);
}

function install(state: StageState, context: CommandContext): StageState {
  const root =
    optionValue(context, '--root') ??
    setting(context, 'CARGO_INSTALL_ROOT') ??
    setting(context, 'CARGO_HOME') ??
    (context.lookup('CARGO_HOME') === null ? '/root/.cargo' : undefined);
  const folder = pathOf(context, root);
  const target = targetOf(state, context);
  if (!folder || target === null) return state;
  const by = because(context, "'cargo install' writes the program.");
  const names = builtPrograms(sourcesOf(state, context), context);
  return write(state, resolvePath(folder, 'bin'), { by, artifact: artifactOf(state, context, target), names });
}

/** The target triple; null when it is not known, undefined for that of the machine. */
function targetOf(state: StageState, context: CommandContext): string | null | undefined {
  if (context.words[0] === 'xx-cargo') return null;
  const given = optionValue(context, '--target');
  if (given !== undefined) return given;
  const fromEnvironment = context.lookup('CARGO_BUILD_TARGET');
  // A base image that is not known says nothing about it.
  if (typeof fromEnvironment === 'string' && fromEnvironment !== '') return fromEnvironment;
  const configured = settingsOf(state, context)?.configs.find(({ target }) => target !== null);
  return configured?.target ?? undefined;
}

/** What is compiled; null where it is not known. */
function sourcesOf(state: StageState, context: CommandContext): RustSources | null {
  const known = allSources.get(context);
  if (known) return known;
  const folder = packageFolder(context);
  if (context.cwd === null || folder === null) return null;
  const home = context.lookup('CARGO_HOME');
  const sources: RustSources = {
    kind: 'rust',
    state,
    context: context.buildContext,
    folder,
    configsFrom:
      isOfRustProject(state) && home !== undefined ? { folder: context.cwd, home: home ?? '/usr/local/cargo' } : null,
  };
  allSources.set(context, sources);
  return sources;
}

/** Where the package lies; null where that is not known, and for one that `cargo install` downloads. */
function packageFolder(context: CommandContext): string | null {
  const isInstall = context.words.includes('install');
  const local = optionValue(context, '--path');
  if (isInstall) return local === undefined ? null : pathOf(context, local);
  const manifest = optionValue(context, '--manifest-path');
  if (manifest === undefined) return context.cwd;
  const path = pathOf(context, manifest);
  return path === null ? null : parentOf(path);
}

/** The effect of one command asks more than once. */
const allSources = new WeakMap<CommandContext, RustSources>();

function settingsOf(state: StageState, context: CommandContext): CargoSettings | null {
  const sources = sourcesOf(state, context);
  return sources && cargoSettings(sources);
}

function targetFolder(state: StageState, context: CommandContext): string | null {
  const given = optionValue(context, '--target-dir') ?? setting(context, 'CARGO_TARGET_DIR');
  if (given !== undefined) return pathOf(context, given);
  const sources = sourcesOf(state, context);
  const folder = (sources && workspaceFolder(sources)) ?? packageFolder(context);
  return folder === null ? null : resolvePath(folder, 'target');
}

function profileOf(context: CommandContext): string {
  const profile = optionValue(context, '--profile');
  if (typeof profile === 'string') return profile === 'dev' ? 'debug' : profile;
  return hasOption(context, '--release', '-r') ? 'release' : 'debug';
}

function artifactOf(state: StageState, context: CommandContext, target: string | null | undefined): Artifact {
  const sources = sourcesOf(state, context);
  const linkage = linkageOf(state, context, target);
  const isDynamic = linkage.known && linkage.value === 'dynamic';
  // Zig links its own unwinder.
  const isOwn = context.words.includes('zigbuild') || ownUnwinder.test(settingsText(state, context));
  const loads = isDynamic && !isOwn ? ['libgcc'] : [];
  return {
    language: 'rust',
    stage: context.stage,
    libc:
      target === null
        ? unknown(byInstruction(context.command.span, 'The target is not known.'))
        : libcOf(state, context, target),
    linkage,
    libraries: loads,
    built: buildCommand(context),
    sources,
  };
}

/** Arguments for the linker that may take the unwinder from elsewhere. */
const ownUnwinder = /link-args?=\S*(libgcc|unwind|static|nodefault|nostd)/;

function settingsText(state: StageState, context: CommandContext): string {
  return [flagsOf(context), ...(settingsOf(state, context)?.configs ?? []).map(({ flags }) => flags)].join(' ');
}

/** A target names its libc; without one it is that of the stage. */
function libcOf(state: StageState, context: CommandContext, target: string | undefined): Fact<Libc> {
  const kind = target?.includes('-musl') ? 'musl' : target?.includes('-linux-gnu') ? 'glibc' : null;
  if (kind === 'glibc' && context.words.includes('zigbuild')) return zigsGlibc(target ?? '');
  if (kind === null || (state.libc.known && state.libc.value.kind === kind)) return state.libc;
  return known({ kind, version: null }, byDocker(`The target '${target}' is for ${kind}.`));
}

/** Zig brings a glibc of its own: https://github.com/rust-cross/cargo-zigbuild#specify-glibc-version */
function zigsGlibc(target: string): Fact<Libc> {
  const version = glibcSuffix.exec(target)?.[1] ?? null;
  return known({ kind: 'glibc', version }, byDocker(`The target '${target}' is for glibc, which Zig brings.`));
}

/** cargo-zigbuild names the directory without the version. */
function withoutGlibc(target: string): string {
  return target.replace(glibcSuffix, '');
}

const glibcSuffix = /(?<=-gnu\w*)\.(\d+\.\d+)$/;

/** See https://doc.rust-lang.org/reference/linkage.html#static-and-dynamic-c-runtimes: musl targets are static by default. */
function linkageOf(state: StageState, context: CommandContext, target: string | null | undefined): Artifact['linkage'] {
  const settings = settingsOf(state, context);
  const linkage = linkageBy(state, context, { target, settings });
  return linkage.known && settings ? withEvidence(linkage, ...settings.because) : linkage;
}

type Given = { readonly target: string | null | undefined; readonly settings: CargoSettings | null };

function linkageBy(state: StageState, context: CommandContext, { target, settings }: Given): Artifact['linkage'] {
  const { span } = context.command;
  const host = state.settings.get('rust host');
  if (host) return unknown(...host.because);
  if (hasOwnSettings(context))
    return unknown(byInstruction(span, 'This build has settings or a toolchain of its own.'));
  const own = flagsOf(context);
  // Variables of the environment take the place of what the files say.
  const flags = own?.trim() || own === null ? own : (settings?.configs ?? []).map((config) => config.flags).join(' ');
  const doubt = doubtOf(flags, target);
  if (doubt !== null || flags === null || target === null) return unknown(byInstruction(span, doubt ?? ''));
  if (/\+crt-static/.test(flags))
    return known('static', byInstruction(span, '+crt-static links libc into the program.'));
  const { libc } = state;
  if (target === undefined && !libc.known) return unknown(...libc.because);
  const isMusl = target === undefined ? libc.known && libc.value.kind === 'musl' : target.includes('-musl');
  if (!isMusl) return onGlibc(state, context);
  if (/-crt-static/.test(flags)) return dynamic(context, '-crt-static makes Rust link musl dynamically.');
  if (target !== undefined || isOfRustProject(state))
    return known('static', byInstruction(span, 'Rust links musl statically by default.'));
  if (isFromAlpine(state)) return dynamic(context, "Alpine's own package of Rust links musl dynamically.");
  return unknown(byInstruction(span, "Rust's own toolchain links musl statically, Alpine's package dynamically."));
}

function onGlibc(state: StageState, context: CommandContext): Artifact['linkage'] {
  const sources = sourcesOf(state, context);
  return sources && asksForOther(sources)
    ? unknown(byInstruction(context.command.span, 'The project has settings of its own.'))
    : dynamic(context, 'Rust links glibc dynamically by default.');
}

/** `--config`, `-Z`, and `+TOOLCHAIN` where its name holds a target. */
function hasOwnSettings(context: CommandContext): boolean {
  const options = context.raw.slice(1).filter((word) => /^["']?(--config\b|-Z|\+\S*-linux-)/.test(word));
  const toolchain = context.lookup('RUSTUP_TOOLCHAIN');
  const isOther = typeof toolchain === 'string' && toolchain.includes('-linux-musl');
  return isOther || hasOwnTools(context) || options.some((word) => !/crt-static/.test(word));
}

/** What leaves the linkage open; null where it is decided. */
function doubtOf(flags: string | null, target: string | null | undefined): string | null {
  if (flags === null) return 'The value of RUSTFLAGS is not known.';
  if (ownLinkage.test(flags)) return 'The linker is told how to link.';
  if (target === null) return 'The target is not known.';
  return target !== undefined && !/-linux-(gnu|musl)/.test(target) ? `The target is '${target}'.` : null;
}

/** Arguments with which the linker makes another program. */
const ownLinkage = /link-args?=["']?-(static|nostd|nostart|nodefault)|linker=\S*(musl|zig)/;

function hasOwnTools({ lookup, raw }: CommandContext): boolean {
  return ownLinkage.test(raw.join(' ')) || toolVariables.some((name) => isOtherTool(lookup(name)));
}

const toolVariables = [
  ...['RUSTC', 'RUSTC_WRAPPER', 'RUSTC_WORKSPACE_WRAPPER'].flatMap((name) => [name, `CARGO_BUILD_${name}`]),
  ...['X86_64', 'AARCH64'].flatMap((machine) =>
    ['GNU', 'MUSL'].map((libc) => `CARGO_TARGET_${machine}_UNKNOWN_LINUX_${libc}_LINKER`),
  ),
];

function dynamic({ command }: CommandContext, note: string): Artifact['linkage'] {
  const rule = byDocker('Only +crt-static or a musl target makes a Rust program static.');
  return known('dynamic', byInstruction(command.span, note), rule);
}

/** The toolchain of the image rust, which rustup installs. */
function isOfRustProject({ runtime, packages }: StageState): boolean {
  const isRust = runtime.known && runtime.value?.name === 'rust';
  return isRust && !packages.get('cargo')?.installed && !packages.get('rust')?.installed;
}

function isFromAlpine({ packages, os }: StageState): boolean {
  const isAlpine = os.known && os.value?.id === 'alpine';
  return isAlpine && packages.get('cargo')?.installed === true && !packages.get('rustup')?.installed;
}

/** All that may hold -C target-feature; null when one of them is not known. */
function flagsOf(context: CommandContext): string | null {
  const values = flagVariables.map((name) => context.lookup(name));
  if (values.includes(undefined)) return null;
  const options = context.raw.filter((word) => /crt-static/.test(word));
  return [...values, ...options].join(' ');
}

const flagVariables = [
  'RUSTFLAGS',
  'CARGO_ENCODED_RUSTFLAGS',
  'CARGO_BUILD_RUSTFLAGS',
  ...['X86_64', 'AARCH64'].flatMap((machine) =>
    ['GNU', 'MUSL'].map((libc) => `CARGO_TARGET_${machine}_UNKNOWN_LINUX_${libc}_RUSTFLAGS`),
  ),
];

function setting(context: CommandContext, name: string): string | undefined {
  const value = context.lookup(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
