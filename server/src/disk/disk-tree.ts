import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ContextFile, FileKind, FileTree } from '../context/file-tree.js';
import { guardTree } from '../context/guard-tree.js';
import { listDiskSync, readDiskSync } from './disk-files.js';

/** How many files are read below one folder, and UTF-16 code units of all of them. */
const mostFiles = 3000;
const mostUnits = 32 * 1024 * 1024;

/** The files below a folder, each read once. `shown` makes the path that people are told from the one in the tree. */
export function openDiskTree(folder: string, shown: (path: string) => string): FileTree {
  const lists = new Map<string, ReadonlyMap<string, FileKind> | undefined>();
  const files = new Map<string, ContextFile | undefined>();
  let units = 0;

  const read = (path: string): ContextFile | undefined => {
    if (files.size >= mostFiles) return undefined;
    const place = join(folder, path);
    const file = readDiskSync(place);
    if (!file || units + file.text.length > mostUnits) return undefined;
    units += file.text.length;
    return { path: shown(path), uri: pathToFileURL(place).href, ...file };
  };

  return guardTree({
    list: (path) => kept(lists, path, () => listDiskSync(join(folder, path))),
    read: (path) => kept(files, path, () => read(path)),
  });
}

function kept<T>(known: Map<string, T | undefined>, path: string, make: () => T | undefined): T | undefined {
  if (!known.has(path)) known.set(path, make());
  return known.get(path);
}
