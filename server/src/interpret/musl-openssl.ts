import { byInstruction, type Evidence } from '../fact.js';
import type { Span } from '../text/span.js';
import { lineage } from './bases.js';
import { opensslCrate } from './rust-crates.js';
import type { BuildCommand, InstalledPackage, Stage, StageState } from './state.js';

/** A static Rust build for musl, and headers of an OpenSSL that cannot be linked into it. */
export type UnfitOpenssl = {
  readonly built: BuildCommand;
  /** The word that installs the headers. */
  readonly headers: InstalledPackage;
  /** `glibc`: OpenSSL of another libc. `shared`: Alpine's, without the archive that a static link takes. */
  readonly problem: 'glibc' | 'shared';
  /** The setting that shows that the build links OpenSSL; null where nothing does. */
  readonly sign: Span | null;
  /** True when Cargo.lock or Cargo.toml names the crate that links OpenSSL, and none that brings it. */
  readonly isLinked: boolean;
  readonly because: readonly Evidence[];
};

/** What the first such build of a stage was given; null where the file chooses an OpenSSL of its own. */
export function unfitOpenssl(stage: Stage): UnfitOpenssl | null {
  const { end } = stage;
  for (const [, { artifact }] of end.files.entries()) {
    if (artifact?.language !== 'rust' || artifact.stage !== stage.index || !artifact.built) continue;
    const { libc, linkage, built } = artifact;
    if (!libc.known || libc.value.kind !== 'musl' || !linkage.known || linkage.value !== 'static') continue;
    const found = problemOf(end);
    const crate = opensslCrate(artifact);
    if (!found || crate === null || hasOwnOpenssl(stage, built)) return null;
    const because = [
      byInstruction(found.headers.span, `'${found.headers.name}' is installed here.`),
      ...(crate ? [crate] : []),
      ...linkage.because,
    ];
    return { ...found, built, sign: signOf(stage, built), isLinked: crate !== undefined, because };
  }
  return null;
}

function problemOf({ os, packages }: StageState): Pick<UnfitOpenssl, 'headers' | 'problem'> | null {
  const id = os.known ? os.value?.id : undefined;
  const isAlpine = id === 'alpine';
  const headers = packages.get(isAlpine ? 'openssl-dev' : 'libssl-dev');
  if (!headers?.installed || !headers.isCertain) return null;
  if (!isAlpine) return id === 'debian' || id === 'ubuntu' ? { headers, problem: 'glibc' } : null;
  return packages.get('openssl-libs-static')?.installed ? null : { headers, problem: 'shared' };
}

/** A directory of OpenSSL's, or a feature with which the crate builds it. */
function hasOwnOpenssl(stage: Stage, built: BuildCommand): boolean {
  const names = settings(stage, built).map(({ name }) => name);
  return (
    names.some((name) => /OPENSSL_(DIR|LIB_DIR)$/.test(name)) ||
    wordsOf(stage, built).some((word) => /vendored/.test(word))
  );
}

/** Settings that nobody makes for a build without OpenSSL. */
function signOf(stage: Stage, built: BuildCommand): Span | null {
  return (
    settings(stage, built).find(({ name }) => /^OPENSSL_STATIC$|^PKG_CONFIG_ALLOW_CROSS$/.test(name))?.span ?? null
  );
}

type Setting = { readonly name: string; readonly span: Span };

/** Variables that the stage sets, in ENV or before the command. */
function settings(stage: Stage, built: BuildCommand): Setting[] {
  const steps = lineage(stage).flatMap((each) => each.steps);
  const fixed = steps.flatMap(({ instruction }) =>
    instruction.kind === 'env'
      ? instruction.assignments.map(({ name }) => ({
          name,
          span: instruction.span,
        }))
      : [],
  );
  const inline = steps
    .flatMap(({ commands }) => commands)
    .filter(({ command, words }) => command.span.start === built.span.start || words[0] === 'export')
    .flatMap(({ command, words }) => [
      ...command.assignments.map(({ name, span }) => ({ name, span })),
      ...words.map((word) => ({ name: word?.replace(/=.*$/s, '') ?? '', span: command.span })),
    ]);
  return [...fixed, ...inline];
}

function wordsOf({ steps }: Stage, { span }: BuildCommand): string[] {
  const all = steps.flatMap(({ commands }) => commands).filter(({ command }) => command.span.start === span.start);
  return all.flatMap(({ words }) => words).filter((word): word is string => word !== null);
}
