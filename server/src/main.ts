import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from './lsp/server.js';

// The arguments (--stdio, --node-ipc, --pipe=…, --socket=…) say how to reach the client.
startServer(createConnection(ProposedFeatures.all));
