import type { Evidence } from '../../fact.js';
import type { Cause } from '../effects.js';
import type { StageState } from '../state.js';
import type { PackageList } from './lists.js';

/** An interpreter as it is called: through a link, the link. */
export type Python = {
  /** Null when only its folder, or not even that, is known. */
  readonly path: string | null;
  /** The directory it lies in or somewhere below; null when it is not known. */
  readonly folder: string | null;
  /** `3.13`; null when it is not known. */
  readonly version: string | null;
  /** Its libraries are below `<prefix>/lib`; null when that is not known. */
  readonly prefix: string | null;
  /** Debian's own interpreter searches `dist-packages`. */
  readonly packages: 'site-packages' | 'dist-packages';
  /** Downloaded by uv. */
  readonly isManaged: boolean;
  /** The directory of the one that uv may have downloaded instead, as a file of the project may ask for it. */
  readonly alternative: string | null;
  /** The version moves under the same tag, as in Chainguard's latest. */
  readonly isRolling: boolean;
  readonly because: readonly Evidence[];
};

/** What Python has at a path of the file system. Nothing is known about paths that are not listed. */
export type PythonPlace =
  | Environment
  | Packages
  | { readonly kind: 'scripts'; readonly interpreter: string | null; readonly because: readonly Evidence[] }
  | { readonly kind: 'interpreter'; readonly python: Python; readonly because: readonly Evidence[] }
  | Application
  | { readonly kind: 'gone'; readonly because: readonly Evidence[] };

/** A virtual environment. */
export type Environment = {
  readonly kind: 'environment';
  /** Its console scripts start the interpreter below this path. */
  readonly madeAt: string;
  /** The interpreter that `bin/python` links to. */
  readonly python: Python;
  /** Made with --copies: `bin/python` is a program of its own, which still needs the library of the other. */
  readonly isCopy: boolean;
  /** Its scripts find their interpreter beside themselves. */
  readonly isRelocatable: boolean;
  /** Made with --system-site-packages. */
  readonly seesSystem: boolean;
  /** Made by pipx or `uv tool` for one application. */
  readonly isApplication: boolean;
  readonly stage: number;
  readonly because: readonly Evidence[];
};

/** A link to a console script of an environment, as pipx makes it where programs are looked for. */
export type Application = {
  readonly kind: 'application';
  /** The path that the link names, in `bin` of the environment. */
  readonly script: string;
  readonly because: readonly Evidence[];
};

/** A directory of packages. */
export type Packages = {
  readonly kind: 'packages';
  /** The interpreter they were installed for. */
  readonly python: Python;
  /** As written in the command; packages of a list in a file are not known. */
  readonly names: readonly string[];
  /** The files that named the others. */
  readonly lists: readonly PackageList[];
  readonly stage: number;
  readonly because: readonly Evidence[];
};

export function pythonAt(state: StageState, path: string): PythonPlace | null {
  const place = state.python.get(path);
  return !place || place.kind === 'gone' ? null : place;
}

/** What may or may not have happened leaves nothing known at the path. */
export function putPython(state: StageState, path: string, change: { place: PythonPlace; by: Cause }): StageState {
  const { place, by } = change;
  const value: PythonPlace = by.certain ? place : { kind: 'gone', because: [by.evidence] };
  return { ...state, python: state.python.with(path, value) };
}

export function removePython(state: StageState, path: string, by: Cause): StageState {
  const below = entriesWithin(state, path);
  return below.reduce(
    (next, [place]) => putPython(next, place, { place: { kind: 'gone', because: [by.evidence] }, by }),
    state,
  );
}

/** What is installed may take the place of links in a directory of programs; `names` null where it may be any. */
export function replaceLinks(
  state: StageState,
  folder: string,
  { names, by }: { readonly names: readonly string[] | null; readonly by: Cause },
): StageState {
  const links = entriesWithin(state, folder).filter(([path, { kind }]) => {
    const name = path.slice(folder.length + 1);
    return kind === 'application' && !name.includes('/') && (names?.includes(name) ?? true);
  });
  const place = { kind: 'gone', because: [by.evidence] } as const;
  return links.reduce((next, [path]) => putPython(next, path, { place, by }), state);
}

/** More places than this are not followed any further. */
const mostPlaces = 1000;

function entriesWithin({ python }: StageState, folder: string): [string, PythonPlace][] {
  const found: [string, PythonPlace][] = [];
  let count = 0;
  for (const [path, place] of python.entries()) {
    if (++count > mostPlaces) break;
    if (isWithin(path, folder)) found.push([path, place]);
  }
  return found;
}

/** Of a long chain of copies the last places are kept. */
const mostReasons = 8;

type Link = { readonly source: string; readonly target: string; readonly by: Cause };

/** A copy of the file or directory `source` to `target` takes what Python has there along. */
export function carryPython(into: StageState, from: StageState, what: Link): StageState {
  const { source, target, by } = what;
  const own = systemPlaces(from);
  const found = [...own.filter(([path]) => isWithin(path, source)), ...entriesWithin(from, source)];
  return found.reduce((next, [path, place]) => {
    // A copy of a link by its own name is a copy of what it leads to.
    if (place.kind === 'gone' || (place.kind === 'application' && path === source)) return next;
    const because = [by.evidence, ...place.because].slice(0, mostReasons);
    return putPython(next, moved(path, source, target), { place: { ...travelled(place, what), because }, by });
  }, into);
}

/** A link: the interpreter goes by another name; a console script starts in its environment. */
export function linkPython(state: StageState, what: Link): StageState {
  const { source, target, by } = what;
  const place = pythonAt(state, source) ?? systemPlaces(state).find(([path]) => path === source)?.[1];
  if (!place) return linkScript(state, what);
  if (place.kind !== 'interpreter') return state;
  const python: Python = { ...place.python, path: target, folder: target.replace(/\/[^/]*$/, '') };
  return putPython(state, target, { place: { ...place, python, because: [by.evidence, ...place.because] }, by });
}

/** A link to the interpreter of an environment does not start in the environment. */
function linkScript(state: StageState, { source: script, target, by }: Link): StageState {
  const root = /^(.+)\/bin\/(?!python)[^/]+$/.exec(script)?.[1];
  const environment = root === undefined ? null : pythonAt(state, root);
  if (environment?.kind !== 'environment') return state;
  const because = [by.evidence, ...environment.because];
  return putPython(state, target, { place: { kind: 'application', script, because }, by });
}

/** The interpreter of the base image, which is no place of its own until it is copied. */
function systemPlaces(state: StageState): [string, PythonPlace][] {
  const python = basePython(state);
  if (!python?.path) return [];
  return ['python', 'python3', `python${python.version ?? '3'}`].map((name) => {
    const path = `${python.folder ?? ''}/${name}`;
    return [path, { kind: 'interpreter', python: { ...python, path }, because: python.because }];
  });
}

/** The interpreter that the base image exists for. */
export function basePython({ runtime, os }: StageState): Python | null {
  if (!runtime.known || runtime.value?.name !== 'python') return null;
  const { path, version } = runtime.value;
  const folder = path?.replace(/\/[^/]*$/, '') ?? null;
  const isDebian = os.known && /^(debian|ubuntu)$/.test(os.value?.id ?? '');
  return {
    path,
    folder,
    version: minorOf(version),
    prefix: folder?.replace(/\/bin$/, '') ?? null,
    packages: isDebian && folder === '/usr/bin' ? 'dist-packages' : 'site-packages',
    isManaged: false,
    alternative: null,
    isRolling: !isDebian && runtime.because.some((one) => one.kind === 'catalog' && /:latest(-dev)?$/.test(one.image)),
    because: runtime.because,
  };
}

/** `3.13` of `3.13.7`; null without a minor version. */
export function minorOf(version: string | null): string | null {
  return /^\d+\.\d+/.exec(version ?? '')?.[0] ?? null;
}

/** An interpreter that moved has its library elsewhere. */
function travelled(place: PythonPlace, { source, target }: { source: string; target: string }): PythonPlace {
  if (place.kind !== 'interpreter') return place;
  const { path, folder, prefix } = place.python;
  const python: Python = {
    ...place.python,
    path: path && moved(path, source, target),
    folder: folder && isWithin(folder, source) ? moved(folder, source, target) : (folder ?? null),
    prefix: source === target ? prefix : null,
  };
  return { ...place, python };
}

export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

function moved(path: string, source: string, target: string): string {
  const rest = path.slice(source === '/' ? 0 : source.length);
  return (target === '/' ? rest : `${target}${rest}`) || '/';
}
