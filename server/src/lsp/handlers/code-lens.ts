import type { CodeLens, CodeLensParams } from 'vscode-languageserver';
import type { Session } from '../session.js';

export async function onCodeLens(_session: Session, _params: CodeLensParams): Promise<CodeLens[] | null> {
  return Promise.resolve(null);
}
