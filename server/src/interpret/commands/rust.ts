import type { Libc } from '../../catalog/model.js';
import { byDocker, byInstruction, known, unknown, withEvidence, type Fact } from '../../fact.js';
import { putPrograms } from '../effects.js';
import { cargoSettings, type CargoSettings, type RustSources } from '../rust-sources.js';
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
  const root = targetFolder(context);
  const by = because(context, "'cargo build' writes the program.");
  const artifact = artifactOf(state, context, target);
  const copies = optionValue(context, '--artifact-dir', '--out-dir');
  const copied = pathOf(context, copies);
  const next = copied ? putPrograms(state, copied, { by, artifact }) : state;
  if (!root || target === null) return next;
  const profile = profileOf(context);
  return putPrograms(next, resolvePath(root, target === undefined ? profile : `${target}/${profile}`), {
    by,
    artifact,
  });
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
  return putPrograms(state, resolvePath(folder, 'bin'), { by, artifact: artifactOf(state, context, target) });
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
  if (context.cwd === null) return null;
  const manifest = optionValue(context, '--manifest-path');
  const folder = manifest === undefined ? context.cwd : pathOf(context, manifest);
  if (folder === null) return null;
  const home = context.lookup('CARGO_HOME');
  const sources: RustSources = {
    kind: 'rust',
    state,
    context: context.buildContext,
    folder: manifest === undefined ? folder : parentOf(folder),
    configsFrom:
      isOfRustProject(state) && home !== undefined ? { folder: context.cwd, home: home ?? '/usr/local/cargo' } : null,
  };
  allSources.set(context, sources);
  return sources;
}

/** The effect of one command asks more than once. */
const allSources = new WeakMap<CommandContext, RustSources>();

function settingsOf(state: StageState, context: CommandContext): CargoSettings | null {
  const sources = sourcesOf(state, context);
  return sources && cargoSettings(sources);
}

function targetFolder(context: CommandContext): string | null {
  const given = optionValue(context, '--target-dir') ?? setting(context, 'CARGO_TARGET_DIR');
  if (given !== undefined) return pathOf(context, given);
  const manifest = optionValue(context, '--manifest-path');
  const path = manifest === undefined ? pathOf(context, 'Cargo.toml') : pathOf(context, manifest);
  return path ? resolvePath(parentOf(path), 'target') : null;
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
  const loads = isDynamic && !context.words.includes('zigbuild') ? ['libgcc'] : [];
  return {
    language: 'rust',
    stage: context.stage,
    libc:
      target === null
        ? unknown(byInstruction(context.command.span, 'The target is not known.'))
        : libcOf(state, target),
    linkage,
    libraries: loads,
    built: buildCommand(context),
    sources,
  };
}

/** A target names its libc; without one it is that of the stage. */
function libcOf(state: StageState, target: string | undefined): Fact<Libc> {
  const kind = target?.includes('-musl') ? 'musl' : target?.includes('-linux-gnu') ? 'glibc' : null;
  if (kind === null || (state.libc.known && state.libc.value.kind === kind)) return state.libc;
  return known({ kind, version: null }, byDocker(`The target '${target}' is for ${kind}.`));
}

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
  if (flags === null) return unknown(byInstruction(span, 'The value of RUSTFLAGS is not known.'));
  if (target === null) return unknown(byInstruction(span, 'The target is not known.'));
  if (target !== undefined && !/-linux-(gnu|musl)/.test(target))
    return unknown(byInstruction(span, `The target is '${target}'.`));
  if (/\+crt-static/.test(flags))
    return known('static', byInstruction(span, '+crt-static links libc into the program.'));
  const { libc } = state;
  if (target === undefined && !libc.known) return unknown(...libc.because);
  const isMusl = target === undefined ? libc.known && libc.value.kind === 'musl' : target.includes('-musl');
  if (!isMusl) return dynamic(context, 'Rust links glibc dynamically by default.');
  if (/-crt-static/.test(flags)) return dynamic(context, '-crt-static makes Rust link musl dynamically.');
  if (target !== undefined || isOfRustProject(state))
    return known('static', byInstruction(span, 'Rust links musl statically by default.'));
  if (isFromAlpine(state)) return dynamic(context, "Alpine's own package of Rust links musl dynamically.");
  return unknown(byInstruction(span, "Rust's own toolchain links musl statically, Alpine's package dynamically."));
}

/** `--config`, `-Z`, and `+TOOLCHAIN` where its name holds a target. */
function hasOwnSettings(context: CommandContext): boolean {
  const options = context.raw.slice(1).filter((word) => /^["']?(--config\b|-Z|\+\S*-linux-)/.test(word));
  const toolchain = context.lookup('RUSTUP_TOOLCHAIN');
  const isOther = typeof toolchain === 'string' && toolchain.includes('-linux-musl');
  return isOther || options.some((word) => !/crt-static/.test(word));
}

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
