import { CodeActionKind, type CodeAction } from 'vscode-languageserver';
import { alternatives, type Alternative } from '../features/alternatives.js';
import { touches, type Span } from '../text/span.js';
import { toWorkspaceEdit } from './convert.js';
import type { Offer } from './handlers/code-action.js';

/** A longer title would be cut off by the editor's menu. */
const longestTitle = 120;

/** Other bases for the stage whose image name is at `asked`. */
export function baseActions({ analysis, document, features }: Offer, asked: Span): CodeAction[] {
  const stage = analysis.stages.find(({ syntax: { from } }) => from.image && touches(from.image.span, asked.start));
  if (!stage) return [];
  return alternatives(analysis, stage).flatMap((alternative) => {
    if (!alternative.edit) return [];
    const edit = toWorkspaceEdit(document, [alternative.edit], features);
    return [{ title: titleOf(alternative), kind: CodeActionKind.RefactorRewrite, edit }];
  });
}

function titleOf({ reference, why, drawback }: Alternative): string {
  const title = `Base on '${reference}': ${why}`;
  if (!drawback) return title;
  const whole = `${title}, but ${drawback}`;
  return whole.length <= longestTitle ? whole : `${title} (the hover names what is against it)`;
}
