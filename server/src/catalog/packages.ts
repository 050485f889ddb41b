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

export type PackageFacts = {
  readonly role: PackageRole;
  /** False: of use to a build or to people only. Null: depends on the program. */
  readonly belongsInRuntime: boolean | null;
  /** One sentence. */
  readonly what: string;
  /** The packages that a compiled program needs instead, separated by spaces; null when there are none or not known. */
  readonly runtimePackage: string | null;
};

type Family = 'apt' | 'apk' | 'dnf';

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

/** What a package is for. `os` tells apart the names that changed between releases; without it they are not told. */
export function findPackage(name: string, manager: PackageManager, os: Os | null = null): PackageFacts | null {
  const row = rowOf(name, manager);
  if (!row) return byEnding(name);
  const family = families[manager] ?? 'apt';
  const needed = { no: false, yes: true, sometimes: null } as const;
  return {
    role: row.role as PackageRole,
    belongsInRuntime: needed[row.runtime],
    what: row.what,
    runtimePackage: runtimeOf(row, family, os),
  };
}

/** What a package brings, in the words of the catalog: programs, libraries, data. Empty when not known. */
export function programsOf(name: string, manager: PackageManager): readonly string[] {
  const contents = Object.hasOwn(data.contents, name) ? (data.contents[name] ?? '') : '';
  const programs = rowOf(name, manager)?.programs ?? '';
  return [...new Set(`${contents} ${programs}`.split(' ').filter(Boolean))];
}

function rowOf(name: string, manager: PackageManager): PackageRow | undefined {
  const family = families[manager];
  return family ? indexOf(family).get(name) : undefined;
}

/** A row that names several packages for one manager describes the group, so that it stands for none of them alone. */
function indexOf(family: Family): ReadonlyMap<string, PackageRow> {
  const made = indices.get(family);
  if (made) return made;
  const index = new Map<string, PackageRow>();
  for (const row of data.packages) {
    const names = row[family].split(' ').filter(Boolean);
    if (family !== 'apk' && names.length > 1) continue;
    for (const name of names) if (!index.has(name)) index.set(name, row);
  }
  indices.set(family, index);
  return index;
}

function runtimeOf(row: PackageRow, family: Family, os: Os | null): string | null {
  if (family === 'apk') return row.apkRuntime ?? null;
  if (family === 'dnf') return row.dnfRuntime ?? null;
  if (typeof row.aptRuntime === 'string' || row.aptRuntime === undefined) return row.aptRuntime ?? null;
  const [debian12, debian13, ubuntu2404] = row.aptRuntime;
  const version = os?.version ?? null;
  if (!os || version === null || !/^\d/.test(version)) return null;
  if (os.id === 'debian') return (version === '12' ? debian12 : version === '13' ? debian13 : null) || null;
  if (os.id === 'ubuntu') return (compareVersions(version, '24.04') === 0 ? ubuntu2404 : null) || null;
  return null;
}

function byEnding(name: string): PackageFacts | null {
  if (/-(?:dev|devel)$/.test(name)) {
    return {
      role: 'header',
      belongsInRuntime: false,
      what: 'Headers and link files for building.',
      runtimePackage: null,
    };
  }
  if (/-(?:dbg|dbgsym|debuginfo)$/.test(name)) {
    return { role: 'debug-tool', belongsInRuntime: false, what: 'Symbols for a debugger.', runtimePackage: null };
  }
  if (!/-(?:doc|docs|man)$/.test(name)) return null;
  return { role: 'documentation', belongsInRuntime: false, what: 'Documentation for people.', runtimePackage: null };
}
