import { commands, Uri, window } from 'vscode';
import type { Disposable, ExtensionContext, TextDocument } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Comparison, CompareRequest, Position } from '../../server/src/protocol.js';
import { FollowingPanel, type Subject, type View } from './following-panel.js';
import type { FromView, ToCompareView } from './messages.js';
import { fileName, revealLine } from './places.js';
import type { Preview } from './preview.js';

export type CompareParts = {
  readonly context: ExtensionContext;
  readonly client: BaseLanguageClient;
  readonly preview: Preview;
};

const method: CompareRequest['method'] = 'distroless/compare';

const kind = { type: 'distroless.compare', name: 'webview-compare', title: 'Compare Base Images' };

/** The table of base images for a stage, and the command that opens it. */
export function createCompareView({ context, client, preview }: CompareParts): Disposable[] {
  const view: View<ToCompareView> = {
    kind,
    nothing: (text) => ({ kind: 'nothing', text }),
    ask: (document, position) => shownOf(client, document, position),
    receive: (message, subject) => receive({ client, preview }, message, subject),
  };
  const panel = new FollowingPanel(context, view);
  const command = commands.registerCommand('distroless.compare', async (uri?: unknown, position?: unknown) => {
    const subject = subjectOf(uri, position);
    if (subject) await panel.show({ ...subject, uri: preview.sourceOf(subject.uri) ?? subject.uri });
    else await window.showInformationMessage('Open a Dockerfile to compare its base images.');
  });
  return [panel, command];
}

async function shownOf(
  client: BaseLanguageClient,
  document: TextDocument,
  at: Position | null,
): Promise<ToCompareView> {
  const file = fileName(document.uri);
  const comparison = await ask(client, document.uri, at);
  if (!comparison) return { kind: 'nothing', text: `There is no stage in '${file}' whose base can be compared.` };
  const position = at && { line: comparison.stage.line, character: 0 };
  return { kind: 'comparison', comparison, file, position };
}

/** A position before the first stage stands for the final one. */
async function ask(client: BaseLanguageClient, uri: Uri, position: Position | null): Promise<Comparison | null> {
  const request = (at: Position | null): Promise<CompareRequest['result']> =>
    client.sendRequest(method, { uri: client.code2ProtocolConverter.asUri(uri), position: at });
  return (await request(position)) ?? (position ? request(null) : null);
}

async function receive(
  { client, preview }: Pick<CompareParts, 'client' | 'preview'>,
  message: FromView,
  { uri, position }: Subject,
): Promise<void> {
  if (message.kind === 'goTo') await revealLine(uri, message.line);
  if (message.kind === 'openPage') await commands.executeCommand('distroless.openPage', message.page);
  if (message.kind !== 'showChange') return;
  const { reference } = message;
  const find = async (at: Position | null) => {
    const comparison = await ask(client, uri, at);
    const row = comparison?.rows.find((one) => one.reference === reference);
    return comparison && row?.edit ? { edit: row.edit, version: comparison.version } : null;
  };
  await preview.show({ uri, position, reference, find });
}

/** From the arguments of a lens or a link, else from the active editor. */
function subjectOf(uri: unknown, position: unknown): Subject | null {
  if (typeof uri === 'string' || uri instanceof Uri) {
    return { uri: typeof uri === 'string' ? Uri.parse(uri) : uri, position: positionOf(position) };
  }
  const editor = window.activeTextEditor ?? window.visibleTextEditors.find(({ document }) => isDockerfile(document));
  if (!editor || !isDockerfile(editor.document)) return null;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri, position: { line, character } };
}

function isDockerfile({ languageId }: TextDocument): boolean {
  return languageId === 'dockerfile';
}

function positionOf(position: unknown): Position | null {
  if (typeof position !== 'object' || position === null) return null;
  const { line, character } = position as Partial<Position>;
  if (!Number.isSafeInteger(line)) return null;
  return { line: Number(line), character: Number.isSafeInteger(character) ? Number(character) : 0 };
}
