import type { SourceFile } from '../text/source-file.js';

/** A link is never followed: what it leads to is not known. */
export type FileKind = 'file' | 'directory' | 'link';

/** `isExecutable`: null where the file system does not tell (Windows, the web). */
export type ContextFile = SourceFile & { readonly isExecutable: boolean | null };

/**
 * The files below one folder, as far as they were read. Paths are relative to that folder, with slashes, without `.`,
 * `..` and an end slash; the folder itself is ''. Everywhere null means "known not to be there" and undefined "not known":
 * not read yet, or not to be read. Asking for what is not known makes the host read it, so that a later analysis knows.
 */
export type FileTree = {
  /** What lies in a folder, by name. */
  readonly list: (folder: string) => ReadonlyMap<string, FileKind> | null | undefined;
  readonly read: (path: string) => ContextFile | null | undefined;
};

/** Where a Dockerfile lies; `path` is relative to the tree's folder. */
export type FilePlace = { readonly tree: FileTree; readonly path: string };

/** `a/b` and `../c` make `a/c`; null for what lies above the tree's folder. */
export function joinPath(folder: string, path: string): string | null {
  const parts = path.startsWith('/') ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.filter(Boolean).length === 0) return null;
    else parts.pop();
  }
  return parts.filter(Boolean).join('/');
}

/** The folder that a path lies in; '' for what lies in the tree's folder itself. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A folder and those above it, the nearest first. */
export function foldersUp(folder: string): string[] {
  const folders = [folder];
  while (folder !== '') {
    folder = folderOf(folder);
    folders.push(folder);
  }
  return folders;
}

/** What lies at a path: null when there is nothing, undefined when that is not known. */
export function kindAt(tree: FileTree, path: string): FileKind | null | undefined {
  if (path === '') return 'directory';
  const names = tree.list(folderOf(path));
  return names && (names.get(nameOf(path)) ?? null);
}
