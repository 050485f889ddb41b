import type { CargoDependency } from '../context/rust/cargo-manifest.js';
import { byFile, type Evidence } from '../fact.js';
import type { Artifact } from './state.js';
import { cargoManifests, lockedCrate, type RustSources, type UsedManifest } from './rust-sources.js';

/**
 * The line that brings the system's OpenSSL into a program: of Cargo.lock, or where that is not known of Cargo.toml. Null
 * where none does, undefined where it is not known.
 */
export function opensslCrate({ sources: given }: Artifact): Evidence | null | undefined {
  const sources = given?.kind === 'rust' ? given : null;
  const crate = lockedCrate(sources, 'openssl-sys');
  if (crate !== undefined) return crate && lockedCrate(sources, 'openssl-src') ? null : crate;
  return sources ? declaredOpenssl(cargoManifests(sources)) : undefined;
}

/** Whether Cargo.toml shows that a program carries Mozilla's list of authorities. */
export function declaresList(sources: RustSources): boolean {
  return declared(cargoManifests(sources)).some(
    ({ crate, features, isCertain }) =>
      isCertain && (/^webpki-root(s|-certs)$/.test(crate) || features.some((name) => name.includes('webpki-roots'))),
  );
}

/** Crates that link the system's OpenSSL on Linux, unless a feature has them bring it. */
const opensslCrates = ['openssl', 'openssl-sys', 'native-tls'];

/** Features are joined over the whole program: one `vendored` is enough. */
function declaredOpenssl(manifests: readonly UsedManifest[]): Evidence | null | undefined {
  const [own] = manifests;
  const dependencies = declared(manifests);
  const vendoring = dependencies.filter(
    ({ crate, features }) => crate === 'openssl-src' || features.some((name) => name.includes('vendored')),
  );
  if (vendoring.some(({ isCertain }) => isCertain)) return null;
  if (!own || vendoring.length > 0 || own.manifest.switches.some((name) => name.includes('vendored'))) return undefined;
  const found = dependencies.find(({ crate, isCertain }) => isCertain && opensslCrates.includes(crate));
  return found && byFile(own.file, found.span, `'${found.crate}' is a dependency of the program.`);
}

/** The dependencies of the package, with what the workspace says about them. */
function declared([own, ...above]: readonly UsedManifest[]): CargoDependency[] {
  const shared = [own, ...above].flatMap((used) => used?.manifest.shared ?? []);
  return (own?.manifest.dependencies ?? []).map((dependency) => {
    if (!dependency.isInherited) return dependency;
    const root = shared.find(({ name }) => name === dependency.name);
    if (!root) return { ...dependency, isCertain: false };
    return { ...dependency, crate: root.crate, features: [...dependency.features, ...root.features] };
  });
}
