import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileKind, FileTree } from '../../server/src/context/file-tree.js';
import type { Programs } from './compile.js';
import type { ContextFile, ContextFiles } from './model.js';

/** Writes a build context into an empty folder. */
export function writeContext(files: ContextFiles, folder: string, programs: Programs): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, file] of Object.entries(files)) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFile(file, target, programs);
  }
}

/** The same files as the guide sees them; what a program of the lab holds is not known to it. */
export function treeOf(files: ContextFiles): FileTree {
  const folders = new Map<string, Map<string, FileKind>>([['', new Map()]]);
  for (const path of Object.keys(files)) {
    const parts = path.split('/');
    parts.forEach((name, index) => {
      const folder = parts.slice(0, index).join('/');
      const names = folders.get(folder) ?? new Map<string, FileKind>();
      folders.set(folder, names.set(name, index === parts.length - 1 ? 'file' : 'directory'));
    });
  }
  return {
    list: (folder) => folders.get(folder) ?? null,
    read: (path) => {
      const file = files[path];
      if (file?.kind !== 'text') return file ? undefined : null;
      return { path, uri: `file:///lab/${path}`, text: file.text, isExecutable: (modeOf(file) & 0o111) !== 0 };
    },
  };
}

function writeFile(file: ContextFile, target: string, programs: Programs): void {
  if (file.kind === 'text') writeFileSync(target, file.text);
  else cpSync(programs[file.kind] ?? '', target);
  chmodSync(target, modeOf(file));
}

function modeOf(file: ContextFile): number {
  return file.kind === 'text' ? (file.mode ?? 0o644) : 0o755;
}
