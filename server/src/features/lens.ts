import { finalStage } from '../interpret/processes.js';
import type { Analysis } from '../interpret/state.js';
import type { Span } from '../text/span.js';
import { factsOfState, joinFacts } from './short-facts.js';

/** What stands above the final stage; `facts` is empty when nothing is known of it. */
export type Lens = { readonly span: Span; readonly facts: string; readonly hasStages: boolean };

/** One for the image that the file makes, none for stages on the way to it; null in templates of other tools. */
export function lens(analysis: Analysis): Lens | null {
  const { file, stages } = analysis;
  const final = finalStage(analysis);
  if (!final || file.isTemplate) return null;
  const { user, shell, libc } = factsOfState(final.end);
  const facts = joinFacts([user && `runs as ${user}`, shell, libc]);
  const { from } = final.syntax;
  return { span: from.image?.span ?? from.keyword.span, facts, hasStages: stages.length > 1 };
}
