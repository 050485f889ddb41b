import { CodeActionKind, type CodeAction, type Diagnostic } from 'vscode-languageserver';
import { ignoreEdits } from '../features/ignore.js';
import type { Finding, Fix } from '../rules/rule.js';
import { toDiagnostic } from './convert.js';
import { fixEdit } from './fix-edit.js';
import { isSafe } from './fix-all.js';
import type { Offer } from './handlers/code-action.js';

export function fixActions(offer: Offer, finding: Finding): CodeAction[] {
  const fixes = finding.fixes();
  const obvious = obviousFix(finding, fixes);
  return fixes.flatMap((fix) => {
    const actions = action(offer, finding, fix);
    return actions.map((one) => ({ ...one, ...(fix === obvious && { isPreferred: true }) }));
  });
}

export function ignoreActions(offer: Offer, finding: Finding): CodeAction[] {
  if (finding.severity === 'hint') return [];
  return ignoreEdits(offer.analysis, finding).flatMap((fix) => action(offer, finding, fix));
}

/**
 * Linked to the diagnostic that the client shows; a hint has none, so what mends it is a rewrite. None where the client
 * cannot make the change.
 */
function action(offer: Offer, finding: Finding, fix: Fix): CodeAction[] {
  const { document, features, params } = offer;
  const { title } = fix;
  const edit = fixEdit(offer, fix);
  if (!edit) return [];
  if (finding.severity === 'hint') return [{ title, kind: CodeActionKind.RefactorRewrite, edit }];
  const own = toDiagnostic(document, finding, features);
  const shown = params.context.diagnostics.find((diagnostic) => isSame(diagnostic, own));
  return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [shown ?? own], edit }];
}

/** The first fix, when it is the only one or the only one that is safe. */
function obviousFix(finding: Finding, fixes: readonly Fix[]): Fix | undefined {
  const [first, ...others] = fixes;
  if (!first || others.length === 0) return first;
  return isSafe(first, finding) && !others.some((fix) => isSafe(fix, finding)) ? first : undefined;
}

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return a.source === b.source && a.code === b.code && JSON.stringify(a.range) === JSON.stringify(b.range);
}
