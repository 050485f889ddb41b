import { DidChangeWatchedFilesNotification, DidChangeWorkspaceFoldersNotification } from 'vscode-languageserver';
import { configFileName, isConfigFile } from '../config/file-name.js';
import { logged } from './guard.js';
import { lookAgain } from './look-again.js';
import type { Publisher } from './publisher.js';
import { changeSurroundings, type Session } from './session.js';

/** Milliseconds that a config file must be left alone before the other documents are looked at again. */
const delay = 200;

/** Follows files that are not open, and the folders of the workspace. */
export function followFiles(session: Session, publisher: Publisher | null): void {
  const { connection, files } = session;
  const follow = <P>(handle: (params: P) => void | Promise<void>) => logged(connection, handle);
  connection.onDidChangeWatchedFiles(
    follow(async ({ changes }) => {
      changes.forEach(({ uri }) => files.forget(uri));
      await filesChanged(session, publisher);
    }),
  );
  connection.onNotification(
    DidChangeWorkspaceFoldersNotification.type,
    follow(async ({ event: { added, removed } }) => {
      const gone = new Set(removed.map(({ uri }) => uri.replace(/\/+$/, '')));
      files.folders = [...files.folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
      await filesChanged(session, publisher);
    }),
  );
}

/** Asks the client to tell of config files that are made, changed or deleted. */
export async function watchFiles({ connection, features }: Session): Promise<void> {
  if (!features.watchesFiles) return;
  const watchers = [{ globPattern: `**/${configFileName}` }];
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}

/** A document was opened, changed, saved or closed: a config file may say something else to all others. */
export function documentChanged(session: Session, uri: string, publisher: Publisher | null): void {
  if (!isConfigFile(uri)) return;
  session.files.forget(uri);
  clearTimeout(session.waiting);
  session.waiting = setTimeout(() => {
    void logged(session.connection, () => filesChanged(session, publisher))(undefined);
  }, delay);
}

/** Where the client does not tell of changes, files are read again whenever a document is opened or saved. */
export function readAgainUnlessWatched({ features, files }: Session): void {
  if (!features.watchesFiles) files.forgetAll();
}

async function filesChanged(session: Session, publisher: Publisher | null): Promise<void> {
  session.configs.forget();
  changeSurroundings(session, {});
  await lookAgain(session, publisher);
}
