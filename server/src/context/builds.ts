import type { SourceFile } from '../text/source-file.js';
import type { Span } from '../text/span.js';
import type { FileTree } from './file-tree.js';
import { foldersUp, folderOf } from './file-tree.js';

/** A value in a build file with the place it stands at; null where it is not known (a variable without default). */
export type BuildValue = { readonly value: string | null; readonly span: Span };

/** A service of a compose file or a target of a bake file that builds a Dockerfile. */
export type Build = {
  readonly file: SourceFile;
  readonly kind: 'compose' | 'bake';
  /** The name of the service or target, and where it stands. */
  readonly name: string;
  readonly span: Span;
  /** Folder and Dockerfile, from the tree's folder; null where they are not known or lie elsewhere. */
  readonly context: string | null;
  readonly dockerfile: string | null;
  /** The stage that is built; null for the last one. */
  readonly target: BuildValue | null;
  readonly args: ReadonlyMap<string, BuildValue>;
};

type Reader = (file: SourceFile, folder: string) => readonly Build[];

/** By file name, in the order in which the tools look for them. */
const readers: Readonly<Record<string, Reader>> = {};

/** The builds of one Dockerfile (`path`, from the tree's folder), found beside it and in the folders above it. */
export function findBuilds(tree: FileTree, path: string): readonly Build[] {
  const folders = foldersUp(folderOf(path));
  const builds = folders.flatMap((folder) => {
    const names = tree.list(folder);
    if (!names) return [];
    return Object.entries(readers).flatMap(([name, read]) => {
      const file = names.get(name) === 'file' ? tree.read(folder === '' ? name : `${folder}/${name}`) : null;
      return file ? read(file, folder) : [];
    });
  });
  return builds.filter(({ dockerfile }) => dockerfile === path);
}
