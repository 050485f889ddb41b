import { extensions, window, type ExtensionContext } from 'vscode';
import { RevealOutputChannelOn, type BaseLanguageClient, type LanguageClientOptions } from 'vscode-languageclient';
import type { InitializationOptions, NeighboursNotification, StatusNotification } from '../../server/src/protocol.js';
import { registerCommands } from './commands.js';
import { installedNeighbours } from './neighbours.js';
import { createStatusItem } from './status.js';

const statusMethod: StatusNotification['method'] = 'distroless/status';
const neighboursMethod: NeighboursNotification['method'] = 'distroless/neighbours';

/** Makes the client of the host in use, for a server in a process or in a worker. `id` also names the trace setting. */
export type ClientFactory = (wanted: {
  id: string;
  name: string;
  options: LanguageClientOptions;
}) => BaseLanguageClient;

let running: BaseLanguageClient | undefined;

/** Start the server and all that shows it in the editor. */
export async function startExtension(context: ExtensionContext, createClient: ClientFactory): Promise<void> {
  const name = 'Distroless Guide';
  const log = window.createOutputChannel(name, { log: true });
  const status = createStatusItem();
  const client = createClient({
    id: 'distroless',
    name,
    options: {
      documentSelector: [{ language: 'dockerfile' }],
      outputChannel: log,
      traceOutputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      diagnosticPullOptions: { onChange: true, onSave: true },
      initializationOptions: (): InitializationOptions => ({ neighbours: installedNeighbours(), showsStatus: true }),
    },
  });

  running = client;
  context.subscriptions.push(
    log,
    status,
    client.onDidChangeState(({ newState }) => status.showState(newState)),
    client.onNotification(statusMethod, status.show),
    extensions.onDidChange(async () => {
      const params: NeighboursNotification['params'] = { neighbours: installedNeighbours() };
      if (client.isRunning()) await client.sendNotification(neighboursMethod, params);
    }),
    ...registerCommands({ client, log }),
  );
  await client.start();
}

/** Settles when the server has ended. */
export async function stopExtension(): Promise<void> {
  await running?.dispose();
}
