import type { Libc } from '../../catalog/model.js';
import { byDocker, byInstruction, known, unknown, type Fact } from '../../fact.js';
import { putPrograms } from '../effects.js';
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

/** cargo build, cargo install, cargo rustc. */
export const cargo: CommandEffect = (state, context) => {
  const action = context.words.slice(1).find((word) => word === null || !/^[+-]/.test(word));
  if (action === 'install') return install(state, context);
  return ['build', 'b', 'rustc', 'zigbuild', 'auditable'].includes(action ?? '') ? build(state, context) : state;
};

function build(state: StageState, context: CommandContext): StageState {
  const target = targetOf(context);
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
  const target = targetOf(context);
  if (!folder || target === null) return state;
  const by = because(context, "'cargo install' writes the program.");
  return putPrograms(state, resolvePath(folder, 'bin'), { by, artifact: artifactOf(state, context, target) });
}

/** The target triple; null when it is not known, undefined for that of the machine. */
function targetOf(context: CommandContext): string | null | undefined {
  if (context.words[0] === 'xx-cargo') return null;
  const given = optionValue(context, '--target');
  if (given !== undefined) return given;
  const fromEnvironment = context.lookup('CARGO_BUILD_TARGET');
  // A base image that is not known says nothing about it.
  return typeof fromEnvironment === 'string' && fromEnvironment !== '' ? fromEnvironment : undefined;
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
  const { span } = context.command;
  const flags = flagsOf(context);
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
  const values = ['RUSTFLAGS', 'CARGO_ENCODED_RUSTFLAGS', 'CARGO_BUILD_RUSTFLAGS'].map((name) => context.lookup(name));
  if (values.includes(undefined)) return null;
  return [...values, ...context.raw].join(' ');
}

function setting(context: CommandContext, name: string): string | undefined {
  const value = context.lookup(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
