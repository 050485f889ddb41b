import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './lsp/server.js';
import type { FileReader } from './lsp/workspace-files.js';

const mostBytes = 4 * 1024 * 1024;

/** For clients that do not read files for the server. A pipe or a device is no file to wait for. */
const readFromDisk: FileReader = async (uri) => {
  if (!uri.startsWith('file:')) return null;
  const path = fileURLToPath(uri);
  const entry = await stat(path);
  return entry.isFile() && entry.size <= mostBytes ? readFile(path, 'utf8') : null;
};

// The arguments (--stdio, --node-ipc, --pipe=…, --socket=…) say how to reach the client.
startServer(createConnection(ProposedFeatures.all), readFromDisk);
