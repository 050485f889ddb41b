import { lockedPackages, type UsedLock } from './node-lock.js';
import { linuxPlatform } from '../context/node/platforms.js';
import type { LockedPackage } from '../context/node/lock.js';
import { memo } from '../context/memo.js';
import { libcOf } from './node-natives.js';

/** A package whose native code for a libc is not in the lock file. */
export type Unlocked = {
  readonly locked: LockedPackage;
  /** The package that would bring it. */
  readonly missing: string;
};

/**
 * npm writes all platforms into a lock file, unless it is made while node_modules are there: then only those that lie
 * there. Source: https://github.com/npm/cli/issues/4828.
 */
export function unlockedFor(used: UsedLock, libc: 'glibc' | 'musl'): readonly Unlocked[] {
  if (used.lock.tool !== 'npm' || used.lock.decidesLibc === null) return [];
  return unlocked[libc](lockedPackages(used, false));
}

/** A lock file may hold thousands of packages, and the editor asks on every key. */
const unlocked = {
  glibc: memo((packages: readonly LockedPackage[]) => unlockedOf(packages, 'glibc')),
  musl: memo((packages: readonly LockedPackage[]) => unlockedOf(packages, 'musl')),
};

function unlockedOf(packages: readonly LockedPackage[], libc: 'glibc' | 'musl'): readonly Unlocked[] {
  const names = new Set(packages.map(({ name }) => name));
  return packages.flatMap((locked): Unlocked[] => {
    const { name, isOptional, hasScript, optionalDependencies } = locked;
    // An install script may fetch what is missing; that of sharp does not.
    if (isOptional || (hasScript && name !== 'sharp') || fetching.has(name)) return [];
    const choices = optionalDependencies.filter((one) => usual.includes(linuxPlatform(one)?.cpu ?? ''));
    const fitting = choices.filter((one) => [libc, null].includes(libcOf(one, choices)));
    const [missing] = fitting;
    return missing === undefined || fitting.some((one) => names.has(one)) ? [] : [{ locked, missing }];
  });
}

const usual = ['x64', 'arm64'];

/** They fetch what is missing when they start. */
const fetching = new Set(['next']);
