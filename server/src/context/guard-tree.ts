import type { ContextFile, FileKind, FileTree } from './file-tree.js';
import { folderOf, nameOf } from './file-tree.js';

type Names = ReadonlyMap<string, FileKind>;

/** What a host can say: undefined is "not read yet" or "cannot be read". */
export type FileSource = {
  /** Asked for folders only. */
  readonly list: (folder: string) => Names | undefined;
  /** Asked for files only. */
  readonly read: (path: string) => ContextFile | undefined;
};

/**
 * The tree of a host. It goes down from the top, from listing to listing: nothing is asked for below a link or outside
 * the tree's folder, and what a listing does not name is known not to be there.
 */
export function guardTree({ list, read }: FileSource): FileTree {
  const listing = (folder: string): Names | null | undefined => {
    let [names, above] = [list(''), ''];
    if (folder === '') return names;
    for (const name of folder.split('/')) {
      if (!names) return undefined;
      const kind = names.get(name);
      if (kind === 'link') return undefined;
      if (kind !== 'directory') return null;
      above = above === '' ? name : `${above}/${name}`;
      names = list(above);
    }
    return names;
  };
  return {
    list: listing,
    read: (path) => {
      const names = listing(folderOf(path));
      if (!names) return names;
      const kind = names.get(nameOf(path));
      if (kind === 'file') return read(path);
      return kind === 'link' ? undefined : null;
    },
  };
}
