import { FileType, Uri, workspace } from 'vscode';
import type { EntryKind, ListFolderRequest, ReadFileRequest } from '../../server/src/protocol.js';
import { unsavedText } from './unsaved-files.js';

export const readFileMethod: ReadFileRequest['method'] = 'distroless/readFile';
export const listFolderMethod: ListFolderRequest['method'] = 'distroless/listFolder';

const mostBytes = 4 * 1024 * 1024;

/** The text of a file of the workspace as it is typed, or else on any file system; null for all else. */
export async function readFile({ uri }: ReadFileRequest['params']): Promise<ReadFileRequest['result']> {
  try {
    const file = Uri.parse(uri, true);
    if (!workspace.getWorkspaceFolder(file)) return null;
    const typed = unsavedText(file);
    if (typed !== undefined) return { text: typed };
    const { type, size } = await workspace.fs.stat(file);
    if ((type & FileType.File) === 0 || size > mostBytes) return null;
    const bytes = await workspace.fs.readFile(file);
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    // It is not there, may not be read, or is no text.
    return null;
  }
}

/** What lies in a folder of the workspace, on any file system; null for all else. */
export async function listFolder({ uri }: ListFolderRequest['params']): Promise<ListFolderRequest['result']> {
  try {
    const folder = Uri.parse(uri, true);
    if (!workspace.getWorkspaceFolder(folder)) return null;
    const entries = await workspace.fs.readDirectory(folder);
    return { entries: entries.map(([name, type]) => [name, kindOf(type)] as const) };
  } catch {
    // It is not there, is no folder, or may not be read.
    return null;
  }
}

function kindOf(type: FileType): EntryKind {
  if (type === FileType.File) return 'file';
  return type === FileType.Directory ? 'directory' : 'link';
}
