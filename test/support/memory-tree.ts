import type { ContextFile, FileKind, FileTree } from '../../server/src/context/file-tree.js';

/** Texts by path; `isExecutable` is true for a text alone. A path that ends in a slash is an empty folder. */
export type MemoryFiles = Readonly<Record<string, string | { readonly text: string; readonly isExecutable: boolean }>>;

/** A tree in which everything is known. */
export function memoryTree(files: MemoryFiles): FileTree {
  const texts = new Map<string, ContextFile>();
  const folders = new Map<string, Map<string, FileKind>>([['', new Map()]]);
  for (const [path, content] of Object.entries(files)) {
    const { text, isExecutable } = typeof content === 'string' ? { text: content, isExecutable: true } : content;
    const parts = path.split('/');
    if (!path.endsWith('/')) texts.set(path, { path, uri: `file:///work/${path}`, text, isExecutable });
    parts.forEach((name, index) => {
      const folder = parts.slice(0, index).join('/');
      if (!folders.has(folder)) folders.set(folder, new Map());
      if (name !== '') folders.get(folder)?.set(name, index === parts.length - 1 ? 'file' : 'directory');
    });
  }
  return { list: (folder) => folders.get(folder) ?? null, read: (path) => texts.get(path) ?? null };
}
