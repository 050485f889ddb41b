import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import { inlayHints } from '../../features/inlay-hints.js';
import { offsetAt, positionAt } from '../../text/lines.js';
import { look, type Session } from '../session.js';

export async function onInlayHint(session: Session, params: InlayHintParams): Promise<InlayHint[] | null> {
  const document = session.documents.get(params.textDocument.uri);
  const seen = document && (await look(session, document));
  if (!document || !seen?.settings.inlayHints.enable) return null;
  const { lines } = document;
  const asked = { start: offsetAt(lines, params.range.start), end: offsetAt(lines, params.range.end) };
  return inlayHints(seen.inspection.analysis, asked).map(({ offset, label, reasons }) => ({
    position: positionAt(lines, offset),
    label,
    tooltip: reasons.join('\n'),
    paddingLeft: true,
  }));
}
