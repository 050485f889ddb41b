import { joinPath } from './file-tree.js';

/**
 * The path of a context or Dockerfile that a build file names, from the tree's folder. Null where it is not known: a web
 * address, a folder of the machine or above the tree.
 */
export function buildPath(folder: string, path: string | null): string | null {
  if (path === null || /^[/~]|^[\w+.-]+:|^git@/.test(path)) return null;
  return joinPath(folder, path);
}
