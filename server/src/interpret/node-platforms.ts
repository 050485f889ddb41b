import { lockedPackages, type UsedLock } from './node-lock.js';
import { linuxPlatform } from '../context/node/platforms.js';
import type { LockedPackage } from '../context/node/lock.js';
import { memo } from '../context/memo.js';
import { rootStage } from './bases.js';
import { libcOf } from './node-natives.js';
import type { Stage } from './state.js';

/** A package whose native code for a libc is not in the lock file. */
export type Unlocked = {
  readonly locked: LockedPackage;
  /** The package that would bring it, on x64 where the processor is not known. */
  readonly missing: string;
};

/**
 * npm writes all platforms into a lock file, unless it is made while node_modules are there: then only those that lie
 * there. Source: https://github.com/npm/cli/issues/4828.
 */
export function unlockedFor(used: UsedLock, libc: 'glibc' | 'musl', stage: Stage): readonly Unlocked[] {
  if (used.lock.tool !== 'npm' || used.lock.decidesLibc === null) return [];
  const cpus = [cpuOf(stage), ...usual];
  return unlocked[libc](lockedPackages(used, false)).flatMap(({ locked, choices }) => {
    const byCpu = cpus.flatMap((cpu) => choices.find((name) => linuxPlatform(name)?.cpu === cpu) ?? []);
    return byCpu.slice(0, 1).map((missing) => ({ locked, missing }));
  });
}

/** The processor that FROM asks for, as Node.js calls it; null where it is not written out. */
function cpuOf(stage: Stage): string | null {
  const platform = rootStage(stage).syntax.from.flags.find(({ name }) => name === 'platform')?.value ?? '';
  const [, architecture = ''] = /^linux\/(amd64|arm64)(?:\/v8)?$/.exec(platform) ?? [];
  return architecture === 'amd64' ? 'x64' : architecture || null;
}

/** `choices`: any of them would do, each on its processor. */
type Lacking = { readonly locked: LockedPackage; readonly choices: readonly string[] };

/** A lock file may hold thousands of packages, and the editor asks on every key. */
const unlocked = {
  glibc: memo((packages: readonly LockedPackage[]) => unlockedOf(packages, 'glibc')),
  musl: memo((packages: readonly LockedPackage[]) => unlockedOf(packages, 'musl')),
};

function unlockedOf(packages: readonly LockedPackage[], libc: 'glibc' | 'musl'): readonly Lacking[] {
  const names = new Set(packages.map(({ name }) => name));
  return packages.flatMap((locked): Lacking[] => {
    const { name, isOptional, hasScript, optionalDependencies } = locked;
    // An install script may fetch what is missing; that of sharp does not.
    if (isOptional || (hasScript && name !== 'sharp') || fetching.has(name)) return [];
    const choices = optionalDependencies.filter((one) => usual.includes(linuxPlatform(one)?.cpu ?? ''));
    const fitting = choices.filter((one) => [libc, null].includes(libcOf(one, choices)));
    return fitting.some((one) => names.has(one)) ? [] : [{ locked, choices: fitting }];
  });
}

const usual = ['x64', 'arm64'];

/** They fetch what is missing when they start. */
const fetching = new Set(['next']);
