import type { SourceFile } from '../../text/source-file.js';
import { memo } from '../memo.js';
import { normalName, readNamed, type Demand, type LockedFiles, type LockedPackage } from './lock.js';
import { inlineString, inlineTables, readBlocks, strings, type Entry } from './toml-blocks.js';
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
  const packages: Writable[] = [];
  for (const { name, isItem, entries } of blocks) {
    if (name === 'package' && isItem) {
      const one = packageOf(file, entries);
      if (!one) return null;
      packages.push(one);
    }
    const last = packages.at(-1);
    const lists =
      name === 'package.optional-dependencies'
        ? last?.extras
        : name === 'package.dev-dependencies'
          ? last?.groups
          : null;
    for (const [key, { raw }] of lists ? entries : []) lists?.set(normalName(key), demands(raw));
  }
  return { packages };
});

type Writable = UvPackage & {
  readonly extras: Map<string, readonly UvDemand[]>;
  readonly groups: Map<string, readonly UvDemand[]>;
};

function packageOf(file: SourceFile, entries: ReadonlyMap<string, Entry>): Writable | null {
  const named = readNamed(file, entries);
  if (!named) return null;
  const source = entries.get('source')?.raw ?? '';
  return {
    ...named,
    files: /\bregistry\s*=/.test(source) ? filesOf(entries) : null,
    folder: inlineString(source, 'editable') ?? inlineString(source, 'virtual') ?? inlineString(source, 'directory'),
    dependencies: demands(entries.get('dependencies')?.raw ?? ''),
    extras: new Map(),
    groups: new Map(),
  };
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
