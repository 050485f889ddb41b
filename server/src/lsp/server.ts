import {
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
import type { FileHost } from './file-host.js';
import { documentChanged, followFiles, readAgainUnlessWatched, watchFiles } from './follow-files.js';
import { logged } from './guard.js';
import { fixAllKind } from './handlers/code-action.js';
import { completionTriggers } from './handlers/completion.js';
import { lookAgain } from './look-again.js';
import { Publisher } from './publisher.js';
import { answerRequests } from './requests.js';
import { changeSurroundings, neighboursMethod, openSession, type Session } from './session.js';

/** Serve one client over `connection` until it says exit. `machine` reads files where the client does not offer to. */
export function startServer(connection: Connection, machine: FileHost | null = null): void {
  connection.onInitialize((params): InitializeResult => {
    const session = openSession(connection, params, machine);
    const publisher = session.features.pullsDiagnostics ? null : new Publisher(session);
    answerRequests(session);
    followDocuments(session, publisher);
    followSurroundings(session, publisher);
    followFiles(session, publisher);
    return { capabilities: capabilities(session.features), serverInfo: { name: 'distroless-guide', version } };
  });
  connection.listen();
}

function capabilities({ pullsDiagnostics, codeActionLiterals }: ClientFeatures): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    hoverProvider: true,
    completionProvider: { triggerCharacters: completionTriggers, resolveProvider: true },
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
      readAgainUnlessWatched(session);
      documentChanged(session, textDocument.uri, publisher);
      publisher?.schedule(textDocument.uri);
    }),
  );
  connection.onDidChangeTextDocument(
    follow(async ({ textDocument: { uri, version: changed }, contentChanges }) => {
      if (!documents.change(uri, changed, contentChanges)) return;
      documentChanged(session, uri, publisher);
      await publisher?.scheduleUnlessWaitingForSave(uri);
    }),
  );
  connection.onDidSaveTextDocument(
    follow(async ({ textDocument: { uri } }) => {
      if (!documents.save(uri)) return;
      readAgainUnlessWatched(session);
      const { run } = await settings.settingsOf(uri);
      if (run !== 'onSave' && features.watchesFiles) return;
      publisher?.schedule(uri);
      if (!publisher && features.refreshesDiagnostics) await connection.languages.diagnostics.refresh();
    }),
  );
  connection.onDidCloseTextDocument(
    follow(async ({ textDocument: { uri } }) => {
      documents.close(uri);
      documentChanged(session, uri, publisher);
      session.around.keepOnly(documents.askedTrees());
      settings.forget(uri);
      status.forget(uri);
      await publisher?.close(uri);
    }),
  );
}

function followSurroundings(session: Session, publisher: Publisher | null): void {
  const { connection, features, settings } = session;
  const follow = <P>(handle: (params: P) => void | Promise<void>) => logged(connection, handle);
  connection.onInitialized(
    follow(async () => {
      connection.console.info(`Distroless Guide ${version}, image facts read up to ${session.status.factsDate}.`);
      session.status.announce();
      if (features.registersConfiguration)
        await connection.client.register(DidChangeConfigurationNotification.type, { section: 'distroless' });
      await watchFiles(session);
    }),
  );
  connection.onDidChangeConfiguration(
    follow(async (params) => {
      changeSurroundings(session, features.answersConfiguration ? {} : { pushedSettings: pushed(params) });
      settings.forgetAll();
      await lookAgain(session, publisher);
    }),
  );
  connection.onNotification(
    neighboursMethod,
    follow(async ({ neighbours }: NeighboursNotification['params']) => {
      changeSurroundings(session, { neighbours: new Set(neighbours) });
      await lookAgain(session, publisher);
    }),
  );
}

function pushed({ settings }: DidChangeConfigurationParams): unknown {
  return typeof settings === 'object' && settings !== null && 'distroless' in settings ? settings.distroless : settings;
}
