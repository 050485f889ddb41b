import {
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  TextDocumentSyncKind,
  type Connection,
  type DidChangeConfigurationParams,
  type InitializeResult,
  type ServerCapabilities,
} from 'vscode-languageserver';
import { version } from '../../../package.json';
import type { NeighboursNotification } from '../protocol.js';
import type { ClientFeatures } from './client-features.js';
import { diagnosticSource } from './convert.js';
import { logged } from './guard.js';
import { fixAllKind } from './handlers/code-action.js';
import { completionTriggers } from './handlers/completion.js';
import { Publisher } from './publisher.js';
import { answerRequests } from './requests.js';
import { changeSurroundings, neighboursMethod, openSession, type Session } from './session.js';

/** Serve one client over `connection` until it says exit. */
export function startServer(connection: Connection): void {
  connection.onInitialize((params): InitializeResult => {
    const session = openSession(connection, params);
    const publisher = session.features.pullsDiagnostics ? null : new Publisher(session);
    answerRequests(session);
    followDocuments(session, publisher);
    followSurroundings(session, publisher);
    return { capabilities: capabilities(session.features), serverInfo: { name: 'distroless-guide', version } };
  });
  connection.listen();
}

function capabilities({ pullsDiagnostics, codeActionLiterals }: ClientFeatures): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    hoverProvider: true,
    completionProvider: { triggerCharacters: completionTriggers },
    codeLensProvider: { resolveProvider: false },
    inlayHintProvider: { resolveProvider: false },
    documentLinkProvider: { resolveProvider: false },
    ...(codeActionLiterals && {
      codeActionProvider: { codeActionKinds: ['quickfix', 'refactor.rewrite', fixAllKind] },
    }),
    ...(pullsDiagnostics && {
      diagnosticProvider: {
        identifier: diagnosticSource,
        interFileDependencies: false,
        workspaceDiagnostics: false,
      },
    }),
  };
}

function followDocuments(session: Session, publisher: Publisher | null): void {
  const { connection, documents, settings, status, features } = session;
  const follow = <P>(handle: (params: P) => void | Promise<void>) => logged(connection, handle);
  connection.onDidOpenTextDocument(
    follow(({ textDocument }) => {
      documents.open(textDocument);
      publisher?.schedule(textDocument.uri);
    }),
  );
  connection.onDidChangeTextDocument(
    follow(async ({ textDocument: { uri, version: changed }, contentChanges }) => {
      if (documents.change(uri, changed, contentChanges)) await publisher?.scheduleUnlessWaitingForSave(uri);
    }),
  );
  connection.onDidSaveTextDocument(
    follow(async ({ textDocument: { uri } }) => {
      if (!documents.save(uri)) return;
      const { run } = await settings.settingsOf(uri);
      if (run !== 'onSave') return;
      publisher?.schedule(uri);
      if (!publisher && features.refreshesDiagnostics) await connection.languages.diagnostics.refresh();
    }),
  );
  connection.onDidCloseTextDocument(
    follow(async ({ textDocument: { uri } }) => {
      documents.close(uri);
      settings.forget(uri);
      status.forget(uri);
      await publisher?.close(uri);
    }),
  );
}

function followSurroundings(session: Session, publisher: Publisher | null): void {
  const { connection, features, settings, documents } = session;
  const follow = <P>(handle: (params: P) => void | Promise<void>) => logged(connection, handle);
  const lookAgain = async () => {
    settings.forgetAll();
    if (features.refreshesCodeLenses) await connection.sendRequest(CodeLensRefreshRequest.type);
    if (features.refreshesInlayHints) await connection.languages.inlayHint.refresh();
    if (publisher) documents.all().forEach(({ uri }) => publisher.schedule(uri));
    else if (features.refreshesDiagnostics) await connection.languages.diagnostics.refresh();
  };
  connection.onInitialized(
    follow(async () => {
      connection.console.info(`Distroless Guide ${version}, image facts read up to ${session.status.factsDate}.`);
      session.status.announce();
      if (!features.registersConfiguration) return;
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'distroless' });
    }),
  );
  connection.onDidChangeConfiguration(
    follow(async (params) => {
      changeSurroundings(session, features.answersConfiguration ? {} : { pushedSettings: pushed(params) });
      await lookAgain();
    }),
  );
  connection.onNotification(
    neighboursMethod,
    follow(async ({ neighbours }: NeighboursNotification['params']) => {
      changeSurroundings(session, { neighbours: new Set(neighbours) });
      await lookAgain();
    }),
  );
}

function pushed({ settings }: DidChangeConfigurationParams): unknown {
  return typeof settings === 'object' && settings !== null && 'distroless' in settings ? settings.distroless : settings;
}
