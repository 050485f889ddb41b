import packageData from './data/packages.json';
import type { PackageData, PackageRow } from './data-model.js';
import type { Os, PackageManager } from './model.js';
import { compareVersions } from './tag-words.js';

export type PackageRole =
  | 'archive-tool'
  | 'browser'
  | 'build-tool'
  | 'certificates'
  | 'compiler'
  | 'core-utils'
  | 'crypto-tool'
  | 'database-client'
  | 'debug-tool'
  | 'documentation'
  | 'editor'
  | 'font'
  | 'header'
  | 'init'
  | 'interpreter'
  | 'json-tool'
  | 'locale'
  | 'media'
  | 'network-tool'
  | 'package-manager'
  | 'privilege'
  | 'repo-tool'
  | 'runtime-library'
  | 'server'
  | 'service-manager'
  | 'shell'
  | 'time-zones'
  | 'user-database'
  | 'vcs';

/** Names of a package, several separated by spaces; null where none was evidenced, or not for the release at hand. */
export type PackageNames = {
  readonly apt: string | null;
  readonly apk: string | null;
  /** Also of microdnf, yum and tdnf. */
  readonly dnf: string | null;
  /** Of apk in Wolfi and Chainguard OS. */
  readonly wolfi: string | null;
  /** Slices of Ubuntu Chisel; those of Ubuntu 24.04 unless the image is on another release of Ubuntu. */
  readonly chisel: string | null;
};

export type PackageFacts = {
  readonly role: PackageRole;
  /** False: of use to a build or to people only. Null: depends on the program. */
  readonly belongsInRuntime: boolean | null;
  /** One sentence. */
  readonly what: string;
  /** The packages that a compiled program needs instead, separated by spaces; null when there are none or not known. */
  readonly runtimePackage: string | null;
  readonly names: PackageNames;
  /** The names of what a compiled program needs instead. */
  readonly runtimeNames: PackageNames;
};

type Family = 'apt' | 'apk' | 'dnf' | 'wolfi';

const data = packageData as PackageData;
const families: Readonly<Partial<Record<PackageManager, Family>>> = {
  apt: 'apt',
  apk: 'apk',
  dnf: 'dnf',
  microdnf: 'dnf',
  yum: 'dnf',
  tdnf: 'dnf',
};
const indices = new Map<Family, ReadonlyMap<string, PackageRow>>();

/**
 * What a package is for. `os` tells apart the names that changed between releases, and Wolfi from Alpine; without it
 * they are not told.
 */
export function findPackage(name: string, manager: PackageManager, os: Os | null = null): PackageFacts | null {
  const row = rowOf(name, manager, os);
  if (!row) return byEnding(name);
  const needed = { no: false, yes: true, sometimes: null } as const;
  const runtimeNames = runtimeNamesOf(row, os);
  return {
    role: row.role as PackageRole,
    belongsInRuntime: needed[row.runtime],
    what: row.what,
    runtimePackage: here(runtimeNames, manager, os),
    names: namesOf(row, os),
    runtimeNames,
  };
}

/** What a package brings, in the words of the catalog: programs, libraries, data. Empty when not known. */
export function programsOf(name: string, manager: PackageManager): readonly string[] {
  const family = families[manager] ?? '';
  const key = Object.hasOwn(data.contents, `${family}:${name}`) ? `${family}:${name}` : name;
  const contents = Object.hasOwn(data.contents, key) ? (data.contents[key] ?? '') : '';
  const programs = family === 'apt' ? (rowOf(name, manager, null)?.programs ?? '') : '';
  return [...new Set(`${contents} ${programs}`.split(' ').filter(Boolean))];
}

/** What the same package brings in Debian or Ubuntu, and so perhaps here. Empty for apt. */
export function possibleProgramsOf(name: string, manager: PackageManager): readonly string[] {
  if (manager === 'apt') return [];
  return rowOf(name, manager, null)?.programs?.split(' ') ?? [];
}

/** The package manager tells the names, but for apk: Wolfi's differ from those of Alpine. */
function rowOf(name: string, manager: PackageManager, os: Os | null): PackageRow | undefined {
  const family = families[manager];
  if (!family) return undefined;
  if (family !== 'apk') return indexOf(family).get(name);
  if (isWolfi(os)) return indexOf('wolfi').get(name);
  if (os?.id === 'alpine') return indexOf('apk').get(name);
  return indexOf('apk').get(name) ?? indexOf('wolfi').get(name);
}

function isWolfi(os: Os | null): boolean {
  return os?.id === 'wolfi' || os?.id === 'chainguard';
}

/** A row that names several packages for one manager describes the group, so that it stands for none of them alone. */
function indexOf(family: Family): ReadonlyMap<string, PackageRow> {
  const made = indices.get(family);
  if (made) return made;
  const index = new Map<string, PackageRow>();
  for (const row of data.packages) {
    const name = inFamily(row, family);
    if (name === '' || name.includes(' ')) continue;
    const before = index.get(name);
    if (!before || closeness(row, name) > closeness(before, name)) index.set(name, row);
  }
  indices.set(family, index);
  return index;
}

/** Of two packages that are one elsewhere, the one that is called so everywhere is meant. */
function closeness({ apt }: PackageRow, name: string): number {
  return apt === name ? 2 : apt === '' ? 1 : 0;
}

function inFamily(row: PackageRow, family: Family): string {
  return family === 'wolfi' ? (row.wolfi ?? row.apk) : row[family];
}

function namesOf(row: PackageRow, os: Os | null): PackageNames {
  return {
    apt: row.apt || null,
    apk: row.apk || null,
    dnf: row.dnf || null,
    wolfi: inFamily(row, 'wolfi') || null,
    chisel: slicesOf(row.chisel, os),
  };
}

function runtimeNamesOf(row: PackageRow, os: Os | null): PackageNames {
  return {
    apt: aptRuntimeOf(row, os),
    apk: apkRuntimeOf(row, os),
    dnf: row.dnfRuntime ?? null,
    wolfi: (row.wolfiRuntime ?? row.apkRuntime) || null,
    chisel: slicesOf(row.chiselRuntime, os),
  };
}

function here(names: PackageNames, manager: PackageManager, os: Os | null): string | null {
  const family = families[manager] ?? 'apt';
  if (family !== 'apk') return names[family];
  if (isWolfi(os)) return names.wolfi;
  return os?.id === 'alpine' || names.wolfi === names.apk ? names.apk : null;
}

/** The releases that the names of `aptRuntime` were read for. */
const aptReleases = ['debian:12', 'debian:13', 'ubuntu:24.04'];

function aptRuntimeOf({ aptRuntime, chiselRuntime }: PackageRow, os: Os | null): string | null {
  if (aptRuntime === undefined) return null;
  if (os?.id !== 'debian' && os?.id !== 'ubuntu') {
    return typeof aptRuntime === 'string' && !Array.isArray(chiselRuntime) ? aptRuntime : null;
  }
  const index = aptReleases.indexOf(`${os.id}:${os.version}`);
  if (index >= 0) return (typeof aptRuntime === 'string' ? aptRuntime : aptRuntime[index]) || null;
  return os.id === 'ubuntu' ? packagesOf(slicesOf(chiselRuntime, os)) : null;
}

/** The packages that slices of libraries are cut from. */
function packagesOf(slices: string | null): string | null {
  const all = slices?.split(' ') ?? [];
  if (all.length === 0 || !all.every((slice) => slice.endsWith('_libs'))) return null;
  return all.map((slice) => slice.replace(/_libs$/, '')).join(' ');
}

/** Alpine 3.17 came with OpenSSL 3; the names before were not read. */
function apkRuntimeOf({ apkRuntime }: PackageRow, os: Os | null): string | null {
  const isOld = os?.id === 'alpine' && /^\d/.test(os.version ?? '') && compareVersions(os.version ?? '', '3.17') < 0;
  return isOld ? null : (apkRuntime ?? null);
}

function slicesOf(slices: PackageRow['chisel'], os: Os | null): string | null {
  const index = ['22.04', '24.04', '26.04'].indexOf((os?.id === 'ubuntu' && os.version) || '24.04');
  if (slices === undefined || index < 0) return null;
  return (typeof slices === 'string' ? slices : slices[index]) || null;
}

const noNames: PackageNames = { apt: null, apk: null, dnf: null, wolfi: null, chisel: null };

function byEnding(name: string): PackageFacts | null {
  const found = roleByEnding(name);
  return found && { ...found, belongsInRuntime: false, runtimePackage: null, names: noNames, runtimeNames: noNames };
}

function roleByEnding(name: string): Pick<PackageFacts, 'role' | 'what'> | null {
  if (/-(?:dev|devel)$/.test(name)) return { role: 'header', what: 'Headers and link files for building.' };
  if (/-(?:dbg|dbgsym|debuginfo)$/.test(name)) return { role: 'debug-tool', what: 'Symbols for a debugger.' };
  if (/-(?:doc|docs|man)$/.test(name)) return { role: 'documentation', what: 'Documentation for people.' };
  return null;
}
