import type { SourceFile } from '../../text/source-file.js';
import { memo } from '../memo.js';
import { normalName, readNamed, type LockedFiles, type LockedPackage } from './lock.js';
import { anyString, plainString, readBlocks, strings, type Entry } from './toml-blocks.js';
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
  const packages: Writable[] = [];
  for (const { name, isItem, entries } of blocks) {
    if (name === 'package' && isItem) {
      const one = packageOf(file, entries);
      if (!one) return null;
      packages.push(one);
    }
    const last = packages.at(-1);
    if (!last) continue;
    if (name === 'package.dependencies')
      for (const [key, { raw }] of entries) last.needs.set(normalName(key), !/\b(markers|optional)\s*=/.test(raw));
    if (name === 'package.markers')
      for (const [key, entry] of entries) last.markers.set(normalName(key), anyString(entry));
    // A package from a repository, a folder or an address of its own.
    if (name === 'package.source' && plainString(entries.get('type')) !== 'legacy') last.isElsewhere = true;
  }
  return packages.map(finished);
});

type Writable = Omit<PoetryPackage, 'marker' | 'needs'> & {
  readonly needs: Map<string, boolean>;
  readonly markers: Map<string, string>;
  readonly everywhere: string | null;
  isElsewhere: boolean;
};

function finished({ markers, everywhere, isElsewhere, ...one }: Writable): PoetryPackage {
  const files = isElsewhere ? null : one.files;
  return { ...one, files, marker: (group) => everywhere ?? markers.get(normalName(group)) ?? null };
}

function packageOf(file: SourceFile, entries: ReadonlyMap<string, Entry>): Writable | null {
  const named = readNamed(file, entries);
  if (!named) return null;
  const groups = entries.get('groups');
  const markers = entries.get('markers');
  const inline = markers && /^\{/.test(markers.raw) ? markers.raw : null;
  return {
    ...named,
    files: filesOf(entries.get('files')),
    isOptional: entries.get('optional')?.raw === 'true',
    groups: groups ? strings(groups.raw) : null,
    needs: new Map(),
    markers: new Map(inline === null ? [] : markersByGroup(inline)),
    everywhere: markers && inline === null ? anyString(markers) : null,
    isElsewhere: false,
  };
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
