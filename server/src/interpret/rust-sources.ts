import type { BuildContext } from '../context/context.js';
import { memo } from '../context/memo.js';
import { readCargoConfig, type CargoConfig } from '../context/rust/cargo-config.js';
import { readCargoLock, type CargoLock } from '../context/rust/cargo-lock.js';
import { readCargoManifest, type CargoManifest } from '../context/rust/cargo-manifest.js';
import type { ContextFile } from '../context/file-tree.js';
import { byFile, type Evidence } from '../fact.js';
import { placedAt, surelyLacks } from './placements.js';
import type { StageState } from './state.js';
import { parentOf, resolvePath } from './tree.js';

/** What a build command of Cargo sees. */
export type RustSources = {
  readonly kind: 'rust';
  readonly state: StageState;
  readonly context: BuildContext;
  /** The directory of the package, or one below. */
  readonly folder: string;
  /** Where Cargo starts to look for configuration, and its own directory; null when these do not tell all. */
  readonly configsFrom: { readonly folder: string; readonly home: string } | null;
};

/** The configuration files that count for a build; null where they are not all known. */
export type CargoSettings = { readonly configs: readonly CargoConfig[]; readonly because: readonly Evidence[] };

export function cargoSettings(sources: RustSources): CargoSettings | null {
  const { state, context, configsFrom } = sources;
  const manifest = configsFrom && context.root !== null ? nearest(sources, 'Cargo.toml') : null;
  if (!configsFrom || !manifest?.isSure || hasOwnWays(sources)) return null;
  const configs: CargoConfig[] = [];
  const because = [byFile(manifest.file, { start: 0, end: 0 }, 'This is the package that is built.')];
  for (const path of configPaths(configsFrom)) {
    if (surelyLacks(state, path, context)) continue;
    const placed = placedAt(state, path, context);
    const config = placed?.kind === 'file' && placed.isSure ? readCargoConfig(placed.file) : null;
    if (placed?.kind !== 'file' || !config) return null;
    configs.push(config);
    because.push(byFile(placed.file, { start: 0, end: 0 }, 'Cargo reads this configuration.'));
  }
  return { configs, because };
}

/** Whether a file of the project asks for another linkage or another target than a build has by default. */
export function asksForOther(sources: RustSources): boolean {
  const { state, context, configsFrom } = sources;
  if (context.root === null) return false;
  const manifests = cargoManifests(sources);
  const script = manifests[0]?.manifest.buildScript;
  const scripts: typeof ownWays = script ? [[script, /link-arg\S{0,80}-(static|nostd|nostart|nodefault)/]] : [];
  if (manifests.some(({ manifest }) => manifest.choosesLinking)) return true;
  if ([...scripts, ...ownWays].some(([name, pattern]) => holds(sources, name, pattern))) return true;
  return (configsFrom ? configPaths(configsFrom) : []).some((path) => {
    const placed = placedAt(state, path, context);
    return placed?.kind === 'file' && readCargoConfig(placed.file) === null && otherTools.test(placed.file.text);
  });
}

/** What a configuration may hold that is not followed. */
const otherTools = /^[ \t]*(include|linker|rustc[\w-]*|rustflags)[ \t]*=/m;

function holds(sources: RustSources, name: string, pattern: RegExp): boolean {
  const found = nearest(sources, name);
  return found !== null && pattern.test(found.file.text);
}

/** Sources that may link in a way of their own, and a toolchain or profile that is for another target. */
function hasOwnWays(sources: RustSources): boolean {
  const manifests = cargoManifests(sources);
  const script = manifests[0]?.manifest.buildScript;
  const scripts: typeof ownWays = script ? [[script, /link-arg/]] : [];
  return (
    manifests.length === 0 ||
    manifests.some(({ manifest }) => manifest.choosesLinking) ||
    [...scripts, ...ownWays].some(([name, pattern]) => holds(sources, name, pattern))
  );
}

/** Sources: https://doc.rust-lang.org/cargo/reference/build-scripts.html and rustup's overrides. */
const ownWays: readonly (readonly [string, RegExp])[] = [
  ['src/main.rs', /#!\[no_(std|main)\]/],
  ['rust-toolchain.toml', /^[ \t]*channel[ \t]*=.*-linux-musl/m],
  ['rust-toolchain', /-linux-musl/],
];

export type UsedManifest = { readonly manifest: CargoManifest; readonly file: ContextFile; readonly folder: string };

/** The Cargo.toml of the package that is built, then those above it; none where they are not known. */
export const cargoManifests = memo(({ state, context, folder: start }: RustSources): readonly UsedManifest[] => {
  const found: UsedManifest[] = [];
  if (context.root === null) return found;
  for (let folder = start; ; folder = parentOf(folder)) {
    const placed = placedAt(state, resolvePath(folder, 'Cargo.toml'), context);
    const manifest = placed?.kind === 'file' ? readCargoManifest(placed.file) : null;
    // One that cannot be read may say anything.
    if (placed && (placed.kind !== 'file' || !manifest)) return [];
    if (placed?.kind === 'file' && manifest) found.push({ manifest, file: placed.file, folder });
    if (folder === '/') return found;
  }
});

/** The directory of the workspace, which holds what is built; null where no Cargo.toml names one. */
export function workspaceFolder(sources: RustSources): string | null {
  const root = cargoManifests(sources).find(({ manifest }) => manifest.workspace !== null);
  return root && root.manifest.workspace === 'whole' ? root.folder : null;
}

/** The lock file that a build of Cargo reads; null when it is not known. */
function cargoLock(sources: RustSources): { readonly lock: CargoLock; readonly file: ContextFile } | null {
  const placed = sources.context.root === null ? null : nearest(sources, 'Cargo.lock');
  const lock = placed && readCargoLock(placed.file);
  return lock && placed ? { lock, file: placed.file } : null;
}

/** The line of a package in the lock file: null when it is not there, undefined when that is not known. */
export function lockedCrate(sources: RustSources | null, ...names: readonly string[]): Evidence | null | undefined {
  const found = sources && cargoLock(sources);
  if (!found) return undefined;
  for (const name of names) {
    const crate = found.lock.packages.get(name);
    if (crate) return byFile(found.file, crate.span, `'${name}' ${crate.version} is part of the program.`);
  }
  return null;
}

type Place = Pick<RustSources, 'state' | 'context' | 'folder'>;

function nearest({ state, context, folder: start }: Place, name: string) {
  for (let folder = start; ; folder = parentOf(folder)) {
    const placed = placedAt(state, resolvePath(folder, name), context);
    if (placed || folder === '/') return placed?.kind === 'file' ? placed : null;
  }
}

/** Source: https://doc.rust-lang.org/cargo/reference/config.html#hierarchical-structure */
function configPaths({ folder: start, home }: { readonly folder: string; readonly home: string }): string[] {
  const paths: string[] = [];
  for (let folder = start; ; folder = parentOf(folder)) {
    paths.push(resolvePath(folder, '.cargo/config.toml'), resolvePath(folder, '.cargo/config'));
    if (folder === '/') return [...new Set([...paths, `${home}/config.toml`, `${home}/config`])];
  }
}
