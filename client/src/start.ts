import { extensions, window, type ExtensionContext } from 'vscode';
import { RevealOutputChannelOn, type BaseLanguageClient, type LanguageClientOptions } from 'vscode-languageclient';
import type { InitializationOptions, NeighboursNotification, StatusNotification } from '../../server/src/protocol.js';
import { registerCommands } from './commands.js';
import { createCompareView } from './compare-view.js';
import { installedNeighbours } from './neighbours.js';
import { registerPages } from './pages.js';
import { createPreview } from './preview.js';
import { listFolder, listFolderMethod, readFile, readFileMethod } from './read-file.js';
import { createStagesView } from './stages-view.js';
import { createStatusItem } from './status.js';
import { followUnsavedFiles } from './unsaved-files.js';

const statusMethod: StatusNotification['method'] = 'distroless/status';
const neighboursMethod: NeighboursNotification['method'] = 'distroless/neighbours';

/** What a link in a hover may run. */
const enabledCommands = ['distroless.openPage', 'distroless.compare', 'distroless.showStages'];

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
      documentSelector: [{ language: 'dockerfile' }, { pattern: '**/distroless.config.json' }],
      outputChannel: log,
      traceOutputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      diagnosticPullOptions: { onChange: true, onSave: true },
      markdown: { isTrusted: { enabledCommands } },
      initializationOptions: (): InitializationOptions => ({
        neighbours: installedNeighbours(),
        showsStatus: true,
        runsCommands: true,
        readsFiles: true,
        listsFolders: true,
      }),
    },
  });

  const preview = createPreview();
  running = client;
  context.subscriptions.push(
    log,
    status,
    client.onDidChangeState(({ newState }) => status.showState(newState)),
    client.onNotification(statusMethod, status.show),
    client.onRequest(readFileMethod, readFile),
    client.onRequest(listFolderMethod, listFolder),
    extensions.onDidChange(async () => {
      const params: NeighboursNotification['params'] = { neighbours: installedNeighbours() };
      if (client.isRunning()) await client.sendNotification(neighboursMethod, params);
    }),
    ...followUnsavedFiles(client),
    ...registerCommands({ client, log }),
    ...registerPages(context.extensionUri),
    ...preview.subscriptions,
    ...createCompareView({ context, client, preview }),
    ...createStagesView({ context, client }),
  );
  await client.start();
}

/** Settles when the server has ended. */
export async function stopExtension(): Promise<void> {
  await running?.dispose();
}
