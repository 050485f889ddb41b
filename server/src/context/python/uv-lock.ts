import type { SourceFile } from '../../text/source-file.js';
import { memo } from '../memo.js';
import { normalName, readNamed, type Demand, type LockedFiles, type LockedPackage } from './lock.js';
import {
  entriesOf,
  inlineString,
  inlineTables,
  itemsOf,
  readBlocks,
  strings,
  type Block,
  type Entry,
  type Item,
} from './toml-blocks.js';
import { readWheelName, type Wheel } from './wheel.js';

/** https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile */
export type UvLock = { readonly packages: readonly UvPackage[] };

export type UvPackage = LockedPackage & {
  /** The project itself or another member of its workspace: the folder, from the one of the lock. */
  readonly folder: string | null;
  readonly dependencies: readonly UvDemand[];
  readonly extras: ReadonlyMap<string, readonly UvDemand[]>;
  readonly groups: ReadonlyMap<string, readonly UvDemand[]>;
};

export type UvDemand = Demand & { readonly extras: readonly string[] };

/** Null when the file is not a lock of uv. */
export const readUvLock = memo((file: SourceFile): UvLock | null => {
  const [first, ...blocks] = readBlocks(file);
  if (!first || !/^\d+$/.test(first.entries.get('version')?.raw ?? '')) return null;
  const packages = itemsOf('package', blocks).map((item) => packageOf(file, item));
  return packages.every((one) => one !== null) ? { packages } : null;
});

function packageOf(file: SourceFile, [{ entries }, ...below]: Item): UvPackage | null {
  const named = readNamed(file, entries);
  if (!named) return null;
  const source = entries.get('source')?.raw ?? '';
  return {
    ...named,
    files: /\bregistry\s*=/.test(source) ? filesOf(entries) : null,
    folder: inlineString(source, 'editable') ?? inlineString(source, 'virtual') ?? inlineString(source, 'directory'),
    dependencies: demands(entries.get('dependencies')?.raw ?? ''),
    extras: demandsByName('package.optional-dependencies', below),
    groups: demandsByName('package.dev-dependencies', below),
  };
}

function demandsByName(table: string, blocks: readonly Block[]): ReadonlyMap<string, readonly UvDemand[]> {
  return new Map(entriesOf(table, blocks).map(([key, { raw }]) => [normalName(key), demands(raw)]));
}

function filesOf(entries: ReadonlyMap<string, Entry>): LockedFiles {
  const places = (entries.get('wheels')?.raw ?? '').matchAll(/[{,]\s*(?:url|path|filename)\s*=\s*"([^"\n]*)"/g);
  const wheels = [...places].flatMap(([, place = '']): Wheel[] => {
    const wheel = readWheelName(fileName(place));
    return wheel ? [wheel] : [];
  });
  return { wheels, hasSource: entries.has('sdist') };
}

function fileName(place: string): string {
  const path = place.replace(/[?#].*$/, '');
  return path.slice(path.lastIndexOf('/') + 1);
}

function demands(raw: string): UvDemand[] {
  return inlineTables(raw).flatMap((table) => {
    const name = inlineString(table, 'name');
    if (name === null) return [];
    const extras = /\bextra\s*=\s*\[([^\]]*)\]/.exec(table)?.[1] ?? '';
    return [
      {
        name: normalName(name),
        version: inlineString(table, 'version'),
        marker: inlineString(table, 'marker'),
        extras: strings(extras).map(normalName),
      },
    ];
  });
}
