import { byDocker, byInstruction, known, unknown, type Evidence, type Fact } from '../../fact.js';
import { putFile, putUnknownFiles } from '../effects.js';
import { contentFact, resolvePath } from '../query.js';
import type { Artifact, StageState } from '../state.js';
import { because, optionValue, pathOf, type CommandContext, type CommandEffect } from './command.js';

type Linkage = Artifact['linkage'];

/** go build, go install, go test -c. */
export const go: CommandEffect = (state, context) => {
  const action = context.words[1];
  if (action === 'build' || (action === 'test' && context.words.includes('-c'))) return build(state, context);
  if (action === 'install' || action === 'get') return install(state, context);
  if (action === 'env' && context.words.includes('-w')) return writeEnv(state, context);
  return state;
};

/** How the Go program that this command builds is linked; see https://pkg.go.dev/cmd/cgo and go.dev/doc/go1.20#cgo. */
export function goLinkage(state: StageState, context: CommandContext): Linkage {
  const flags = context.raw.join(' ');
  const variables = goVariables(context);
  if (variables.goos !== 'linux') return unknown(byInstruction(context.command.span, 'GOOS is not linux here.'));
  const setting = cgoSetting(state, context);
  if (!setting.known) return setting;
  if (!setting.value) return withoutCgo(setting.because, flags);
  if (/-extldflags/.test(flags) && /-static\b/.test(flags)) return staticallyLinked(context, flags);
  if (/netgo|osusergo/.test(flags)) {
    return unknown(
      byInstruction(context.command.span, 'Build tags replace net and os/user; other packages may still use cgo.'),
    );
  }
  if (flags.includes('$(') || /-ldflags[= ]["']?\$\{?[A-Z_]+\}?["']?(\s|$)/.test(flags)) {
    return hidden(context, setting.because, flags);
  }
  if (/-linkmode[= ]external/.test(flags) || context.words.includes('-race')) {
    const note = 'External linking and the race detector link libc dynamically.';
    return known('dynamic', ...setting.because, byInstruction(context.command.span, note));
  }
  return known('cgo', ...setting.because);
}

/** `-ldflags "$LDFLAGS"` may hold -extldflags; `$(git describe)` inside otherwise visible flags does not hide them. */
function hidden(context: CommandContext, because: readonly Evidence[], flags: string): Linkage {
  const visible = /-ldflags[= ]/.test(flags) && /-X |-s |-w |-X=|-s\b/.test(flags);
  if (visible || !/-ldflags/.test(flags)) return known('cgo', ...because);
  return unknown(byInstruction(context.command.span, 'The linker flags are not written here.'));
}

function withoutCgo(because: readonly Evidence[], flags: string): Linkage {
  if (/-buildmode[= ](pie|c-|plugin|shared)/.test(flags)) return unknown(...because);
  return known('static', ...because);
}

function staticallyLinked(context: CommandContext, flags: string): Linkage {
  const evidence = byInstruction(context.command.span, 'The external linker is told to link statically.');
  return /-linkmode[= ]external/.test(flags) ? known('static', evidence) : unknown(evidence);
}

function goVariables(context: CommandContext): { goos: string } {
  const goos = context.lookup('GOOS');
  // TARGETOS is not known to the build file, and Linux is what a Linux final stage asks for.
  return { goos: typeof goos === 'string' ? goos : 'linux' };
}

/** Whether cgo is on, and why. */
function cgoSetting(state: StageState, context: CommandContext): Fact<boolean> {
  const written = context.lookup('CGO_ENABLED');
  const where = context.whyVariable('CGO_ENABLED');
  const why = where ? [byInstruction(where, `CGO_ENABLED is set to '${written ?? ''}' here.`)] : [];
  if (typeof written === 'string' && written !== '') return known(written !== '0', ...why);
  if (written === undefined) {
    return unknown(...why, byInstruction(context.command.span, 'The value of CGO_ENABLED is not known.'));
  }
  const arch = context.lookup('GOARCH');
  if (typeof arch === 'string' && arch !== 'amd64') {
    return unknown(byInstruction(context.command.span, 'Whether this is a cross build depends on the build machine.'));
  }
  return cgoByDefault(state, context);
}

function cgoByDefault(state: StageState, context: CommandContext): Fact<boolean> {
  const compiler = contentFact(state, 'gcc');
  if (!compiler.known)
    return unknown(...compiler.because, byDocker('cgo is on by default only where a C compiler is found.'));
  const unset = byInstruction(context.command.span, 'CGO_ENABLED is not set for this build.');
  if (compiler.value)
    return known(true, unset, ...compiler.because, byDocker('Go turns cgo on where it finds a C compiler.'));
  const minor = goMinor(state);
  if (minor === null) return unknown(...compiler.because);
  if (minor < 20)
    return known(true, unset, byDocker('Before Go 1.20 cgo was on by default even without a C compiler.'));
  return known(false, unset, ...compiler.because, byDocker('Since Go 1.20 cgo is off where no C compiler is found.'));
}

function goMinor(state: StageState): number | null {
  if (!state.runtime.known || state.runtime.value?.name !== 'go') return null;
  const minor = /^1\.(\d+)/.exec(state.runtime.value.version ?? '')?.[1];
  return minor === undefined ? null : Number(minor);
}

function artifactOf(state: StageState, context: CommandContext): Artifact {
  const word = context.spans[0] ?? context.command.span;
  const prefix = context.command.assignments[0]?.span ?? word;
  return {
    language: 'go',
    stage: context.stage,
    libc: state.libc,
    linkage: goLinkage(state, context),
    built: {
      span: context.command.span,
      insertAt: Math.min(prefix.start, word.start),
      text: context.raw.slice(0, 2).join(' '),
    },
  };
}

function build(state: StageState, context: CommandContext): StageState {
  const artifact = artifactOf(state, context);
  const by = because(context, `'go ${context.words[1]}' writes the program.`);
  const output = optionValue(context, '-o');
  if (output === undefined) return inPlace(state, context, artifact);
  const path = pathOf(context, output);
  if (!path) return state;
  const isFolder = output?.endsWith('/') || output === '.' || state.files.get(path)?.kind === 'directory';
  if (isFolder) return putUnknownFiles(state, path, { by, artifact });
  return putFile(state, path, { by, artifact });
}

/** Without -o the program is named after the package's last element and put in the working directory. */
function inPlace(state: StageState, context: CommandContext, artifact: Artifact): StageState {
  if (context.cwd === null) return state;
  const by = because(context, "'go build' writes the program to the working directory.");
  const next = putUnknownFiles(state, context.cwd, { by, artifact });
  const last = context.words.at(-1);
  const name = typeof last === 'string' ? /^(?:\.{1,2}\/|[\w.-]+\/)(?:.*\/)?([\w.-]+)$/.exec(last)?.[1] : undefined;
  return name && name !== '...' ? putFile(next, resolvePath(context.cwd, name), { by, artifact }) : next;
}

function install(state: StageState, context: CommandContext): StageState {
  const bin = context.lookup('GOBIN');
  const home = context.lookup('GOPATH');
  const folder = typeof bin === 'string' ? bin : typeof home === 'string' ? `${home}/bin` : null;
  if (!folder?.startsWith('/')) return state;
  const by = because(context, `'go ${context.words[1]}' writes the program to '${folder}'.`);
  return putUnknownFiles(state, resolvePath('/', folder), { by, artifact: artifactOf(state, context) });
}

/** `go env -w CGO_ENABLED=0` acts like ENV for the go commands that follow. */
function writeEnv(state: StageState, context: CommandContext): StageState {
  let { env } = state;
  for (const word of context.words.slice(2)) {
    const setting = typeof word === 'string' ? /^(CGO_ENABLED|GOFLAGS|GOOS|GOARCH|GOBIN)=(.*)$/.exec(word) : null;
    if (!setting?.[1]) continue;
    const current = env.get(setting[1]);
    if (current?.known && current.value !== null) continue;
    env = env.with(
      setting[1],
      known(setting[2] ?? '', byInstruction(context.command.span, `${word} is written to Go's settings.`)),
    );
  }
  return { ...state, env };
}
