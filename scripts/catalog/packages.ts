import type { PackageData, PackageRow } from '../../server/src/catalog/data-model.js';
import { packageContents } from './contents.js';

type Managers = { apt: string | null; apk: string | null; dnf: string | null; wolfi: string | null };
type RawPackage = {
  name: string;
  managers: Managers;
  role: string;
  neededAtRuntime: 'no' | 'sometimes' | 'yes';
  commands: string[];
  runtimeCounterpart: (Managers & { aptDebian13: string | null; aptUbuntu2404: string | null }) | null;
  why: string;
};
export type RawPackages = { compiled: string; sources: { repo: string; commit: string }[]; packages: RawPackage[] };

const roles: Readonly<Record<string, string>> = { 'build-header': 'header', certs: 'certificates', tz: 'time-zones' };

/** In this file a null name was not evidenced, and an empty list of commands was not read. */
export function importPackages(raw: RawPackages): PackageData {
  return {
    read: raw.compiled,
    source: raw.sources.map(({ repo, commit }) => (commit ? `${repo}@${commit.slice(0, 12)}` : repo)).join(', '),
    contents: packageContents,
    packages: raw.packages.map(toRow),
  };
}

function toRow(raw: RawPackage): PackageRow {
  const { managers, runtimeCounterpart: counterpart } = raw;
  const programs = [...new Set(raw.commands.map((path) => path.slice(path.lastIndexOf('/') + 1)))]
    .filter(isPlainName)
    .slice(0, 12);
  const apt = counterpart
    ? [counterpart.apt, counterpart.aptDebian13, counterpart.aptUbuntu2404].map((name) => name ?? '')
    : [];
  return {
    apt: managers.apt ?? '',
    apk: [...new Set([managers.apk, managers.wolfi].filter(Boolean))].join(' '),
    dnf: managers.dnf ?? '',
    role: roles[raw.role] ?? raw.role,
    runtime: raw.neededAtRuntime,
    what: raw.why,
    ...(programs.length > 0 ? { programs: programs.join(' ') } : {}),
    ...(apt.some(Boolean) ? { aptRuntime: new Set(apt).size === 1 ? (apt[0] ?? '') : apt } : {}),
    ...(counterpart?.apk ? { apkRuntime: counterpart.apk } : {}),
    ...(counterpart?.dnf ? { dnfRuntime: counterpart.dnf } : {}),
  };
}

/** Compilers and debuggers install each program again under the name of the architecture. */
function isPlainName(name: string): boolean {
  return !/^(?:x86_64|aarch64|i686)-/.test(name) && name.length > 0;
}
