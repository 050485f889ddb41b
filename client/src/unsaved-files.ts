import { workspace, type Disposable, type TextDocument, type Uri } from 'vscode';
import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type BaseLanguageClient,
  type FileEvent,
} from 'vscode-languageclient';

/** Milliseconds for which changes are gathered. */
const gathering = 300;

/** The text of a file that is open and not saved; undefined where the file itself has the text. */
export function unsavedText(uri: Uri): string | undefined {
  const wanted = uri.toString();
  return workspace.textDocuments.find((one) => one.isDirty && one.uri.toString() === wanted)?.getText();
}

/** Tells the server of files that say something else in the editor than on the disk; it reads those that it needs. */
export function followUnsavedFiles(client: BaseLanguageClient): Disposable[] {
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const send = async () => {
    timer = undefined;
    const changes = [...changed].map((uri): FileEvent => ({ uri, type: FileChangeType.Changed }));
    changed.clear();
    if (client.isRunning()) await client.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  };
  const note = (document: TextDocument) => {
    if (!isNeighbour(document)) return;
    changed.add(document.uri.toString());
    timer ??= setTimeout(() => void send(), gathering);
  };
  return [
    workspace.onDidChangeTextDocument(({ document }) => note(document)),
    workspace.onDidCloseTextDocument(note),
    { dispose: () => clearTimeout(timer) },
  ];
}

/** Dockerfiles and config files are sent to the server as they are typed. */
function isNeighbour({ uri, languageId }: TextDocument): boolean {
  if (languageId === 'dockerfile' || uri.path.endsWith('/distroless.config.json')) return false;
  return workspace.getWorkspaceFolder(uri) !== undefined;
}
