import { afterEach } from 'node:test';
import { LspClient } from './lsp-client.js';
import { startProcess, type Transport } from './lsp-transports.js';

const running: LspClient[] = [];
afterEach(() => running.splice(0).forEach((client) => client.transport.kill()));

/** A client of a server of its own, which ends with the test. */
export function startClient(transport: Transport = startProcess()): LspClient {
  const client = new LspClient(transport);
  running.push(client);
  return client;
}
