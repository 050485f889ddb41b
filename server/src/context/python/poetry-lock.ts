import type { SourceFile } from '../../text/source-file.js';
import { memo } from '../memo.js';
import { normalName, readNamed, type LockedFiles, type LockedPackage } from './lock.js';
import {
  anyString,
  entriesOf,
  itemsOf,
  plainString,
  readBlocks,
  strings,
  type Entry,
  type Item,
} from './toml-blocks.js';
import { readWheelName } from './wheel.js';

export type PoetryPackage = LockedPackage & {
  /** Part of an extra: installed only when that is asked for. */
  readonly isOptional: boolean;
  /** The groups it belongs to; null in locks of Poetry 1, which do not tell. */
  readonly groups: readonly string[] | null;
  /** Its condition in each group, where it has one. */
  readonly marker: (group: string) => string | null;
  /** The packages that it needs, by name; true for those that it needs on every system. */
  readonly needs: ReadonlyMap<string, boolean>;
};

/** Null when the file is not a lock of Poetry. Source: python-poetry/poetry, packages/locker.py. */
export const readPoetryLock = memo((file: SourceFile): readonly PoetryPackage[] | null => {
  const blocks = readBlocks(file);
  if (!blocks.some(({ name, entries }) => name === 'metadata' && entries.has('lock-version'))) return null;
  const packages = itemsOf('package', blocks).map((item) => packageOf(file, item));
  return packages.every((one) => one !== null) ? packages : null;
});

function packageOf(file: SourceFile, [{ entries }, ...below]: Item): PoetryPackage | null {
  const named = readNamed(file, entries);
  if (!named) return null;
  const groups = entries.get('groups');
  const needs = entriesOf('package.dependencies', below);
  // A package from a repository, a folder or an address of its own.
  const isElsewhere = below.some(
    ({ name, entries: source }) => name === 'package.source' && plainString(source.get('type')) !== 'legacy',
  );
  return {
    ...named,
    files: isElsewhere ? null : filesOf(entries.get('files')),
    isOptional: entries.get('optional')?.raw === 'true',
    groups: groups ? strings(groups.raw) : null,
    needs: new Map(needs.map(([key, { raw }]) => [normalName(key), !/\b(markers|optional)\s*=/.test(raw)])),
    marker: markerOf(entries.get('markers'), entriesOf('package.markers', below)),
  };
}

/** One condition for every group, or one each: in a table of its own, or inline. */
function markerOf(entry: Entry | undefined, listed: ReturnType<typeof entriesOf>): PoetryPackage['marker'] {
  if (entry && !entry.raw.startsWith('{')) return () => anyString(entry);
  const inline = entry ? markersByGroup(entry.raw) : [];
  const markers = new Map([...inline, ...listed.map(([key, one]) => [normalName(key), anyString(one)] as const)]);
  return (group) => markers.get(normalName(group)) ?? null;
}

/** Locks before version 2 list the files at the end of the file, where they are not read. */
function filesOf(entry: Entry | undefined): LockedFiles | null {
  if (!entry) return null;
  const names = [...entry.raw.matchAll(/[{,]\s*file\s*=\s*"([^"\n]*)"/g)].map((match) => match[1] ?? '');
  if (names.length === 0) return null;
  const wheels = names.map(readWheelName).filter((wheel) => wheel !== null);
  return { wheels, hasSource: names.some((name) => /\.(tar\.\w+|tgz|zip)$/.test(name)) };
}

/** `{main = "…", dev = "…"}` */
function markersByGroup(raw: string): [string, string][] {
  const entries = raw.matchAll(/[{,]\s*"?([\w.-]+)"?\s*=\s*"((?:[^"\\\n]|\\.)*)"/g);
  return [...entries].map(([, name = '', value = '']) => [normalName(name), value.replace(/\\(.)/g, '$1')]);
}
