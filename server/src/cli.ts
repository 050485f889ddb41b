import { readFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { version } from '../../package.json';
import { createWorld } from './analyze.js';
import { type Host, run } from './cli/run.js';
import { openDiskTree } from './disk/disk-tree.js';

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
};

const trees = new Map<string, ReturnType<typeof openDiskTree>>();

const host: Host = {
  version,
  world: () => createWorld(new Date().toISOString().slice(0, 10)),
  read: readText,
  placesAbove,
  placeOf,
  shown,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isColoured: process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
  startServer: async () => {
    await import('./main.js');
  },
};

// A reader that goes away early, such as head, is no fault of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? 0);
  });
}

run(process.argv.slice(2), host).then(
  (status) => {
    if (status !== null) process.exitCode = status;
  },
  // Left alone, it would end with status 1, which means findings.
  (error: unknown) => {
    process.stderr.write(`distroless-guide: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);

/** The text without a byte order mark, so that columns are those an editor shows. */
function readText(file: string): ReturnType<Host['read']> {
  try {
    return { text: readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\ufeff/, '') };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { problem: (code && problems[code]) ?? message, isMissing: code === 'ENOENT' || code === 'ENOTDIR' };
  }
}

/** In a folder that is not below the current one, only the folder itself is looked at. */
function placesAbove(file: string, name: string): string[] {
  const steps = stepsTo(file === '-' ? process.cwd() : dirname(resolve(file)));
  if (!steps) return [join(dirname(file), name)];
  return [...steps.map((_, index) => join(...steps.slice(0, steps.length - index), name)), name];
}

/** Files are read below the current folder, or below the Dockerfile's own where that lies elsewhere. */
function placeOf(file: string): ReturnType<Host['placeOf']> {
  if (file === '-') return null;
  const here = process.cwd();
  const steps = stepsTo(dirname(resolve(file)));
  const root = steps ? here : dirname(resolve(file));
  const tree = trees.get(root) ?? openDiskTree(root, (path) => shown(file, path));
  trees.set(root, tree);
  return { tree, path: [...(steps ?? []), basename(file)].join('/') };
}

/** From the current folder, or as the file is named. */
function shown(file: string, path: string): string {
  return stepsTo(dirname(resolve(file))) ? path : join(dirname(file), path);
}

/** The names from the current folder down to another; null when that does not lie below. */
function stepsTo(folder: string): string[] | null {
  const below = relative(process.cwd(), folder);
  if (isAbsolute(below) || below === '..' || below.startsWith(`..${sep}`)) return null;
  return below === '' ? [] : below.split(sep);
}
