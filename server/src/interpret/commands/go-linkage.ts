import { byDocker, byFile, byInstruction, known, unknown, type Evidence, type Fact } from '../../fact.js';
import { goProgram, importEvidence, isPlain, libcImport, type GoEnvironment, type GoSources } from '../go-program.js';
import { contentFact } from '../query.js';
import type { Artifact, StageState } from '../state.js';
import type { CommandContext } from './command.js';
import { readGoCommand } from './go-command.js';

type Linkage = Artifact['linkage'];

/** How the Go program that this command builds is linked; see https://pkg.go.dev/cmd/cgo and go.dev/doc/go1.20#cgo. */
export function goLinkage(state: StageState, context: CommandContext): Linkage {
  const { span } = context.command;
  const os = goSetting(state, context, 'GOOS');
  // Where GOOS comes from TARGETOS it is not known, and Linux is what a Linux image asks for.
  if (isOtherSystem(os)) return unknown(byInstruction(span, 'GOOS is not linux here.'));
  const cgo = cgoSetting(state, context);
  if (!cgo.known) return cgo;
  const flags = readFlags(state, context);
  if (!cgo.value) return withoutCgo(cgo.because, flags);
  const own = ownLinker(state, context);
  if (own) return own;
  const linkage = withCgo(context, cgo.because, flags);
  return linkage.known && linkage.value === 'cgo' ? byImports(linkage, goSources(state, context), flags) : linkage;
}

/** Another compiler may be for another libc, and flags for the linker may make a program static. */
function ownLinker(state: StageState, context: CommandContext): Linkage | null {
  const { span } = context.command;
  const [compiler, flags] = [goSetting(state, context, 'CC'), goSetting(state, context, 'CGO_LDFLAGS')];
  if (typeof compiler === 'string' && /musl|zig|\s/.test(compiler))
    return unknown(byInstruction(span, 'Another C compiler than that of the stage links the program.'));
  const mayBeStatic = typeof flags === 'string' && /-static\b/.test(flags);
  return mayBeStatic ? unknown(byInstruction(span, 'CGO_LDFLAGS asks for a static program.')) : null;
}

/** What the program imports decides whether it loads libc, where its sources can be read. */
function byImports(linkage: Linkage, sources: GoSources | null, { text }: Flags): Linkage {
  const program = sources && goProgram(sources);
  if (!program || /-buildmode/.test(text)) return linkage;
  const reason = libcImport(program);
  if (reason?.isSure) return known('dynamic', ...linkage.because, importEvidence(reason));
  if (!isPlain(program)) return linkage;
  const note = 'The program imports no package of Go that needs libc, and none of other modules.';
  return known('static', ...linkage.because, byFile(program.file, { start: 0, end: 0 }, note));
}

/** What `go build` and `go install` compile; null for another command, and where the folder is not known. */
export function goSources(state: StageState, context: CommandContext): GoSources | null {
  const known = sourcesOf.get(context);
  if (known !== undefined) return known;
  const read = readGoCommand(context, goSetting(state, context, 'GOFLAGS'));
  const { action, folder, packages, isOpen, tags } = read;
  const isRemote = packages?.some((word) => word.includes('@')) ?? false;
  const isForLinux = !isOtherSystem(goSetting(state, context, 'GOOS'));
  const cgo = cgoSetting(state, context);
  const sources =
    (action === 'build' || action === 'install') && folder !== null && !isRemote && isForLinux && !read.isElsewhere
      ? {
          kind: 'go' as const,
          isOpen,
          state,
          context: context.buildContext,
          folder,
          packages,
          tags,
          cgo: cgo.known ? cgo.value : null,
        }
      : null;
  sourcesOf.set(context, sources);
  return sources;
}

function isOtherSystem(os: string | null | undefined): boolean {
  return typeof os === 'string' && os !== '' && os !== 'linux';
}

/** The effect of a command and the rules ask for the same. */
const sourcesOf = new WeakMap<CommandContext, GoSources | null>();

export function goEnvironment(state: StageState, context: CommandContext): GoEnvironment {
  const written = context.lookup('CGO_ENABLED');
  const where = context.whyVariable('CGO_ENABLED');
  const stored = written === null || written === '' ? state.settings.get('go CGO_ENABLED') : undefined;
  const isStored = stored?.known === true && stored.value === '1';
  const note = "CGO_ENABLED is set to '1' here.";
  const own = written === '1' && where ? byInstruction(where, note) : null;
  const chosen = goSetting(state, context, 'CC');
  const cgo = own ?? (isStored ? (stored.because[0] ?? null) : null);
  const { tags } = readGoCommand(context, goSetting(state, context, 'GOFLAGS'));
  // A program for another system needs another compiler.
  const isForLinux = !isOtherSystem(goSetting(state, context, 'GOOS'));
  const compiler = chosen === undefined || !isForLinux ? null : chosen || 'gcc';
  return { cgo, isOn: cgoSetting(state, context), compiler, sources: goSources(state, context), tags };
}

/** A variable of the environment, else what `go env -w` wrote; null when not set, undefined when not known. */
export function goSetting(state: StageState, context: CommandContext, name: string): string | null | undefined {
  const value = context.lookup(name);
  if (value !== null && value !== '') return value;
  const written = state.settings.get(`go ${name}`);
  if (!written) return value !== undefined && hasOwnFile(state, context) ? undefined : value;
  return written.known ? written.value : undefined;
}

/** A file of settings that this file put where Go looks. Source: https://pkg.go.dev/cmd/go, "go env". */
function hasOwnFile({ files }: StageState, { lookup, whyVariable }: CommandContext): boolean {
  if (whyVariable('GOENV') !== null || whyVariable('XDG_CONFIG_HOME') !== null) return lookup('GOENV') !== 'off';
  const paths = ['/root/.config/go/env', `${lookup('HOME') ?? '/root'}/.config/go/env`, '/usr/local/go/go.env'];
  return paths.some((path) => {
    const entry = files.get(path);
    return entry !== undefined && entry.kind !== 'absent';
  });
}

/** `isHidden` when some of the flags, and so perhaps those that decide, are not written in the file. */
type Flags = { readonly text: string; readonly isHidden: boolean };

function readFlags(state: StageState, context: CommandContext): Flags {
  const fromSettings = goSetting(state, context, 'GOFLAGS');
  const words = context.words.map((word, index) => word ?? context.raw[index] ?? '');
  const text = [...words, fromSettings ?? ''].join(' ');
  return { text, isHidden: fromSettings === undefined || context.words.some((_, index) => hidesFlags(context, index)) };
}

/** `$FLAGS`, `-ldflags "$LDFLAGS"`; `$(git describe)` inside otherwise visible flags hides none. */
function hidesFlags({ words, raw }: CommandContext, index: number): boolean {
  if (words[index] !== null) return false;
  const before = words[index - 1] ?? '';
  const text = (raw[index] ?? '').replace(/^--?(ldflags|tags|gcflags)=/, '').replace(/^["']+/, '');
  if (/^--?(o|p|C|mod|modfile|gcflags|asmflags|pkgdir|installsuffix)$/.test(before)) return false;
  if (/^(\.|\/|\.\.\/|\w+\/|github\.com)/.test(text)) return false;
  const isFlag = /^--?(ldflags|tags)$/.test(before) || /^-/.test(raw[index] ?? '');
  const isVisible = /(^|\s)-(s|w|X)\b/.test(text);
  return isFlag ? !isVisible && /^[$`]/.test(text) : /^[$`]/.test(text);
}

function withCgo(context: CommandContext, because: readonly Evidence[], { text, isHidden }: Flags): Linkage {
  const at = (note: string) => byInstruction(context.command.span, note);
  const isExternal = /-linkmode[= ]["']?external/.test(text);
  const asksStatic = /-extldflags/.test(text) && /-static\b/.test(text);
  const isPure = /\bnetgo\b/.test(text) && /\bosusergo\b/.test(text);
  if (asksStatic && (isExternal || isPure))
    return known('static', at('The external linker is told to link statically.'));
  if (asksStatic) return unknown(at('Only a program that is linked externally is told to be static here.'));
  if (/\b(netgo|osusergo)\b/.test(text))
    return unknown(at('Build tags replace net and os/user; other packages may still use cgo.'));
  if (/(^|[\s='"])-I[= ]?["']?\/|dynamic-linker/.test(text)) return unknown(at('Another loader is named here.'));
  if (isHidden) return unknown(at('The flags of this build are not all written here.'));
  if (isExternal || /(^|\s)--?(race|msan|asan)(\s|$)/.test(text))
    return known('dynamic', ...because, at('External linking and the race detector link libc dynamically.'));
  return known('cgo', ...because);
}

function withoutCgo(because: readonly Evidence[], { text }: Flags): Linkage {
  if (/-buildmode[= ](pie|c-|plugin|shared)/.test(text)) return unknown(...because);
  return known('static', ...because);
}

/** Whether cgo is on, and why. */
function cgoSetting(state: StageState, context: CommandContext): Fact<boolean> {
  const { span } = context.command;
  const written = context.lookup('CGO_ENABLED');
  const where = context.whyVariable('CGO_ENABLED');
  if (written === undefined) {
    const why = where ? [byInstruction(where, 'CGO_ENABLED is set here.')] : [];
    return unknown(...why, byInstruction(span, 'The value of CGO_ENABLED is not known.'));
  }
  if (written === '0' || written === '1') {
    const note = `CGO_ENABLED is set to '${written}' here.`;
    return known(
      written === '1',
      where ? byInstruction(where, note) : byDocker(`CGO_ENABLED is '${written}' in the base image.`),
    );
  }
  const stored = state.settings.get('go CGO_ENABLED');
  if (stored) return stored.known ? known(stored.value !== '0', ...stored.because) : stored;
  if (context.words[0] === 'xx-go') return unknown(byInstruction(span, 'xx-go decides about cgo by the target.'));
  const arch = goSetting(state, context, 'GOARCH');
  if (typeof arch === 'string' && arch !== '' && arch !== 'amd64') {
    return unknown(byInstruction(span, 'Whether this is a cross build depends on the build machine.'));
  }
  return cgoByDefault(state, context);
}

function cgoByDefault(state: StageState, context: CommandContext): Fact<boolean> {
  const { span } = context.command;
  const unset = byInstruction(span, 'CGO_ENABLED is not set for this build.');
  const chosen = context.lookup('CC');
  if (chosen === undefined || (chosen !== null && !/^(gcc|)$/.test(chosen)))
    return unknown(unset, byInstruction(span, 'Which C compiler Go looks for is not known.'));
  const compiler = contentFact(state, 'gcc');
  if (!compiler.known)
    return unknown(...compiler.because, byDocker('cgo is on by default only where a C compiler is found.'));
  if (compiler.value)
    return known(true, unset, ...compiler.because, byDocker('Go turns cgo on where it finds a C compiler.'));
  const minor = goMinor(state);
  if (minor === null)
    return unknown(
      unset,
      byDocker('Which release of Go this is, and so what it does without a C compiler, is not known.'),
    );
  if (minor < 20)
    return known(true, unset, byDocker('Before Go 1.20 cgo was on by default even without a C compiler.'));
  return known(false, unset, ...compiler.because, byDocker('Since Go 1.20 cgo is off where no C compiler is found.'));
}

/** The 21 of Go 1.21; a release that is known only to be no older than 1.20 counts as that. */
export function goMinor({ runtime, os }: StageState): number | null {
  if (!runtime.known || runtime.value?.name !== 'go') return null;
  const minor = /^1\.(\d+)/.exec(runtime.value.version ?? '')?.[1];
  if (minor !== undefined) return Number(minor);
  // A tag without a number is the newest release, which is based on a newest Alpine; 3.18 came after Go 1.20.
  const alpine = os.known && os.value?.id === 'alpine' ? /^3\.(\d+)/.exec(os.value.version ?? '')?.[1] : undefined;
  return alpine !== undefined && Number(alpine) >= 18 ? 20 : null;
}
