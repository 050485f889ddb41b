import { readdirSync, readFileSync, statSync, type Dirent } from 'node:fs';
import { stat, readdir, readFile } from 'node:fs/promises';
import type { FileKind } from '../context/file-tree.js';

/** `isExecutable`: null on Windows, which does not know it. */
export type DiskFile = { readonly text: string; readonly isExecutable: boolean | null };

const mostBytes = 4 * 1024 * 1024;
const mostNames = 20_000;

/** What lies in a folder, links as links; undefined when it cannot be read or holds more than can be of use. */
export function listDiskSync(folder: string): ReadonlyMap<string, FileKind> | undefined {
  try {
    return namesOf(readdirSync(folder, { withFileTypes: true }));
  } catch {
    return undefined;
  }
}

/** See `listDiskSync`. */
export async function listDisk(folder: string): Promise<ReadonlyMap<string, FileKind> | undefined> {
  try {
    return namesOf(await readdir(folder, { withFileTypes: true }));
  } catch {
    return undefined;
  }
}

/** A text file of ordinary size that is no link; undefined for all else. */
export function readDiskSync(path: string): DiskFile | undefined {
  try {
    const entry = statSync(path);
    return isReadable(entry) ? toFile(readFileSync(path), entry.mode) : undefined;
  } catch {
    return undefined;
  }
}

/** See `readDiskSync`. */
export async function readDisk(path: string): Promise<DiskFile | undefined> {
  try {
    const entry = await stat(path);
    return isReadable(entry) ? toFile(await readFile(path), entry.mode) : undefined;
  } catch {
    return undefined;
  }
}

/** Null where the system does not know, and where there is no such file. */
export async function isExecutableOnDisk(path: string): Promise<boolean | null> {
  try {
    return executable((await stat(path)).mode);
  } catch {
    return null;
  }
}

type Entry = { readonly isFile: () => boolean; readonly size: number };

/** A pipe or a device is no file to wait for. */
function isReadable(entry: Entry): boolean {
  return entry.isFile() && entry.size <= mostBytes;
}

function namesOf(entries: readonly Dirent[]): ReadonlyMap<string, FileKind> | undefined {
  if (entries.length > mostNames) return undefined;
  return new Map(entries.map((entry) => [entry.name, kindOf(entry)]));
}

/** What is neither file nor folder is there, and not to be looked into, as a link. */
function kindOf(entry: Dirent): FileKind {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'directory' : 'link';
}

/** Without a byte order mark; undefined for what is no text. */
function toFile(bytes: Uint8Array, mode: number): DiskFile | undefined {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  return text.includes('\0') ? undefined : { text, isExecutable: executable(mode) };
}

function executable(mode: number): boolean | null {
  return process.platform === 'win32' ? null : (mode & 0o111) !== 0;
}
