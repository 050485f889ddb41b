import { readManifest } from '../context/node/package-json.js';
import type { UsedModules } from './node.js';
import { mayHoldMusl, mayRewrite } from './node-changes.js';
import { findsIn, loadsAtStart, type Load } from './node-loads.js';
import { lockedPackages, type UsedLock } from './node-lock.js';
import { isBuildTool, isChosenFor, loadTime, nativePackages, type NativePackage } from './node-natives.js';

/** A native package that does not fit the image that uses it. */
export type Misfit = {
  readonly native: NativePackage;
  /** Loading it fails. */
  readonly isCertain: boolean;
  /** Whether anything loads it: the image may well work without what is only for builds. */
  readonly use: 'sure' | 'likely' | 'unlikely';
  /** What loads it when the image starts, where `use` is sure. */
  readonly load: Load | null;
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
    return { native, isCertain: kind === 'built' && made === 'musl' && !mayHoldMusl(used.stage.end) };
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

type Use = Pick<Misfit, 'use' | 'load'>;

/** Sure where the install surely took it because the project itself asks for it, and the program that is started loads it. */
function useOf(native: NativePackage, lock: UsedLock, used: UsedModules): Use {
  const { locked, name } = native;
  // A build loads its tools, the program the others.
  if (locked.isOptional || used.isToRun === isBuildTool(name)) return { use: 'unlikely', load: null };
  const isNeeded = locked.isDirect === true && locked.isOptional === false && !isOtherPackage(name, lock);
  const load = used.isToRun && lock.isSure && lock.isWhole && isNeeded ? loadOf(name, lock, used) : null;
  return { use: load ? 'sure' : 'likely', load };
}

/** `"sharp": "npm:@example/sharp@1"`, `"sharp": "file:../stub"` */
function isOtherPackage(name: string, { manifest }: UsedLock): boolean {
  const range = manifest && readManifest(manifest)?.ranges.get(name)?.value;
  return range ? /^(npm|file|link|portal|workspace|patch):/.test(range) : false;
}

/** What makes the started program load the native code of a package. */
function loadOf(name: string, { manifest }: UsedLock, { modules, stage, analysis }: UsedModules): Load | null {
  const { context } = analysis;
  const time = loadTime(name);
  const loads = time === null ? [] : loadsAtStart(stage, context).filter((one) => one.name === name);
  const fitting = loads.filter(({ isCalled, file }) => {
    // An option of better-sqlite3 that names another addon.
    return time === 'import' || (isCalled && !file.text.includes('nativeBinding'));
  });
  const found = fitting.find((one) => findsIn(modules.path, one, { end: stage.end, context }));
  return found && !mayRewrite(analysis, { since: found.since, manifest }) ? found : null;
}

function misfitsOf(used: UsedModules, lock: UsedLock, judge: (native: NativePackage) => Judged | null): Misfits {
  const natives = nativePackages(lockedPackages(lock, used.isToRun));
  const misfits = natives.flatMap((native): Misfit[] => {
    const judged = judge(native);
    return judged ? [{ ...judged, ...useOf(native, lock, used) }] : [];
  });
  const uses = ['sure', 'likely', 'unlikely'];
  const rank = ({ isCertain, use }: Misfit) => uses.indexOf(use) + (isCertain ? 0 : uses.length);
  return { lock, misfits: [...misfits].sort((a, b) => rank(a) - rank(b)) };
}
