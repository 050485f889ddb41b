import type { CompletionItem, CompletionParams } from 'vscode-languageserver';
import type { Session } from '../session.js';

/** Characters after which editors ask by themselves. */
export const completionTriggers = [' ', '=', ':', '/', '-', '@'];

export async function onCompletion(_session: Session, _params: CompletionParams): Promise<CompletionItem[] | null> {
  return Promise.resolve(null);
}
