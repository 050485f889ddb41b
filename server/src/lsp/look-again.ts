import { CodeLensRefreshRequest } from 'vscode-languageserver';
import type { Publisher } from './publisher.js';
import type { Session } from './session.js';

/** Has every open document worked out anew, after a change of what surrounds them. */
export async function lookAgain(session: Session, publisher: Publisher | null): Promise<void> {
  const { connection, features, documents } = session;
  if (features.refreshesCodeLenses) await connection.sendRequest(CodeLensRefreshRequest.type);
  if (features.refreshesInlayHints) await connection.languages.inlayHint.refresh();
  if (publisher) documents.all().forEach(({ uri }) => publisher.schedule(uri));
  else if (features.refreshesDiagnostics) await connection.languages.diagnostics.refresh();
}
