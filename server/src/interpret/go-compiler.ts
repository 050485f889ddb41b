import { knownFalse, knownTrue, type Evidence } from '../fact.js';
import type { Span } from '../text/span.js';
import { goMinor } from './commands/go-linkage.js';
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
  // Before Go 1.20 the standard library came with its cgo parts already built.
  const isRecent = (goMinor(before) ?? 0) >= 20;
  return {
    action,
    asks: isRace ? 'race' : 'cgo',
    gcc,
    isAlpine,
    isCertain: isRace && isRecent,
    because: [...(go.cgo ? [go.cgo] : []), ...compiler.because],
  };
}

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
