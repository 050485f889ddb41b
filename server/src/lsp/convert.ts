import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { memo } from '../context/memo.js';
import type { Evidence } from '../fact.js';
import type { Finding, Severity } from '../rules/rule.js';
import { newlineOf, type Edit } from '../text/edit.js';
import { indexLines, lineAt, positionAt, type LineIndex } from '../text/lines.js';
import type { SourceFile } from '../text/source-file.js';
import type { Span } from '../text/span.js';
import type { ClientFeatures } from './client-features.js';
import type { OpenDocument } from './documents.js';
import { shrink } from './shrink.js';

export const diagnosticSource = 'distroless';

const rulePages = 'https://github.com/distroless-guide/distroless-guide/blob/main/docs/rules/';

/** Rules about an image that its publisher has given up: editors strike such a name through. */
export const deprecations: ReadonlySet<string> = new Set(['distroless-unsupported-image']);

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toRange(lines: LineIndex, { start, end }: Span): Range {
  return { start: positionAt(lines, start), end: positionAt(lines, end) };
}

export function toDiagnostic(document: OpenDocument, finding: Finding, features: ClientFeatures): Diagnostic {
  const { id } = finding.rule.meta;
  const related = features.relatedInformation ? causes(document, finding) : [];
  return {
    range: toRange(document.lines, finding.span),
    severity: severities[finding.severity],
    code: id,
    source: diagnosticSource,
    message: finding.message,
    ...(features.codeDescription && { codeDescription: { href: `${rulePages}${id}.md` } }),
    ...(features.diagnosticTags && deprecations.has(id) && { tags: [DiagnosticTag.Deprecated] }),
    ...(related.length > 0 && { relatedInformation: related }),
  };
}

/** Edits of one version of a document: a client that knows versions refuses them once the document has changed. */
export function toWorkspaceEdit(
  document: OpenDocument,
  edits: readonly Edit[],
  features: ClientFeatures,
): WorkspaceEdit {
  const { uri, version } = document;
  const textEdits = toTextEdits(document, edits);
  if (!features.documentChanges) return { changes: { [uri]: textEdits } };
  return { documentChanges: [{ textDocument: { uri, version }, edits: textEdits }] };
}

export function toTextEdits({ text, lines }: Pick<OpenDocument, 'text' | 'lines'>, edits: readonly Edit[]): TextEdit[] {
  const lineEnding = newlineOf(text);
  return edits
    .map((edit) => shrink(text, { span: edit.span, text: edit.text.replace(/\r?\n/g, lineEnding) }))
    .filter(({ span, text: replacement }) => span.end > span.start || replacement !== '')
    .sort((a, b) => a.span.start - b.span.start)
    .map((edit) => ({ range: toRange(lines, edit.span), newText: edit.text }));
}

/** The other places, here and in other files, that the finding rests on. */
function causes({ uri, lines }: OpenDocument, { because, span }: Finding): DiagnosticRelatedInformation[] {
  const seen = new Set<string>();
  const related: DiagnosticRelatedInformation[] = [];
  for (const evidence of because) {
    const place = placeOf(evidence);
    if (!place || (!place.file && isSame(place.span, span))) continue;
    const [at, index] = place.file ? [place.file.uri, linesOf(place.file)] : [uri, lines];
    const key = `${at} ${lineAt(index, place.span.start)} ${place.note}`;
    if (at === null || seen.has(key)) continue;
    seen.add(key);
    related.push({ location: { uri: at, range: toRange(index, place.span) }, message: place.note });
  }
  return related;
}

type EvidencePlace = { readonly file: SourceFile | null; readonly span: Span; readonly note: string };

/** Null for what has no place; `file` is null for this document. */
function placeOf(evidence: Evidence): EvidencePlace | null {
  const { kind, note } = evidence;
  if (kind === 'instruction') return { file: null, span: evidence.span, note };
  return kind === 'file' ? { file: evidence.file, span: evidence.span, note } : null;
}

/** A lock file may be long, and named by many findings. */
const linesOf = memo(({ text }) => indexLines(text));

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}
