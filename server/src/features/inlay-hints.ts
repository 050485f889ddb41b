import type { Evidence } from '../fact.js';
import { shellPath } from '../interpret/query.js';
import type { Analysis, Stage } from '../interpret/state.js';
import type { Span } from '../text/span.js';
import { reasonText } from './explain.js';
import { factsOfState, joinFacts } from './short-facts.js';

/** A few words at `offset`, behind the image of a FROM; `reasons` are whole sentences, one for each of the facts. */
export type InlayHint = { readonly offset: number; readonly label: string; readonly reasons: readonly string[] };

/** What the base gives each stage that begins in `range`; stages of which nothing is known have none. */
export function inlayHints({ file, stages }: Analysis, range: Span): readonly InlayHint[] {
  if (file.isTemplate) return [];
  return stages.flatMap((stage) => {
    const offset = stage.syntax.from.image?.span.end;
    if (offset === undefined || offset < range.start || offset > range.end) return [];
    const { libc, shell, user } = factsOfState(stage.start);
    const label = joinFacts([libc, shell, user]);
    return label === '' ? [] : [{ offset, label, reasons: reasonsOf(stage) }];
  });
}

function reasonsOf({ start }: Stage): string[] {
  const facts = [start.libc, shellPath(start), start.user].filter(({ known }) => known);
  const first = facts.flatMap(({ because }): Evidence[] => because.slice(0, 1));
  return [...new Set(first.map(reasonText))];
}
