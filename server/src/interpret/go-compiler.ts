import { cgoPackage } from '../context/go/packages.js';
import { knownFalse, knownTrue, type Evidence } from '../fact.js';
import type { Span } from '../text/span.js';
import { goMinor } from './commands/go-linkage.js';
import { goProgram, importEvidence, isPlain, libcImport, requiredFor, type GoEnvironment } from './go-program.js';
import { contentFact } from './query.js';
import type { CommandStep, StageState } from './state.js';

/** A go command that needs a C compiler which its stage lacks. */
export type CompilerGap = {
  readonly action: string;
  readonly asks: 'race' | 'cgo';
  /** The word that installs gcc, where only the C headers are missing. */
  readonly gcc: Span | null;
  readonly isAlpine: boolean;
  /** True when the command fails whatever it builds. */
  readonly isCertain: boolean;
  readonly because: readonly Evidence[];
};

/** What a go command lacks to build with cgo; null when it lacks nothing, or when that is not known. */
export function compilerGap({ words, go, before }: CommandStep): CompilerGap | null {
  const action = words[1] ?? '';
  if (!go || go.compiler !== 'gcc' || !['build', 'install', 'test', 'run'].includes(action)) return null;
  const isRace = words.includes('-race') || words.includes('--race');
  if (!isRace && !go.cgo) return null;
  const { os } = before;
  const isAlpine = os.known && os.value?.id === 'alpine';
  const compiler = contentFact(before, 'gcc');
  const gcc = isAlpine && knownTrue(compiler) ? bareGcc(before) : null;
  if (!knownFalse(compiler) && !gcc) return null;
  const need = isRace ? { isCertain: isRecent(before), because: [] } : needOf(go, before);
  if (!need) return null;
  const because = [...(go.cgo ? [go.cgo] : []), ...need.because, ...compiler.because];
  return { action, asks: isRace ? 'race' : 'cgo', gcc, isAlpine, isCertain: need.isCertain, because };
}

/** Whether the program needs C code, as far as its sources tell; null when they show that it does not. */
function needOf(
  { sources, tags }: GoEnvironment,
  before: StageState,
): Pick<CompilerGap, 'isCertain' | 'because'> | null {
  const program = sources && goProgram(sources);
  const reason = program && libcImport(program);
  if (!reason) return program && isPlain(program) ? null : { isCertain: false, because: [] };
  const isC = cgoPackage(reason.path) !== null || reason.path === 'C';
  const without = ['netgo', 'osusergo'].filter((tag) => tags?.includes(tag) ?? true);
  // These tags take net and os/user without cgo.
  if (!isC && without.length === 2 && tags) return null;
  const isCertain = reason.isSure && (isC || (isRecent(before) && without.length === 0));
  return { isCertain, because: [importEvidence(reason)] };
}

/** Before Go 1.20 the standard library came with its cgo parts already built. */
function isRecent(state: StageState): boolean {
  return (goMinor(state) ?? 0) >= 20;
}

/** A package that brings a C library for glibc and one for musl, of which the build links the wrong one. */
export type WrongLibrary = {
  readonly path: string;
  readonly action: string;
  readonly isCertain: boolean;
  readonly because: readonly Evidence[];
};

/**
 * confluent-kafka-go, since 1.4.0, links librdkafka for glibc unless a build tag says otherwise. Built with musl-gcc:
 * "undefined reference to `makecontext'".
 */
export function wrongLibrary({ go, words, before }: CommandStep): WrongLibrary | null {
  if (!go?.sources || !go.isOn.known || !go.isOn.value || !go.tags || go.tags.some((tag) => libraryTags.has(tag)))
    return null;
  const { libc } = before;
  if (!libc.known || libc.value.kind !== 'musl' || !knownTrue(contentFact(before, 'gcc'))) return null;
  const program = goProgram(go.sources);
  const found = [...(program?.imports.values() ?? [])].find(({ path }) => kafka.test(path));
  const line = program && found && requiredFor(program, found.path);
  if (!found || !line || /^v(0\.|1\.[0-3]\.)/.test(line.version)) return null;
  const because = [importEvidence(found), line.because, ...libc.because];
  return { path: found.path, action: words[1] ?? '', isCertain: found.isSure, because };
}

const kafka = /^github\.com\/confluentinc\/confluent-kafka-go\/(v\d+\/)?kafka$/;
const libraryTags = new Set(['musl', 'dynamic']);

/** Packages of Alpine that bring no C headers; gcc only recommends them. */
const withoutHeaders = new Set(
  (
    'gcc git make bash curl wget ca-certificates tzdata openssl openssh openssh-client jq upx binutils pkgconf file ' +
    'linux-headers tar gzip unzip zip xz shadow su-exec tini sqlite coreutils findutils grep sed'
  ).split(' '),
);

/** Where gcc was installed by itself in an official Go image, and nothing else that could bring the headers. */
function bareGcc({ packages, runtime, blur }: StageState): Span | null {
  const isGo = runtime.known && runtime.value?.name === 'go';
  const gcc = packages.get('gcc');
  if (!isGo || blur || !gcc?.installed || !gcc.isCertain) return null;
  for (const [name, { installed }] of packages.entries()) {
    if (installed && !withoutHeaders.has(name)) return null;
  }
  return gcc.span;
}
