import type { Connection, InitializeParams } from 'vscode-languageserver';
import type { InitializationOptions, ReadFileRequest } from '../protocol.js';
import type { FileReader } from './workspace-files.js';

export const readFileMethod: ReadFileRequest['method'] = 'distroless/readFile';

type Client = { readonly connection: Connection; readonly options: InitializationOptions };

/** The client reads where it offers to; else the host does, where it can. */
export function readerOf(client: Client, host: FileReader | null): FileReader | null {
  if (client.options.readsFiles !== true) return host;
  return async (uri: string): Promise<string | null> => {
    const params: ReadFileRequest['params'] = { uri };
    const result: unknown = await client.connection.sendRequest(readFileMethod, params);
    const text = typeof result === 'object' && result !== null && 'text' in result ? result.text : null;
    return typeof text === 'string' ? text : null;
  };
}

/** The folders that a client opened; older clients name one only. */
export function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  return workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
}
