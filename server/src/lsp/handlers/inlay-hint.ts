import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import type { Session } from '../session.js';

export async function onInlayHint(_session: Session, _params: InlayHintParams): Promise<InlayHint[] | null> {
  return Promise.resolve(null);
}
