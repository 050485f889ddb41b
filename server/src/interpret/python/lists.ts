import type { BuildContext } from '../../context/context.js';
import { normalName, type LockedPackage } from '../../context/python/lock.js';
import { markerHolds, type MarkerPlace } from '../../context/python/marker.js';
import { readPipfileLock } from '../../context/python/pipfile-lock.js';
import { readPoetryLock } from '../../context/python/poetry-lock.js';
import { readPylock } from '../../context/python/pylock.js';
import { readPyproject } from '../../context/python/pyproject.js';
import { readRequirements } from '../../context/python/requirements.js';
import { selectPoetry, selectUv, type Selected, type Selection } from '../../context/python/selection.js';
import { readUvLock } from '../../context/python/uv-lock.js';
import type { Evidence } from '../../fact.js';
import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { placedAt, type Placed } from '../placements.js';
import type { StageState } from '../state.js';
import { parentOf, resolvePath } from '../tree.js';

/** A file that tells an install command which packages to install. */
export type PackageList = {
  readonly format: 'requirements' | 'uv' | 'poetry' | 'pipenv' | 'pylock';
  /** Where the command reads it. */
  readonly path: string;
  /** What the command sees. */
  readonly state: StageState;
  readonly selection: Selection;
};

export type ListedPackage = {
  readonly name: string;
  readonly file: SourceFile;
  readonly span: Span;
  /** False when it may be left out on this system, or by what is not known of the command. */
  readonly isCertain: boolean;
  /** Null where the list names no version with its files. */
  readonly locked: LockedPackage | null;
};

export type Listed = {
  readonly packages: readonly ListedPackage[];
  /** All that is installed is listed: a lock, where it could be read as a whole. */
  readonly isLock: boolean;
  /** Whether it is surely that file which the command reads. */
  readonly isSure: boolean;
  /** How the file came there. */
  readonly because: readonly Evidence[];
};

/** What a list holds for a system; null when the file is not known or cannot be read. */
export function listedPackages(list: PackageList, context: BuildContext, place: MarkerPlace): Listed | null {
  if (list.format === 'requirements') return requirementsAt(list, list.path, { context, place, depth: 0 });
  const placed = fileAt(list.state, list.path, context);
  if (!placed || (list.format === 'uv' && isInWorkspace(list, context))) return null;
  const { isSure, because } = placed;
  const selected = selectedOf(list, placed.file, { context, place });
  return selected && { packages: selected.map(listed), isLock: true, isSure, because };
}

type PlacedFile = Placed & { readonly kind: 'file' };

function fileAt(state: StageState, path: string, context: BuildContext): PlacedFile | null {
  const placed = placedAt(state, path, context);
  return placed?.kind === 'file' ? placed : null;
}

/** In a member of a workspace uv takes the lock of the whole workspace. */
function isInWorkspace({ state, path }: PackageList, context: BuildContext): boolean {
  for (let folder = parentOf(path); folder !== '/';) {
    folder = parentOf(folder);
    const found = fileAt(state, resolvePath(folder, 'pyproject.toml'), context);
    if (found && /^\[tool\.uv\.workspace\]/m.test(found.file.text)) return true;
  }
  return false;
}

type Look = { readonly context: BuildContext; readonly place: MarkerPlace };

function selectedOf(
  list: PackageList,
  file: SourceFile,
  { context, place }: Look,
): readonly Selected<LockedPackage>[] | null {
  const { format, selection, state, path } = list;
  const marked = (marker: string | null, locked: LockedPackage) => {
    const holds = markerHolds(marker, place);
    return holds === false ? [] : [{ locked, isCertain: holds === true && selection.isKnown }];
  };
  if (format === 'pylock') return readPylock(file)?.flatMap((one) => marked(one.marker, one)) ?? null;
  if (format === 'pipenv') {
    const isIn = (isDevelopment: boolean) => !isDevelopment || selection.groups.includes('dev');
    const packages = readPipfileLock(file)?.filter((one) => isIn(one.isDevelopment));
    return packages?.flatMap((one) => marked(one.marker, one)) ?? null;
  }
  const found = fileAt(state, resolvePath(parentOf(path), 'pyproject.toml'), context);
  const around = { place, project: found && readPyproject(found.file) };
  if (format === 'uv') {
    const lock = readUvLock(file);
    return lock && selectUv(lock, selection, around);
  }
  const packages = readPoetryLock(file);
  return packages && selectPoetry(packages, selection, around);
}

function listed({ locked, isCertain }: Selected<LockedPackage>): ListedPackage {
  const { name, file, span } = locked;
  return { name, file, span, isCertain, locked };
}

/** Lists that are included, and those included there. */
const deepest = 5;

type Deeper = Look & { readonly depth: number };

function requirementsAt(list: PackageList, path: string, look: Deeper): Listed | null {
  const placed = fileAt(list.state, path, look.context);
  if (!placed || look.depth > deepest) return null;
  const { packages, includes } = readRequirements(placed.file);
  const own = packages.flatMap(({ name, span, marker }): ListedPackage[] => {
    const holds = markerHolds(marker, look.place);
    if (holds === false) return [];
    return [{ name: normalName(name), file: placed.file, span, isCertain: holds === true, locked: null }];
  });
  const deeper = { ...look, depth: look.depth + 1 };
  const others = includes.map((name) => requirementsAt(list, resolvePath(parentOf(path), name), deeper));
  const found = others.filter((one) => one !== null);
  return {
    packages: [...own, ...found.flatMap((one) => one.packages)],
    isLock: false,
    isSure: placed.isSure && found.every(({ isSure }) => isSure),
    because: placed.because,
  };
}
