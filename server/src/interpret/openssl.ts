import { findRelease, opensslMajor } from '../catalog/releases.js';
import { describe } from '../catalog/sentences.js';
import { byDocker, byInstruction, known, unknown, type Evidence, type Fact } from '../fact.js';
import { foreignLibraries } from './libraries.js';
import type { PlacedProgram } from './placed.js';
import { opensslCrate } from './rust-crates.js';
import type { Analysis, Stage, StageState } from './state.js';

/** The series of OpenSSL that a stage's distribution release has, `1.1` or `3`; see `opensslMajor`. */
export function opensslOf({ os }: StageState): Fact<string> {
  if (!os.known || !os.value?.version) return unknown(...os.because);
  const release = findRelease(os.value.id, os.value.version);
  const series = opensslMajor(release?.openssl ?? null);
  if (!release || series === null) return unknown(...os.because);
  return known(series, ...os.because, byDocker(`${describe.os(os.value)} has OpenSSL ${release.openssl}.`));
}

/** A program built against one series of OpenSSL in an image that has another one; null where that is not so. */
export type OpensslSkew = { readonly built: string; readonly here: string; readonly because: readonly Evidence[] };

export function opensslSkew(program: PlacedProgram, stage: Stage, { stages }: Analysis): OpensslSkew | null {
  const { artifact } = program;
  const builder = artifact.stage === null ? undefined : stages[artifact.stage];
  if (!builder || !artifact.built) return null;
  const linked = linkedOpenssl(program, builder, stage);
  const built = opensslOf(builder.end);
  const here = opensslOf(stage.end);
  if (!linked || !built.known || !here.known || built.value === here.value) return null;
  if (stage.end.blur || mayHave(stage.end, built.value) || mayHave(builder.end, here.value)) return null;
  return { built: built.value, here: here.value, because: [...linked, ...built.because, ...here.because] };
}

/** What shows that a program links OpenSSL: its flags, headers installed for the build, the library installed for it. */
function linkedOpenssl({ artifact }: PlacedProgram, builder: Stage, stage: Stage): readonly Evidence[] | null {
  if (!artifact.linkage.known || artifact.linkage.value !== 'dynamic') return null;
  const { libraries, language } = artifact;
  if (libraries?.includes('libssl') || libraries?.includes('libcrypto')) return [];
  if (language !== 'rust' || isVendored(builder.end)) return null;
  const crate = opensslCrate(artifact);
  if (crate !== undefined) return crate && [crate];
  const headers = installed(builder.end, /^(libssl|openssl)-dev(el)?$/);
  return headers ?? installed(stage.end, /^(libssl[\d.]+(t64)?|openssl-libs)$/);
}

function installed({ packages }: StageState, pattern: RegExp): readonly Evidence[] | null {
  for (const [name, item] of packages.entries()) {
    if (pattern.test(name) && item.installed && item.isCertain)
      return [byInstruction(item.span, `'${name}' is installed here.`)];
  }
  return null;
}

/** Settings with which the crate openssl-sys builds or finds an OpenSSL of its own. */
function isVendored({ env, args }: StageState): boolean {
  return ['OPENSSL_STATIC', 'OPENSSL_DIR', 'OPENSSL_LIB_DIR'].some((name) => env.get(name) ?? args.get(name));
}

/** Packages of the other series, and files copied or unpacked, which may be of any series. */
function mayHave(state: StageState, series: string): boolean {
  const other = series === '3' ? /^libssl3|^openssl3/ : /^libssl1|^openssl1|^compat-openssl|^openssl11|^libressl/;
  for (const [name, { installed: isThere }] of state.packages.entries()) if (isThere && other.test(name)) return true;
  return ['libssl.so', 'libcrypto.so'].some((file) => foreignLibraries(state, file).length > 0);
}
