import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { isExecutableOnDisk, listDisk, readDisk } from './disk/disk-files.js';
import { startServer } from './lsp/server.js';

/** What `read` says about a place on the disk; null for an address elsewhere. */
function onDisk<T>(read: (path: string) => Promise<T | null | undefined>) {
  return async (uri: string): Promise<T | null> =>
    uri.startsWith('file:') ? ((await read(fileURLToPath(uri))) ?? null) : null;
}

// The arguments (--stdio, --node-ipc, --pipe=…, --socket=…) say how to reach the client.
startServer(createConnection(ProposedFeatures.all), {
  read: onDisk(readDisk),
  list: onDisk(listDisk),
  isExecutable: onDisk(isExecutableOnDisk),
});
