import type { Hover, HoverParams } from 'vscode-languageserver';
import { hover } from '../../features/hover.js';
import { offsetAt } from '../../text/lines.js';
import { toRange } from '../convert.js';
import { look, type Session } from '../session.js';

export async function onHover(session: Session, { textDocument, position }: HoverParams): Promise<Hover | null> {
  const document = session.documents.get(textDocument.uri);
  const seen = document && (await look(session, document));
  if (!document || !seen?.settings.hover.enable) return null;
  const card = hover(seen.inspection.analysis, offsetAt(document.lines, position));
  if (!card) return null;
  const kind = session.features.hoverMarkdown ? 'markdown' : 'plaintext';
  return { contents: { kind, value: card.markdown }, range: toRange(document.lines, card.span) };
}
