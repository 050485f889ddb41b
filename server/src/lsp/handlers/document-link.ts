import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import type { Session } from '../session.js';

export async function onDocumentLinks(_session: Session, _params: DocumentLinkParams): Promise<DocumentLink[] | null> {
  return Promise.resolve(null);
}
