import { FileType, Uri, workspace } from 'vscode';
import type { ReadFileRequest } from '../../server/src/protocol.js';

export const readFileMethod: ReadFileRequest['method'] = 'distroless/readFile';

const mostBytes = 4 * 1024 * 1024;

/** The text of a file of the workspace, on any file system; null for all else. */
export async function readFile({ uri }: ReadFileRequest['params']): Promise<ReadFileRequest['result']> {
  try {
    const file = Uri.parse(uri, true);
    if (!workspace.getWorkspaceFolder(file)) return null;
    const { type, size } = await workspace.fs.stat(file);
    if ((type & FileType.File) === 0 || size > mostBytes) return null;
    const bytes = await workspace.fs.readFile(file);
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    // It is not there, may not be read, or is no text.
    return null;
  }
}
