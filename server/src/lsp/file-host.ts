import type { Connection, InitializeParams } from 'vscode-languageserver';
import type { FileKind } from '../context/file-tree.js';
import type { InitializationOptions, ListFolderRequest, ReadFileRequest } from '../protocol.js';

/** `isExecutable`: null where the host cannot tell. */
export type HostFile = { readonly text: string; readonly isExecutable: boolean | null };

/** Reads for the server. Null is "not there" as well as "cannot be read"; a rejection counts as null. */
export type FileHost = {
  /** Of a text file, without a byte order mark. */
  readonly read: (uri: string) => Promise<HostFile | null>;
  readonly list: (uri: string) => Promise<ReadonlyMap<string, FileKind> | null>;
  readonly isExecutable: (uri: string) => Promise<boolean | null>;
};

const readFileMethod: ReadFileRequest['method'] = 'distroless/readFile';
const listFolderMethod: ListFolderRequest['method'] = 'distroless/listFolder';

/** Names in a folder beyond which it counts as one that cannot be read. */
const mostNames = 20_000;

type Client = { readonly connection: Connection; readonly options: InitializationOptions };

/**
 * The client reads where it offers to, on whatever file system; else the machine does, where it can. Which files are
 * executable only the machine tells.
 */
export function hostOf(client: Client, machine: FileHost | null): FileHost | null {
  const { readsFiles, listsFolders } = client.options;
  if (readsFiles !== true) return machine;
  const isExecutable = async (uri: string) => (await machine?.isExecutable(uri)) ?? null;
  return {
    isExecutable,
    read: async (uri) => {
      const params: ReadFileRequest['params'] = { uri };
      const result: unknown = await client.connection.sendRequest(readFileMethod, params);
      const text = typeof result === 'object' && result !== null && 'text' in result ? result.text : null;
      return typeof text === 'string'
        ? { text: text.replace(/^\ufeff/, ''), isExecutable: await isExecutable(uri) }
        : null;
    },
    list: async (uri) => {
      if (listsFolders !== true) return null;
      const params: ListFolderRequest['params'] = { uri };
      return readEntries(await client.connection.sendRequest(listFolderMethod, params));
    },
  };
}

/** The folders that a client opened; older clients name one only. */
export function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  return workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
}

const kinds: readonly FileKind[] = ['file', 'directory', 'link'];

/** Null as soon as one entry is not as it should be: half a listing would make files missing that are there. */
function readEntries(result: unknown): ReadonlyMap<string, FileKind> | null {
  const entries: unknown = typeof result === 'object' && result !== null && 'entries' in result ? result.entries : null;
  if (!Array.isArray(entries) || entries.length > mostNames) return null;
  const names = new Map<string, FileKind>();
  for (const entry of entries as unknown[]) {
    const [name, kind] = (Array.isArray(entry) ? entry : []) as unknown[];
    const known = kinds.find((one) => one === kind);
    if (typeof name !== 'string' || !known || !isName(name)) return null;
    names.set(name, known);
  }
  return names;
}

function isName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name);
}
