import type { BuildContext } from '../../context/context.js';
import { normalName } from '../../context/python/lock.js';
import { fitsTarget } from '../../context/python/wheel.js';
import { byFile, type Evidence } from '../../fact.js';
import type { StageState } from '../state.js';
import { listedPackages, type ListedPackage } from './lists.js';
import { minorOf, type Packages } from './places.js';

/** A package that is installed in a stage. */
export type InstalledPackage = {
  /** Normalised. */
  readonly name: string;
  /** False when it may be left out on this system. */
  readonly isCertain: boolean;
  readonly because: readonly Evidence[];
};

/** The packages that install commands name, and those of the lists and locks that they read. */
export function pythonPackages({ python }: StageState, context: BuildContext): InstalledPackage[] {
  return [...python.entries()].flatMap(([, place]) => {
    if (place.kind !== 'packages') return [];
    const named = place.names.map((word) => ({ name: nameOf(word), isCertain: true, because: place.because }));
    const listed = packagesOf(place, context).map(({ name, isCertain, file, span }) => ({
      name,
      isCertain,
      because: [byFile(file, span, `'${name}' is listed here.`), ...place.because],
    }));
    return [...named, ...listed];
  });
}

/**
 * Whether all that a directory holds works with another version of Python as well: pure Python, or built for the stable
 * ABI. Null where a lock does not tell.
 */
export function worksWith(place: Packages, version: string, context: BuildContext): boolean | null {
  const [made, runs] = [minorNumber(place.python.version), minorNumber(version)];
  if (place.names.length > 0 || place.lists.length === 0 || made === null || runs === null) return null;
  const libc = place.lists[0]?.state.libc;
  const kind = libc?.known ? libc.value.kind : 'none';
  if (kind !== 'glibc' && kind !== 'musl') return null;
  const { machine } = somewhere;
  for (const list of place.lists) {
    const listed = listedPackages(list, context, { minor: made, machine });
    if (!listed?.isLock || !listed.isSure) return null;
    for (const { locked } of listed.packages) {
      const wheels =
        locked?.files?.wheels.filter((wheel) => fitsTarget(wheel, { minor: made, libc: kind, machine })) ?? [];
      if (wheels.length === 0) return null;
      if (!wheels.every((wheel) => fitsTarget(wheel, { minor: runs, libc: kind, machine }))) return false;
    }
  }
  return true;
}

/** Which packages a list holds hardly ever depends on the machine. */
const somewhere = { machine: 'x86_64' } as const;

function packagesOf({ lists, python }: Packages, context: BuildContext): readonly ListedPackage[] {
  const minor = minorNumber(python.version);
  return lists.flatMap((list) => listedPackages(list, context, { ...somewhere, minor })?.packages ?? []);
}

export function minorNumber(version: string | null): number | null {
  const minor = /^3\.(\d+)$/.exec(minorOf(version) ?? '')?.[1];
  return minor === undefined ? null : Number(minor);
}

function nameOf(word: string): string {
  return normalName(word.replace(/[=<>~!;[ @].*$/s, ''));
}
