import type { Finding, Fix } from '../rules/rule.js';
import type { Edit } from '../text/edit.js';

/**
 * The edits of the first fix of every finding, where that fix is safe, changes no other file and touches no edit already
 * taken. Hints are left out: nobody has seen them.
 */
export function safeEdits(findings: readonly Finding[]): readonly Edit[] {
  const taken: Edit[] = [];
  for (const finding of [...findings].sort((a, b) => a.span.start - b.span.start)) {
    if (finding.severity === 'hint') continue;
    const [first] = finding.fixes();
    if (!first || !isSafe(first, finding) || first.files?.length) continue;
    if (first.edits.some((edit) => taken.some((other) => meet(edit, other)))) continue;
    taken.push(...first.edits);
  }
  return taken;
}

export function isSafe(fix: Fix, { rule }: Finding): boolean {
  return fix.safe ?? rule.meta.fix === 'safe';
}

/** Insertions at the edge of another edit meet it as well, since their order would be a guess. */
function meet(a: Edit, b: Edit): boolean {
  return a.span.start <= b.span.end && b.span.start <= a.span.end;
}
