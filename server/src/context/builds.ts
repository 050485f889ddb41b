import type { SourceFile } from '../text/source-file.js';
import type { Span } from '../text/span.js';
import { readBake } from './bake.js';
import { readCompose } from './compose.js';
import { folderOf, foldersUp, type FileTree } from './file-tree.js';

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

/** Of each group one file is read, the first that is there, as the tools do. */
const readers: readonly { readonly names: readonly string[]; readonly read: Reader }[] = [
  { names: ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'], read: readCompose },
  { names: ['docker-bake.hcl', 'docker-bake.json'], read: readBake },
];

/** For those who watch files. */
export const buildFileNames: readonly string[] = readers.flatMap(({ names }) => names);

/** The builds of one Dockerfile (`path`, from the tree's folder), found beside it and in the folders above it. */
export function findBuilds(tree: FileTree, path: string): readonly Build[] {
  const folders = foldersUp(folderOf(path));
  const builds = folders.flatMap((folder) => {
    const names = tree.list(folder);
    if (!names) return [];
    return readers.flatMap(({ names: candidates, read }) => {
      const name = candidates.find((candidate) => names.get(candidate) === 'file');
      const file = name === undefined ? null : tree.read(folder === '' ? name : `${folder}/${name}`);
      return file ? readOnce(file, () => read(file, folder)) : [];
    });
  });
  return builds.filter(({ dockerfile }) => dockerfile === path);
}

const kept = new WeakMap<SourceFile, readonly Build[]>();

/** A file lies in one folder, and a change of it makes another object. */
function readOnce(file: SourceFile, read: () => readonly Build[]): readonly Build[] {
  const found = kept.get(file) ?? read();
  kept.set(file, found);
  return found;
}
