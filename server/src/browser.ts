import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { startServer } from './lsp/server.js';

/** The web worker that this file is the script of. */
const worker = self as DedicatedWorkerGlobalScope;

// dockerfile-ast 0.7.1 looks for a byte order mark with Node's Buffer (lib/util.js); this is all it asks of it.
Object.assign(worker, { Buffer: { from: (text: string) => new TextEncoder().encode(text) } });

const connection = createConnection(
  ProposedFeatures.all,
  new BrowserMessageReader(worker),
  new BrowserMessageWriter(worker),
);
connection.onExit(() => worker.close());
startServer(connection);
