import {
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  FileChangeType,
  type FileEvent,
  type FileSystemWatcher,
} from 'vscode-languageserver';
import { configFileName, isConfigFile } from '../config/file-name.js';
import { contextFileNames } from '../context/known-files.js';
import { logged } from './guard.js';
import { lookAgain } from './look-again.js';
import type { Publisher } from './publisher.js';
import { changeSurroundings, type Session } from './session.js';

/** Milliseconds that a config file must be left alone before the other documents are looked at again. */
const delay = 200;

/** Milliseconds for which changes of other files are gathered. */
const gathering = 200;

/** Folders that a client is asked to watch; changes in others show when a document is opened anew. */
const mostFolders = 500;

/** Follows files that are not open, and the folders of the workspace. */
export function followFiles(session: Session, publisher: Publisher | null): void {
  const { connection, files, around } = session;
  const follow = <P>(handle: (params: P) => void | Promise<void>) => logged(connection, handle);
  const news = new News(session, publisher);
  connection.onDidChangeWatchedFiles(
    follow(async ({ changes }) => {
      const [configs, others] = [changes.filter(isConfig), changes.filter((change) => !isConfig(change))];
      news.add(others);
      if (configs.length === 0) return;
      configs.forEach(({ uri }) => files.forget(uri));
      await filesChanged(session, publisher);
    }),
  );
  connection.onNotification(
    DidChangeWorkspaceFoldersNotification.type,
    follow(async ({ event: { added, removed } }) => {
      const gone = new Set(removed.map(({ uri }) => uri.replace(/\/+$/, '')));
      files.folders = [...files.folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
      around.forgetFolders();
      await filesChanged(session, publisher);
    }),
  );
  const watched = new Set<string>();
  session.onFilesRead = (isLate) => {
    void logged(connection, () => watchFolders(session, watched))(undefined);
    if (isLate) news.tell();
  };
}

/** Asks the client to tell of files that are made, changed or deleted; folders are added as they are looked into. */
export async function watchFiles({ connection, features }: Session): Promise<void> {
  if (!features.watchesFiles) return;
  const names = features.watchesFolders ? [configFileName] : [configFileName, ...contextFileNames];
  const watchers = names.map((name) => ({ globPattern: `**/${name}` }));
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
export function readAgainUnlessWatched(session: Session): void {
  if (session.features.watchesFiles) return;
  session.files.forgetAll();
  session.around.forgetAll();
  changeSurroundings(session, {});
}

/** Gathers changes of files, and has the documents looked at again when what they rest on is another. */
class News {
  readonly #session: Session;
  readonly #publisher: Publisher | null;
  readonly #changes = new Map<string, { isOfText: boolean }>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isTold = false;

  constructor(session: Session, publisher: Publisher | null) {
    this.#session = session;
    this.#publisher = publisher;
  }

  add(changes: readonly FileEvent[]): void {
    for (const { uri, type } of changes) {
      const isOfText = type === FileChangeType.Changed && this.#changes.get(uri)?.isOfText !== false;
      this.#changes.set(uri, { isOfText });
    }
    if (changes.length > 0) this.#wait();
  }

  /** Something else is known already. */
  tell(): void {
    this.#isTold = true;
    this.#wait();
  }

  #wait(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void logged(this.#session.connection, () => this.#look())(undefined);
    }, gathering);
  }

  async #look(): Promise<void> {
    const changes = new Map(this.#changes);
    const isTold = this.#isTold;
    this.#changes.clear();
    this.#isTold = false;
    const hasChanged = await this.#session.around.refresh(changes);
    if (!hasChanged && !isTold) return;
    changeSurroundings(this.#session, {});
    await lookAgain(this.#session, this.#publisher);
  }
}

async function watchFolders({ connection, features, around }: Session, watched: Set<string>): Promise<void> {
  if (!features.watchesFiles || !features.watchesFolders) return;
  const watchers: FileSystemWatcher[] = [];
  for (const files of around.folders)
    for (const folder of files.folders) {
      const baseUri = files.uriOf(folder);
      if (watched.has(baseUri) || watched.size >= mostFolders) continue;
      watched.add(baseUri);
      watchers.push({ globPattern: { baseUri, pattern: '*' } });
    }
  if (watchers.length > 0) await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}

function isConfig({ uri }: FileEvent): boolean {
  return isConfigFile(uri);
}

async function filesChanged(session: Session, publisher: Publisher | null): Promise<void> {
  session.configs.forget();
  changeSurroundings(session, {});
  await lookAgain(session, publisher);
}
