import { lockFiles, readNodeLock, type LockedPackage, type NodeLock } from '../context/node/lock.js';
import { readManifest } from '../context/node/package-json.js';
import { reachable } from '../context/node/reach.js';
import { memo } from '../context/memo.js';
import type { BuildContext } from '../context/context.js';
import { byFile, type Evidence } from '../fact.js';
import type { SourceFile } from '../text/source-file.js';
import { placedAt } from './placements.js';
import type { StageState } from './state.js';
import { parentOf, resolvePath } from './tree.js';

/** The lock file that an install of packages of Node.js went by. */
export type UsedLock = {
  readonly lock: NodeLock;
  readonly file: SourceFile;
  /** The package.json beside it; null when it is not known. */
  readonly manifest: SourceFile | null;
  /** True when the install surely read this file, and took what it says. */
  readonly isSure: boolean;
  /** False when it installed what some projects of a workspace need. */
  readonly isWhole: boolean;
  /** True when what is for development was left out. */
  readonly omitsDev: boolean;
};

export type FoundLock = Omit<UsedLock, 'isWhole' | 'omitsDev'>;

type Install = {
  readonly tool: NodeLock['tool'];
  readonly folder: string;
  readonly context: BuildContext;
};

/** The lock file in a directory, as it is at this point; null when it is not known, or cannot be read. */
export function lockIn(state: StageState, { tool, folder, context }: Install): FoundLock | null {
  for (const name of lockFiles[tool]) {
    const placed = placedAt(state, resolvePath(folder, name), context);
    if (placed?.kind !== 'file') continue;
    const read = readNodeLock(placed.file);
    if (!read) return null;
    const lock = isWidened(state, folder, context) ? { ...read, decidesLibc: null } : read;
    const beside = placedAt(state, resolvePath(folder, 'package.json'), context);
    const manifest = beside?.kind === 'file' ? beside.file : null;
    const isOwn = !isInWorkspace(state, folder, context);
    return { lock, file: placed.file, manifest, isSure: placed.isSure && isOwn };
  }
  return null;
}

const settingsFiles = ['pnpm-workspace.yaml', '.yarnrc.yml', 'package.json', '.npmrc'];

/** `supportedArchitectures` of pnpm and yarn, and `libc` of npm, name other platforms than the one that installs. */
function isWidened(state: StageState, folder: string, context: BuildContext): boolean {
  return settingsFiles.some((name) => {
    const placed = placedAt(state, resolvePath(folder, name), context);
    return placed?.kind === 'file' && /supportedArchitectures|^libc *=/m.test(placed.file.text);
  });
}

/** In a folder of a workspace the tools take the lock file of the whole workspace. */
function isInWorkspace(state: StageState, folder: string, context: BuildContext): boolean {
  for (let above = folder; above !== '/';) {
    above = parentOf(above);
    if (placedAt(state, resolvePath(above, 'pnpm-workspace.yaml'), context)) return true;
    const placed = placedAt(state, resolvePath(above, 'package.json'), context);
    if (placed?.kind === 'file' && readManifest(placed.file)?.hasWorkspaces) return true;
  }
  return false;
}

/** The packages that the install took; for `toRun`, without those that only development needs. */
export function lockedPackages(used: UsedLock, toRun: boolean): readonly LockedPackage[] {
  const isLess = toRun || used.omitsDev;
  const told = used.lock.tool === 'yarn' ? toldByManifest(used) : used.lock.packages;
  return isLess ? withoutDev(told) : told;
}

const withoutDev = memo((packages: readonly LockedPackage[]): readonly LockedPackage[] => {
  return packages.filter(({ isDev }) => isDev !== true);
});

/** The place of a package in the lock file, as a reason. */
export function lockedAt({ file }: UsedLock, { span, name }: LockedPackage): Evidence {
  return byFile(file, span, `The lock file has '${name}'.`);
}

/** yarn.lock does not tell what a package is for; package.json does. */
function toldByManifest({ lock, manifest }: UsedLock): readonly LockedPackage[] {
  return manifest ? withManifest(lock.packages)(manifest) : lock.packages;
}

const withManifest = memo((packages: readonly LockedPackage[]) => memo((file: SourceFile) => toldBy(file, packages)));

function toldBy(file: SourceFile, packages: readonly LockedPackage[]): readonly LockedPackage[] {
  const manifest = readManifest(file);
  // The packages of workspaces have package.json files of their own.
  if (!manifest || manifest.hasWorkspaces) return packages;
  const all = new Map<string, readonly string[]>();
  const required = new Map<string, readonly string[]>();
  for (const { name, dependencies, optionalDependencies } of packages) {
    required.set(name, [...(required.get(name) ?? []), ...dependencies]);
    all.set(name, [...(all.get(name) ?? []), ...dependencies, ...optionalDependencies]);
  }
  const toRun = reachable(all, [...manifest.dependencies, ...manifest.optionalDependencies]);
  const always = reachable(required, [...manifest.dependencies, ...manifest.devDependencies]);
  const direct = new Set(manifest.dependencies);
  return packages.map((one) => ({
    ...one,
    isDev: !toRun.has(one.name),
    isOptional: !always.has(one.name),
    isDirect: direct.has(one.name),
  }));
}
