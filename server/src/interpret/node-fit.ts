import type { UsedModules } from './node.js';
import { lockedPackages, type UsedLock } from './node-lock.js';
import { isBuildTool, isChosenFor, nativePackages, type NativePackage } from './node-natives.js';

/** A native package that does not fit the image that uses it. */
export type Misfit = {
  readonly native: NativePackage;
  /** Loading it fails. */
  readonly isCertain: boolean;
  /** Whether anything loads it: the image may well work without what is only for builds. */
  readonly use: 'sure' | 'likely' | 'unlikely';
};

type Judged = Pick<Misfit, 'native' | 'isCertain'>;

export type Misfits = {
  readonly lock: UsedLock;
  /** The certain ones first. */
  readonly misfits: readonly Misfit[];
};

type Libc = 'glibc' | 'musl';

/** The packages that are for another libc; null when no lock file tells which packages there are. */
export function libcMisfits(used: UsedModules, { made, runs }: { made: Libc; runs: Libc }): Misfits | null {
  const { lock, traits } = used.modules.bundle;
  if (!lock) return null;
  const isBuilt = !traits.includes('no-scripts');
  return misfitsOf(used, lock, (native) => {
    const { kind, locked, name } = native;
    if (kind === 'chosen') {
      const fits = isChosenFor(native, { made, runs, lock: lock.lock });
      // An install script, and Next.js itself, may fetch what is missing.
      const mayFetch = (locked.hasScript !== false && name !== 'sharp') || name === 'next';
      return fits === false ? { native, isCertain: !mayFetch } : null;
    }
    if (kind === 'bundled' || !isBuilt) return null;
    // glibc has no libc.musl-*.so.1, which all that is built on musl asks for; some of the reverse loads.
    return { native, isCertain: kind === 'built' && made === 'musl' };
  });
}

/** The packages that are for one major version of Node.js; null when no lock file tells which packages there are. */
export function versionMisfits(used: UsedModules): Misfits | null {
  const { lock } = used.modules.bundle;
  if (!lock) return null;
  return misfitsOf(used, lock, (native) => {
    const mayBeBound = native.kind === 'built' && native.isBound !== false;
    return mayBeBound ? { native, isCertain: native.isBound === true } : null;
  });
}

/** Certain where the project itself asks for it to run, the install surely took it, and nothing goes on without it. */
function useOf(
  { locked, name }: NativePackage,
  { isSure, isWhole }: UsedLock,
  { isToRun }: UsedModules,
): Misfit['use'] {
  // A build loads its tools, the program the others.
  if (locked.isOptional || isToRun === isBuildTool(name)) return 'unlikely';
  const isNeeded = locked.isDirect === true && locked.isOptional === false;
  return isToRun && isSure && isWhole && isNeeded ? 'sure' : 'likely';
}

function misfitsOf(used: UsedModules, lock: UsedLock, judge: (native: NativePackage) => Judged | null): Misfits {
  const natives = nativePackages(lockedPackages(lock, used.isToRun));
  const misfits = natives.flatMap((native): Misfit[] => {
    const judged = judge(native);
    return judged ? [{ ...judged, use: useOf(native, lock, used) }] : [];
  });
  const uses = ['sure', 'likely', 'unlikely'];
  const rank = ({ isCertain, use }: Misfit) => uses.indexOf(use) + (isCertain ? 0 : uses.length);
  return { lock, misfits: [...misfits].sort((a, b) => rank(a) - rank(b)) };
}
