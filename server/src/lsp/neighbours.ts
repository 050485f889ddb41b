import type { Analysis } from '../interpret/state.js';
import type { Neighbour, Settings } from '../protocol.js';
import type { Finding } from '../rules/rule.js';

/**
 * Our rules whose report on a line repeats that of another extension. `onlyOn: 'scratch'` where the neighbour looks at
 * stages that begin FROM scratch only.
 */
export const repeated: Readonly<Record<string, { readonly by: readonly Neighbour[]; readonly onlyOn?: 'scratch' }>> = {
  // tally: shell-run-in-scratch.
  'shell-form-run-no-shell': { by: ['wharflab.tally'], onlyOn: 'scratch' },
  // tally: named-identity-in-passwdless-stage.
  'user-name-unresolvable': { by: ['wharflab.tally'], onlyOn: 'scratch' },
  // tally: prefer-multi-stage-build.
  'single-stage-with-toolchain': { by: ['wharflab.tally'] },
};

type Setup = { readonly overlap: Settings['overlap']; readonly neighbours: ReadonlySet<Neighbour> };

/** True when the finding is not to be shown, because a neighbour says the same about the same line. */
export function leftToNeighbours(finding: Finding, analysis: Analysis, { overlap, neighbours }: Setup): boolean {
  const entry = repeated[finding.rule.meta.id];
  if (!entry || overlap === 'always') return false;
  if (entry.onlyOn === 'scratch' && !isInScratchStage(finding, analysis)) return false;
  return overlap === 'never' || entry.by.some((neighbour) => neighbours.has(neighbour));
}

function isInScratchStage({ span }: Finding, { stages }: Analysis): boolean {
  const stage = stages.findLast(({ syntax }) => syntax.span.start <= span.start);
  return stage?.base.kind === 'scratch';
}
