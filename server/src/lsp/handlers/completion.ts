import {
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  type CompletionItem,
  type CompletionList,
  type CompletionParams,
} from 'vscode-languageserver';
import { complete, describeImage, type Suggestion } from '../../features/completion.js';
import { offsetAt } from '../../text/lines.js';
import type { ClientFeatures } from '../client-features.js';
import { toRange } from '../convert.js';
import { look, type Session } from '../session.js';

/** Characters after which editors ask by themselves. */
export const completionTriggers = [' ', '=', ':', '/', '-'];

export async function onCompletion(session: Session, params: CompletionParams): Promise<CompletionList | null> {
  const document = session.documents.get(params.textDocument.uri);
  const seen = document && (await look(session, document));
  if (!document || !seen?.settings.completion.enable) return null;
  const found = complete(seen.inspection.analysis, offsetAt(document.lines, params.position));
  if (!found) return null;
  const range = toRange(document.lines, found.span);
  const items = found.items.map((suggestion, index): CompletionItem => ({
    ...itemOf(suggestion, session.features),
    sortText: String(index).padStart(5, '0'),
    filterText: suggestion.text,
    textEdit: { range, newText: suggestion.text },
    ...(suggestion.reference !== null && { data: { uri: document.uri, reference: suggestion.reference } }),
  }));
  return { isIncomplete: found.isCapped, items };
}

/** Facts of an image cost time: they are told for the entry that is looked at. */
export async function onCompletionResolve(session: Session, item: CompletionItem): Promise<CompletionItem> {
  const { uri, reference } = readData(item.data);
  const document = session.documents.get(uri);
  const seen = document && (await look(session, document));
  if (!seen || reference === '') return item;
  const { catalog, today } = seen.inspection.analysis;
  const described = describeImage(catalog, reference, today);
  if (!described) return item;
  const kind = session.features.completionMarkdown ? 'markdown' : 'plaintext';
  return { ...item, detail: described.detail, documentation: { kind, value: described.markdown } };
}

/** Of an item that this server made; empty for any other. */
export function readData(data: unknown): { readonly uri: string; readonly reference: string } {
  const { uri, reference } = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  return { uri: typeof uri === 'string' ? uri : '', reference: typeof reference === 'string' ? reference : '' };
}

const kinds: Record<Suggestion['kind'], CompletionItemKind> = {
  image: CompletionItemKind.Module,
  tag: CompletionItemKind.Value,
  stage: CompletionItemKind.Class,
  user: CompletionItemKind.Value,
};

function itemOf({ kind, label, hint, detail, isDeprecated }: Suggestion, features: ClientFeatures): CompletionItem {
  const shown = detail ?? (features.completionLabelDetails ? null : hint);
  return {
    label,
    kind: kinds[kind],
    insertTextFormat: InsertTextFormat.PlainText,
    ...(hint !== '' && features.completionLabelDetails && { labelDetails: { description: hint } }),
    ...(shown !== null && shown !== '' && { detail: shown }),
    ...(isDeprecated && deprecation(features)),
  };
}

function deprecation({ deprecatedCompletions }: ClientFeatures): Partial<CompletionItem> {
  return deprecatedCompletions ? { tags: [CompletionItemTag.Deprecated] } : { deprecated: true };
}
