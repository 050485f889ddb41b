import { CodeActionKind, type CodeAction, type CodeActionParams } from 'vscode-languageserver';
import type { Analysis } from '../../interpret/state.js';
import type { Finding } from '../../rules/rule.js';
import { offsetAt } from '../../text/lines.js';
import type { Span } from '../../text/span.js';
import { baseActions } from '../base-actions.js';
import type { ClientFeatures } from '../client-features.js';
import { diagnosticSource, toWorkspaceEdit } from '../convert.js';
import type { OpenDocument } from '../documents.js';
import { fixActions, ignoreActions } from '../finding-actions.js';
import { safeEdits } from '../fix-all.js';
import { look, reportFaults, type Look, type Session } from '../session.js';
import { isSettled } from '../settle.js';
import type { DocumentPlace } from '../surrounding-files.js';

/** `source` actions are offered only when asked for, as editors do on save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.${diagnosticSource}`;

export type Offer = {
  readonly document: OpenDocument;
  readonly analysis: Analysis;
  readonly features: ClientFeatures;
  readonly params: CodeActionParams;
  readonly place: DocumentPlace | null;
};

/** How often fixes may ask for files that the findings did not need. */
const mostRounds = 3;

/** Fixes of what is found at the range, then other bases, then the ways to ignore. */
export async function onCodeAction(session: Session, params: CodeActionParams): Promise<CodeAction[] | null> {
  const document = session.documents.get(params.textDocument.uri);
  if (!document) return null;
  for (let round = 1; ; round++) {
    const seen = await look(session, document);
    if (!seen) return null;
    const actions = actionsOf(session, seen, { document, params });
    if (round === mostRounds || isSettled(seen.inspection)) return actions;
  }
}

type Asked = Pick<Offer, 'document' | 'params'>;

function actionsOf(session: Session, { inspection, place }: Look, { document, params }: Asked): CodeAction[] {
  const { analysis, findings, faults } = inspection;
  const offer: Offer = { document, analysis, features: session.features, params, place };
  const asked = askedSpan(offer);
  const wanted = findings.filter(({ span }) => span.start <= asked.end && asked.start <= span.end);
  const actions = [
    ...wanted.flatMap((finding) => fixActions(offer, finding)),
    ...baseActions(offer, asked),
    ...wanted.flatMap((finding) => ignoreActions(offer, finding)),
    ...fixAllAction(offer, findings),
  ];
  reportFaults(session, document.uri, faults);
  return merged(actions.filter(({ kind }) => isAsked(kind, params.context.only)));
}

function fixAllAction({ document, features, params }: Offer, findings: readonly Finding[]): CodeAction[] {
  if (!params.context.only) return [];
  const edits = safeEdits(findings);
  if (edits.length === 0) return [];
  const edit = toWorkspaceEdit(document, edits, features);
  return [{ title: 'Apply all safe fixes of Distroless Guide', kind: fixAllKind, edit }];
}

/** Two findings may be mended by the same edit: it is offered once, for both. */
function merged(actions: readonly CodeAction[]): CodeAction[] {
  const byEdit = new Map<string, CodeAction>();
  for (const one of actions) {
    const key = JSON.stringify([one.kind, one.title, one.edit]);
    const known = byEdit.get(key);
    if (!known) byEdit.set(key, one);
    else known.diagnostics = [...(known.diagnostics ?? []), ...(one.diagnostics ?? [])];
  }
  return [...byEdit.values()];
}

function isAsked(kind: string | undefined, only: readonly string[] | undefined): boolean {
  if (!only) return true;
  return only.some((asked) => asked === '' || kind === asked || kind?.startsWith(`${asked}.`) === true);
}

function askedSpan({ document: { lines }, params: { range } }: Offer): Span {
  return { start: offsetAt(lines, range.start), end: offsetAt(lines, range.end) };
}
