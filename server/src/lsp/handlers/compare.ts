import { compare, stageAt, type ComparedRow } from '../../features/compare.js';
import { finalStage } from '../../interpret/processes.js';
import type { Analysis, Stage } from '../../interpret/state.js';
import type { CompareRequest, ComparisonRow } from '../../protocol.js';
import { lineAt, offsetAt } from '../../text/lines.js';
import { toRange } from '../convert.js';
import type { OpenDocument } from '../documents.js';
import { look, type Session } from '../session.js';

export async function onCompare(
  session: Session,
  { uri, position }: CompareRequest['params'],
): Promise<CompareRequest['result']> {
  const document = session.documents.get(uri);
  const seen = document && (await look(session, document));
  if (!document || !seen) return null;
  const { analysis } = seen.inspection;
  const stage = position === null ? finalStage(analysis) : stageOn(document, analysis, position.line);
  const compared = stage && compare(analysis, stage);
  if (!compared) return null;
  return {
    uri,
    version: document.version,
    stage: { ...compared.stage, line: lineAt(document.lines, compared.fromSpan.start) },
    needs: compared.needs,
    rows: compared.rows.map((row) => toRow(document, row)),
  };
}

/** All of a line belongs to the stage that begins on it, also what stands before FROM. */
function stageOn({ lines }: OpenDocument, analysis: Analysis, line: number): Stage | null {
  return stageAt(analysis, offsetAt(lines, { line, character: Number.MAX_SAFE_INTEGER }) - 1);
}

function toRow({ lines }: OpenDocument, { edit, ...row }: ComparedRow): ComparisonRow {
  return { ...row, edit: edit && { range: toRange(lines, edit.span), newText: edit.text } };
}
