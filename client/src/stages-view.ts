import { commands, Uri, window, type Disposable, type ExtensionContext, type TextDocument } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { StagesRequest } from '../../server/src/protocol.js';
import { FollowingPanel, type View } from './following-panel.js';
import type { ToStagesView } from './messages.js';
import { fileName, revealLine } from './places.js';

export type StagesParts = { readonly context: ExtensionContext; readonly client: BaseLanguageClient };

const method: StagesRequest['method'] = 'distroless/stages';

const kind = { type: 'distroless.stages', name: 'webview-stages', title: 'Stages' };

/** The picture of the stages of a file, and the command that opens it. */
export function createStagesView({ context, client }: StagesParts): Disposable[] {
  const view: View<ToStagesView> = {
    kind,
    nothing: (text) => ({ kind: 'nothing', text }),
    ask: (document) => shownOf(client, document),
    receive: async (message, { uri }) => {
      if (message.kind === 'goTo') await revealLine(uri, message.line);
    },
  };
  const panel = new FollowingPanel(context, view);
  const command = commands.registerCommand('distroless.showStages', async (argument?: unknown) => {
    const uri = uriOf(argument);
    if (uri) await panel.show({ uri, position: null });
    else await window.showInformationMessage('Open a Dockerfile to see its stages.');
  });
  return [panel, command];
}

async function shownOf(client: BaseLanguageClient, { uri }: TextDocument): Promise<ToStagesView> {
  const params: StagesRequest['params'] = { uri: client.code2ProtocolConverter.asUri(uri) };
  const graph: StagesRequest['result'] = await client.sendRequest(method, params);
  const file = fileName(uri);
  return graph ? { kind: 'stages', graph, file } : { kind: 'nothing', text: `There are no stages in '${file}'.` };
}

function uriOf(argument: unknown): Uri | null {
  if (argument instanceof Uri) return argument;
  if (typeof argument === 'string') return Uri.parse(argument);
  const document = window.activeTextEditor?.document;
  return document?.languageId === 'dockerfile' ? document.uri : null;
}
