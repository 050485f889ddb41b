import type { SourceFile } from '../../text/source-file.js';
import { memo } from '../memo.js';
import { readNamed, type LockedPackage } from './lock.js';
import {
  anyString,
  inlineString,
  inlineTables,
  plainString,
  readBlocks,
  type Block,
  type Entry,
} from './toml-blocks.js';
import { readWheelName } from './wheel.js';

export type PylockPackage = LockedPackage & { readonly marker: string | null };

/** Null when the file is no pylock.toml: https://packaging.python.org/en/latest/specifications/pylock-toml/ */
export const readPylock = memo((file: SourceFile): readonly PylockPackage[] | null => {
  const blocks = readBlocks(file);
  if (!blocks[0]?.entries.has('lock-version')) return null;
  const packages: { one: PylockPackage; blocks: Block[] }[] = [];
  for (const block of blocks) {
    if (block.name === 'packages' && block.isItem) {
      const one = packageOf(file, block.entries);
      if (!one) return null;
      packages.push({ one, blocks: [block] });
    } else if (block.name.startsWith('packages.')) packages.at(-1)?.blocks.push(block);
  }
  return packages.map(({ one, blocks: own }) => ({ ...one, files: filesOf(own) }));
});

function packageOf(file: SourceFile, entries: ReadonlyMap<string, Entry>): PylockPackage | null {
  const named = readNamed(file, entries);
  if (!named) return null;
  const marker = entries.get('marker');
  return {
    ...named,
    files: null,
    marker: marker ? anyString(marker) : null,
  };
}

/** Wheels stand in the table of the package, or each in a table of its own. */
function filesOf([own, ...others]: readonly Block[]): LockedPackage['files'] {
  const inline = inlineTables(own?.entries.get('wheels')?.raw ?? '').map(
    (table) => inlineString(table, 'name') ?? inlineString(table, 'url') ?? inlineString(table, 'path') ?? '',
  );
  const tables = others.filter(({ name }) => name === 'packages.wheels');
  const listed = tables.map(({ entries }) => {
    const place = entries.get('name') ?? entries.get('url') ?? entries.get('path');
    return plainString(place) ?? '';
  });
  const isElsewhere = ['vcs', 'directory', 'archive'].some(
    (key) => own?.entries.has(key) || others.some(({ name }) => name === `packages.${key}`),
  );
  if (isElsewhere) return null;
  const names = [...inline, ...listed].map((place) => place.slice(place.lastIndexOf('/') + 1));
  const hasSource = own?.entries.has('sdist') === true || others.some(({ name }) => name === 'packages.sdist');
  return { wheels: names.map(readWheelName).filter((wheel) => wheel !== null), hasSource };
}
