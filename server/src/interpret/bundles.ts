import { byInstruction, type Evidence } from '../fact.js';
import type { Span } from '../text/span.js';
import { putUnknownFiles, type Cause } from './effects.js';
import { startedNames } from './placed.js';
import { entryAt, resolvePath, searchPath } from './query.js';
import type { Bundle, Stage, StageState } from './state.js';
import { currentEntry, parentOf, putEntry } from './tree.js';

/** A bundle in the finished stage. */
export type PlacedBundle = {
  readonly path: string;
  readonly bundle: Bundle;
  /** The instruction or command that put it there. */
  readonly placedBy: Span;
};

/** The bundles that lie in a stage. */
export function placedBundles({ end }: Stage, kind: Bundle['kind']): PlacedBundle[] {
  const found: PlacedBundle[] = [];
  for (const [path, { bundle }] of end.files.entries()) {
    if (bundle?.kind !== kind) continue;
    const entry = currentEntry(end, path);
    const placed = entry?.because.find((item) => item.kind === 'instruction');
    if (entry?.bundle && entry.kind !== 'unknown' && placed?.kind === 'instruction')
      found.push({ path, bundle: entry.bundle, placedBy: placed.span });
  }
  return found;
}

/** A directory that a tool filled, or leaves nothing known about it where it may not have run. */
export function putBundle(state: StageState, path: string, what: { bundle: Bundle; by: Cause }): StageState {
  const next = putUnknownFiles(state, path, { by: what.by });
  return what.by.certain ? withBundle(next, path, what.bundle) : next;
}

/** The entry that was just put at a path, as such a bundle. */
export function withBundle(state: StageState, path: string, bundle: Bundle | null): StageState {
  const entry = bundle && currentEntry(state, path);
  return entry && entry.kind !== 'unknown' ? putEntry(state, path, { ...entry, bundle }) : state;
}

/** From here on no directory counts as one of this kind. */
export function forgetBundles(state: StageState, kind: Bundle['kind'], by: Cause): StageState {
  const found = [...state.files.entries()].filter(([, { bundle }]) => bundle?.kind === kind);
  return found.reduce((next, [path]) => putUnknownFiles(next, path, { by }), state);
}

/** What a copy of this path takes along: its own bundle, or that of the directory an archive or a program is from. */
export function bundleAt(state: StageState, path: string): Bundle | null {
  const exact = currentEntry(state, path);
  if (exact?.bundle) return exact.bundle;
  if (exact && exact.kind !== 'directory') return null;
  for (let folder = parentOf(path); folder !== '/'; folder = parentOf(folder)) {
    const bundle = currentEntry(state, folder)?.bundle;
    if (bundle) return isPart(path, folder, bundle) ? bundle : null;
  }
  return null;
}

/** .NET publishes below the project unless it is told where. */
function isPart(path: string, folder: string, { kind }: Bundle): boolean {
  const output = /\.(jar|war|ear|class)$|\/build(\/(libs|classes|install|quarkus-app)(\/[^.]*)?)?$/;
  if (kind === 'java-classes')
    return folder.endsWith('/target') ? isMade(path.slice(folder.length)) : output.test(path);
  if (kind !== 'dotnet') return false;
  return /\/bin\/[^/]+\/.*\/publish(\/|$)/.test(path) || (parentOf(path) === folder && !/\.\w+$/.test(path));
}

/** Maven puts archives of others in folders below its own output. */
function isMade(rest: string): boolean {
  return !/^\/.+\/[^/]+\.(jar|war|ear)$/.test(rest) || rest.startsWith('/quarkus-app/');
}

/** The command that made it, as the first reason of a finding about it. */
export function madeHere({ bundle: { built } }: PlacedBundle): Evidence[] {
  return built ? [byInstruction(built.span, `'${built.text}' makes it here.`)] : [];
}

/** The path of a program that the image surely starts from inside the directory, or that is the bundle itself. */
export function startedInside({ end }: Stage, path: string): string | null {
  for (const name of startedNames(end)) {
    const place = placeOf(end, name, path);
    if (place === path || place?.startsWith(`${path}/`)) return place;
  }
  return null;
}

/** Where a program is found, as far as no directory of PATH before `path` may hold it. */
function placeOf(state: StageState, name: string, path: string): string | null {
  if (name.startsWith('/')) return resolvePath('/', name);
  if (name.includes('/')) return state.workdir.known ? resolvePath(state.workdir.value, name) : null;
  const [first] = (searchPath(state) ?? []).filter((folder) => {
    return folder.startsWith(`${path}/`) || entryAt(state, `${folder}/${name}`)?.kind === 'file';
  });
  return first ? `${first}/${name}` : null;
}
