import type { PackageData, PackageRow } from '../../server/src/catalog/data-model.js';
import { packageContents } from './contents.js';
import { trixieCounterparts, wolfiCounterparts, wolfiNames } from './package-names.js';

type Managers = { apt: string | null; apk: string | null; dnf: string | null; wolfi: string | null };
type Counterpart = Managers & {
  aptDebian13: string | null;
  aptUbuntu2404: string | null;
  chiselSlices: Record<string, string[]> | null;
};
type RawPackage = {
  name: string;
  managers: Managers;
  role: string;
  neededAtRuntime: 'no' | 'sometimes' | 'yes';
  commands: string[];
  runtimeCounterpart: Counterpart | null;
  ownChiselSlices: string[] | null;
  why: string;
  evidence: string[];
};
export type RawPackages = { compiled: string; sources: { repo: string; commit: string }[]; packages: RawPackage[] };

const roles: Readonly<Record<string, string>> = { 'build-header': 'header', certs: 'certificates', tz: 'time-zones' };

/** In this file a null name was not evidenced, and an empty list of commands was not read. */
export function importPackages(raw: RawPackages): PackageData {
  return {
    read: raw.compiled,
    source: sourcesOf(raw).join(', '),
    contents: packageContents,
    packages: raw.packages.map(toRow),
  };
}

/** Debian's archive and the repositories; of one with several branches, the commit of Ubuntu 24.04. */
function sourcesOf({ sources }: RawPackages): string[] {
  const pinned = sources.flatMap(({ repo, commit }) => {
    const hash = /24\.04 ([0-9a-f]{12})/.exec(commit)?.[1] ?? /^[0-9a-f]{12}/.exec(commit)?.[0];
    return hash ? [`${repo}@${hash}`] : [];
  });
  return ['the package indices of Debian 12 and 13', ...pinned];
}

function toRow(raw: RawPackage): PackageRow {
  const { managers, runtimeCounterpart: counterpart } = raw;
  const apk = managers.apk ?? '';
  const wolfi = wolfiNames[raw.name] ?? managers.wolfi ?? '';
  const programs = programsOf(raw);
  const chisel = ownSlices(raw);
  return {
    apt: managers.apt ?? '',
    apk,
    dnf: managers.dnf ?? '',
    ...(wolfi === apk ? {} : { wolfi }),
    ...(chisel === '' ? {} : { chisel }),
    role: roles[raw.role] ?? raw.role,
    runtime: raw.neededAtRuntime,
    what: raw.why,
    ...(programs.length > 0 ? { programs: programs.join(' ') } : {}),
    ...(counterpart ? counterpartOf(raw.name, counterpart) : {}),
  };
}

function counterpartOf(name: string, counterpart: Counterpart): Partial<PackageRow> {
  const trixie = trixieCounterparts[name] ?? counterpart.aptDebian13;
  const apt = [counterpart.apt, trixie, counterpart.aptUbuntu2404].map((each) => each ?? '');
  const chisel = slicesByRelease(counterpart);
  const [apk, wolfi] = [counterpart.apk ?? '', wolfiCounterparts[name] ?? counterpart.wolfi ?? ''];
  return {
    ...(apt.some(Boolean) ? { aptRuntime: oneOrEach(apt) } : {}),
    ...(apk ? { apkRuntime: apk } : {}),
    ...(counterpart.dnf ? { dnfRuntime: counterpart.dnf } : {}),
    ...(wolfi === apk ? {} : { wolfiRuntime: wolfi }),
    ...(chisel.some(Boolean) ? { chiselRuntime: oneOrEach(chisel) } : {}),
  };
}

/** The slices in Ubuntu 22.04, 24.04 and 26.04. */
function slicesByRelease({ chiselSlices }: Counterpart): string[] {
  return ['22.04', '24.04', '26.04'].map((release) => (chiselSlices?.[release] ?? []).join(' '));
}

/** Cut from the package itself; of many slices, the one with its programs. Read for Ubuntu 24.04. */
function ownSlices({ name, managers, runtimeCounterpart, ownChiselSlices }: RawPackage): string | readonly string[] {
  if (runtimeCounterpart?.apt && runtimeCounterpart.apt === managers.apt) {
    const slices = slicesByRelease(runtimeCounterpart);
    return slices.some(Boolean) ? oneOrEach(slices) : '';
  }
  const slices = ownChiselSlices ?? [];
  // Of these only Ubuntu 26.04 has slices.
  if (slices.length === 0 || ['make', 'zlib1g-dev', 'apache2'].includes(name)) return '';
  const main =
    slices.length === 1 ? slices[0] : slices.find((slice) => /_(?:bins|libs|data|standard|daemon)$/.test(slice));
  return main ? ['', main, ''] : '';
}

function oneOrEach(values: readonly string[]): string | readonly string[] {
  return new Set(values).size === 1 ? (values[0] ?? '') : values;
}

/** What the package of Debian or Ubuntu puts on PATH. One of them was read from another archive. */
function programsOf({ commands, evidence }: RawPackage): string[] {
  if (evidence.some((text) => text.includes('nodesource'))) return [];
  return [...new Set(commands.map((path) => path.slice(path.lastIndexOf('/') + 1)))].filter(isPlainName).slice(0, 12);
}

/** Compilers and debuggers install each program again under the name of the architecture. */
function isPlainName(name: string): boolean {
  return !/^(?:x86_64|aarch64|i686)-/.test(name) && name.length > 0;
}
