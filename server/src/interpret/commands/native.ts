import { byDocker, byInstruction, known, unknown } from '../../fact.js';
import { putFile, putUnknownFiles } from '../effects.js';
import { resolvePath } from '../query.js';
import type { Artifact, StageState } from '../state.js';
import { because, hasOption, optionValue, pathOf, type CommandContext, type CommandEffect } from './command.js';

/** cargo build, cargo install, cargo rustc. */
export const cargo: CommandEffect = (state, context) => {
  const words = context.words.filter((word) => word === null || !word.startsWith('+'));
  const action = words[1];
  if (action === 'install') return cargoInstall(state, context);
  return action === 'build' || action === 'b' || action === 'rustc' ? cargoBuild(state, context) : state;
};

/** gcc, g++, clang and cc that link a program. */
export const compile: CommandEffect = (state, context) => {
  if (hasOption(context, '-c', '-E', '-S') || context.words.some((word) => word === '--version' || word === '-shared'))
    return state;
  const output = optionValue(context, '-o');
  const path = output === undefined ? pathOf(context, 'a.out') : pathOf(context, output);
  if (!path) return state;
  const by = because(context, `'${context.words[0]}' links '${path}'.`);
  return putFile(state, path, { by, artifact: nativeArtifact(state, context, cLinkage(context)) });
};

function cLinkage(context: CommandContext): Artifact['linkage'] {
  const span = context.command.span;
  if (context.words.some((word) => word === '-static' || word === '-static-pie')) {
    return known('static', byInstruction(span, '-static links libc into the program.'));
  }
  if (context.words.some((word) => word === null || word.startsWith('-Wl,') || word.startsWith('@'))) {
    return unknown(byInstruction(span, 'The flags of this command are not all written here.'));
  }
  return known('dynamic', byInstruction(span, `'${context.words[0]}' links libc dynamically unless -static is given.`));
}

function nativeArtifact(state: StageState, context: CommandContext, linkage: Artifact['linkage']): Artifact {
  const name = context.words[0] ?? '';
  const word = context.spans[0] ?? context.command.span;
  const language = name.startsWith('cargo') ? 'rust' : /\+\+/.test(name) ? 'c++' : 'c';
  const built = { span: context.command.span, insertAt: word.start, text: context.raw.slice(0, 2).join(' ') };
  return { language, stage: context.stage, libc: state.libc, linkage, built };
}

function cargoBuild(state: StageState, context: CommandContext): StageState {
  const target = optionValue(context, '--target') ?? setting(context, 'CARGO_BUILD_TARGET');
  const folder = optionValue(context, '--target-dir') ?? setting(context, 'CARGO_TARGET_DIR') ?? 'target';
  const root = pathOf(context, folder);
  if (!root || target === null) return state;
  const profile = profileOf(context);
  const by = because(context, "'cargo build' writes the program.");
  const artifact = nativeArtifact(state, context, rustLinkage(state, context, target));
  const place = resolvePath(root, target === undefined ? profile : `${target}/${profile}`);
  return putUnknownFiles(state, place, { by, artifact });
}

function profileOf(context: CommandContext): string {
  const profile = optionValue(context, '--profile');
  if (typeof profile === 'string') return profile === 'dev' ? 'debug' : profile;
  return hasOption(context, '--release', '-r') ? 'release' : 'debug';
}

function cargoInstall(state: StageState, context: CommandContext): StageState {
  const root =
    optionValue(context, '--root') ?? setting(context, 'CARGO_INSTALL_ROOT') ?? setting(context, 'CARGO_HOME');
  const folder = pathOf(context, root);
  if (!folder) return state;
  const target = optionValue(context, '--target') ?? setting(context, 'CARGO_BUILD_TARGET');
  if (target === null) return state;
  const artifact = nativeArtifact(state, context, rustLinkage(state, context, target));
  const by = because(context, "'cargo install' writes the program.");
  return putUnknownFiles(state, resolvePath(folder, 'bin'), { by, artifact });
}

/** See https://doc.rust-lang.org/reference/linkage.html#static-and-dynamic-c-runtimes: musl targets are static by default. */
function rustLinkage(state: StageState, context: CommandContext, target: string | undefined): Artifact['linkage'] {
  const span = context.command.span;
  const flags = context.lookup('RUSTFLAGS');
  if (flags === undefined) return unknown(byInstruction(span, 'The value of RUSTFLAGS is not known.'));
  if (/\+crt-static/.test(flags ?? ''))
    return known('static', byInstruction(span, '+crt-static links libc into the program.'));
  const isMusl = target === undefined ? state.libc.known && state.libc.value.kind === 'musl' : target.includes('-musl');
  if (isMusl && !/-crt-static/.test(flags ?? '')) {
    return known('static', byInstruction(span, 'Rust links musl statically by default.'));
  }
  if (target === undefined && !state.libc.known) return unknown(...state.libc.because);
  if (target !== undefined && !/-linux-(gnu|musl)/.test(target))
    return unknown(byInstruction(span, `The target is '${target}'.`));
  const note = isMusl ? '-crt-static makes Rust link musl dynamically.' : 'Rust links glibc dynamically by default.';
  return known(
    'dynamic',
    byInstruction(span, note),
    byDocker('Only +crt-static or a musl target makes a Rust program static.'),
  );
}

function setting(context: CommandContext, name: string): string | undefined {
  const value = context.lookup(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
