import type { SourceFile } from '../../text/source-file.js';
import { memo } from '../memo.js';
import { readNamed, type LockedPackage } from './lock.js';
import { anyString, inlineString, inlineTables, itemsOf, plainString, readBlocks, type Item } from './toml-blocks.js';
import { readWheelName } from './wheel.js';

export type PylockPackage = LockedPackage & { readonly marker: string | null };

/** Null when the file is no pylock.toml: https://packaging.python.org/en/latest/specifications/pylock-toml/ */
export const readPylock = memo((file: SourceFile): readonly PylockPackage[] | null => {
  const blocks = readBlocks(file);
  if (!blocks[0]?.entries.has('lock-version')) return null;
  const packages = itemsOf('packages', blocks).map((item) => packageOf(file, item));
  return packages.every((one) => one !== null) ? packages : null;
});

function packageOf(file: SourceFile, item: Item): PylockPackage | null {
  const named = readNamed(file, item[0].entries);
  const marker = item[0].entries.get('marker');
  return named && { ...named, files: filesOf(item), marker: marker ? anyString(marker) : null };
}

/** Wheels stand in the table of the package, or each in a table of its own. */
function filesOf([own, ...others]: Item): LockedPackage['files'] {
  const inline = inlineTables(own.entries.get('wheels')?.raw ?? '').map(
    (table) => inlineString(table, 'name') ?? inlineString(table, 'url') ?? inlineString(table, 'path') ?? '',
  );
  const tables = others.filter(({ name }) => name === 'packages.wheels');
  const listed = tables.map(({ entries }) => {
    const place = entries.get('name') ?? entries.get('url') ?? entries.get('path');
    return plainString(place) ?? '';
  });
  const isElsewhere = ['vcs', 'directory', 'archive'].some(
    (key) => own.entries.has(key) || others.some(({ name }) => name === `packages.${key}`),
  );
  if (isElsewhere) return null;
  const names = [...inline, ...listed].map((place) => place.slice(place.lastIndexOf('/') + 1));
  const hasSource = own.entries.has('sdist') || others.some(({ name }) => name === 'packages.sdist');
  return { wheels: names.map(readWheelName).filter((wheel) => wheel !== null), hasSource };
}
