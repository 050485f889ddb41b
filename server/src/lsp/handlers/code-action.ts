import { CodeActionKind, type CodeAction, type CodeActionParams, type Diagnostic } from 'vscode-languageserver';
import { ignoreEdits } from '../../features/ignore.js';
import type { Analysis } from '../../interpret/state.js';
import type { Finding, Fix } from '../../rules/rule.js';
import { offsetAt } from '../../text/lines.js';
import type { Span } from '../../text/span.js';
import { diagnosticSource, toDiagnostic, toWorkspaceEdit } from '../convert.js';
import type { OpenDocument } from '../documents.js';
import { isSafe, safeEdits } from '../fix-all.js';
import { look, reportFaults, type Session } from '../session.js';

/** `source` actions are offered only when asked for, as editors do on save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.${diagnosticSource}`;

/** Fixes of what is found at the range, then the ways to ignore it. */
export async function onCodeAction(session: Session, params: CodeActionParams): Promise<CodeAction[] | null> {
  const document = session.documents.get(params.textDocument.uri);
  const seen = document && (await look(session, document));
  if (!document || !seen) return null;
  const { analysis, findings, faults } = seen.inspection;
  const offer: Offer = { session, document, analysis, params };
  const wanted = findings.filter(({ span }) => meets(span, askedSpan(offer)));
  const actions = [
    ...wanted.flatMap((finding) => fixActions(offer, finding)),
    ...wanted.flatMap((finding) => ignoreActions(offer, finding)),
    ...fixAllAction(offer, findings),
  ];
  reportFaults(session, document.uri, faults);
  return merged(actions.filter(({ kind }) => isAsked(kind, params.context.only)));
}

type Offer = {
  readonly session: Session;
  readonly document: OpenDocument;
  readonly analysis: Analysis;
  readonly params: CodeActionParams;
};

function fixActions(offer: Offer, finding: Finding): CodeAction[] {
  const fixes = finding.fixes();
  const obvious = obviousFix(finding, fixes);
  return fixes.map((fix) => ({ ...action(offer, finding, fix), ...(fix === obvious && { isPreferred: true }) }));
}

function ignoreActions(offer: Offer, finding: Finding): CodeAction[] {
  if (finding.severity === 'hint') return [];
  return ignoreEdits(offer.analysis, finding).map((fix) => action(offer, finding, fix));
}

function action({ session, document, params }: Offer, finding: Finding, { title, edits }: Fix): CodeAction {
  const edit = toWorkspaceEdit(document, edits, session.features);
  if (finding.severity === 'hint') return { title, kind: CodeActionKind.RefactorRewrite, edit };
  const own = toDiagnostic(document, finding, session.features);
  const shown = params.context.diagnostics.find((diagnostic) => isSame(diagnostic, own));
  return { title, kind: CodeActionKind.QuickFix, diagnostics: [shown ?? own], edit };
}

/** The first fix, when it is the only one or the only one that is safe. */
function obviousFix(finding: Finding, fixes: readonly Fix[]): Fix | undefined {
  const [first, ...others] = fixes;
  if (!first || others.length === 0) return first;
  return isSafe(first, finding) && !others.some((fix) => isSafe(fix, finding)) ? first : undefined;
}

function fixAllAction({ session, document, params }: Offer, findings: readonly Finding[]): CodeAction[] {
  if (!params.context.only) return [];
  const edits = safeEdits(findings);
  if (edits.length === 0) return [];
  const edit = toWorkspaceEdit(document, edits, session.features);
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

function meets(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return a.source === b.source && a.code === b.code && JSON.stringify(a.range) === JSON.stringify(b.range);
}
