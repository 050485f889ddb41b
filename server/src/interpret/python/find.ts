import { findRelease } from '../../catalog/releases.js';
import type { InstalledPackage, StageState } from '../state.js';
import { baseName, parentOf } from '../tree.js';
import { basePython, minorOf, pythonAt, type Environment, type Python } from './places.js';

/** An interpreter, and the virtual environment it belongs to. */
export type Found = {
  readonly python: Python;
  readonly environment: { readonly root: string; readonly place: Environment } | null;
};

const interpreterNames = /^python(3(\.\d+)?)?$/;
const toolNames = /^(python|pip)(3(\.\d+)?)?$/;

/**
 * The interpreter behind `python`, `pip3`, `/venv/bin/pip`; `path` are the folders of PATH, null when they are not known.
 * Null: it is not known which one it is, or there is none.
 */
export function findPython(state: StageState, word: string, path: readonly string[] | null): Found | null {
  const name = baseName(word);
  if (!toolNames.test(name)) return null;
  const interpreter = name.replace(/^pip/, 'python');
  if (word.startsWith('/')) return inFolder(state, parentOf(word), interpreter);
  if (word.includes('/')) return null;
  for (const folder of path ?? []) {
    const found = inFolder(state, folder, interpreter);
    if (found) return found;
    if (isManagers(folder)) return null;
  }
  const base = basePython(state);
  return base && base.folder === null && !isAnyEnvironment(state) ? { python: base, environment: null } : null;
}

/** Whether a tool that brings interpreters of its own, and is not followed, has its programs there. */
export function isManagers(folder: string): boolean {
  return /conda|mamba|miniforge|pyenv|asdf|[/.]mise|[/.]nix|rye\//i.test(folder);
}

/** The interpreters of the base image and of installed packages. */
export function systemPythons(state: StageState): Python[] {
  const base = basePython(state);
  return [...(base ? [base] : []), ...packagedPythons(state)];
}

function isAnyEnvironment(state: StageState): boolean {
  return [...state.python.entries()].some(([, { kind }]) => kind === 'environment');
}

function inFolder(state: StageState, folder: string, name: string): Found | null {
  const root = parentOf(folder);
  const place = baseName(folder) === 'bin' ? pythonAt(state, root) : null;
  if (place?.kind === 'environment') return { python: place.python, environment: { root, place } };
  const exact = pythonAt(state, `${folder}/${name}`);
  if (exact?.kind === 'interpreter') return { python: exact.python, environment: null };
  const python = systemPythons(state).find((one) => one.folder === folder && hasName(one, name));
  return python ? { python: { ...python, path: `${folder}/${name}` }, environment: null } : null;
}

/** The names an interpreter goes by; Debian's package has no plain `python`. */
export function hasName({ path, version, packages, because }: Python, name: string): boolean {
  if (!interpreterNames.test(name)) return false;
  const isPackage = because.some(({ kind }) => kind === 'instruction');
  if (isPackage && path?.endsWith(`/python${version ?? ''}`)) return name === `python${version ?? ''}`;
  if (name === 'python') return !(packages === 'dist-packages' && isPackage);
  return name === 'python3' || name === `python${version ?? ''}`;
}

const packagesOfPython = [
  'python3',
  'python3-minimal',
  'python3-venv',
  'python3-pip',
  'python3-dev',
  'py3-pip',
  'pipx',
];

/** `apt-get install python3`, `apk add python3`: the interpreter of the distribution's release. */
function packagedPythons(state: StageState): Python[] {
  const { os } = state;
  if (!os.known || !os.value) return [];
  const { id, version } = os.value;
  const isDebian = id === 'debian' || id === 'ubuntu';
  if (!isDebian && id !== 'alpine') return [];
  const installed = packagesOfPython.map((name) => state.packages.get(name)).find((item) => item?.installed);
  const released = minorOf(version === null ? null : (findRelease(id, version)?.python ?? null));
  const packages = isDebian ? 'dist-packages' : 'site-packages';
  const own = installed?.isCertain
    ? [packaged(installed, { path: '/usr/bin/python3', version: released, packages })]
    : [];
  return isDebian ? [...own, ...versionedPythons(state, packages)] : own;
}

/** `apt-get install python3.13`, of another release or archive: it has no other name. */
function versionedPythons({ packages: all }: StageState, packages: Python['packages']): Python[] {
  return versionedPackages.flatMap(({ version, names }) => {
    const item = names.map((name) => all.get(name)).find((one) => one?.installed);
    return item?.isCertain ? [packaged(item, { path: `/usr/bin/python${version}`, version, packages })] : [];
  });
}

const versionedPackages = '3.8 3.9 3.10 3.11 3.12 3.13 3.14 3.15'.split(' ').map((version) => ({
  version,
  names: ['', '-minimal', '-venv', '-dev', '-full'].map((suffix) => `python${version}${suffix}`),
}));

type Packaged = Pick<Python, 'path' | 'version' | 'packages'>;

function packaged({ name, span }: InstalledPackage, what: Packaged): Python {
  return {
    ...what,
    folder: '/usr/bin',
    prefix: '/usr',
    isManaged: false,
    alternative: null,
    isRolling: false,
    because: [{ kind: 'instruction', span, note: `'${name}' brings the interpreter.` }],
  };
}

/** Where `pip install` without options puts packages; null when that is not known. */
export function packageFolder({ python, environment }: Found): string | null {
  const { version, prefix, packages } = python;
  if (version === null) return null;
  if (environment) return `${environment.root}/lib/python${version}/site-packages`;
  if (prefix === null) return null;
  const isDebians = packages === 'dist-packages' && prefix === '/usr';
  return isDebians ? `/usr/local/lib/python${version}/dist-packages` : `${prefix}/lib/python${version}/site-packages`;
}

/** Where console scripts go along with those packages. */
export function scriptFolder({ python, environment }: Found): string | null {
  if (environment) return `${environment.root}/bin`;
  if (python.prefix === null) return null;
  return python.packages === 'dist-packages' ? '/usr/local/bin' : `${python.prefix}/bin`;
}
