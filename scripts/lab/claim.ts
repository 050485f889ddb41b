import { analyze, type World } from '../../server/src/analyze.js';
import { rules } from '../../server/src/rules/index.js';
import type { Severity } from '../../server/src/rules/rule.js';
import { runRules } from '../../server/src/rules/run.js';
import { applyEdits } from '../../server/src/text/edit.js';
import { caseName, type LabCase } from './model.js';
import { rootFor } from './roots.js';

/** What the guide says of the Dockerfile of a case. `mended` null: the case does not stage the remedy. */
export type Claim = {
  readonly dockerfile: string;
  readonly severity: Severity;
  readonly fix: string | null;
  readonly mended: string | null;
};

/** Throws when the rule has nothing to say about the Dockerfile, or no fix where the case builds on one. */
export function claimOf(labCase: LabCase, world: World): Claim {
  const rule = rules.find(({ meta }) => meta.id === labCase.rule);
  if (!rule) throw new Error(`There is no rule '${labCase.rule}'.`);
  const dockerfile = labCase.instead?.dockerfile ?? rule.docs.bad;
  const { findings } = runRules(analyze(dockerfile, world), { severities: {}, only: [rule] });
  const [finding] = findings;
  if (!finding) throw new Error(`${caseName(labCase)}: the rule does not report this Dockerfile.`);
  const { severity } = finding;
  if (labCase.remedy === 'good') return { dockerfile, severity, fix: null, mended: rule.docs.good };
  if (labCase.remedy !== 'fix') return { dockerfile, severity, fix: null, mended: null };
  const [fix] = finding.fixes();
  if (!fix) throw new Error(`${caseName(labCase)}: the rule offers no fix.`);
  const edits = [...fix.edits].sort((a, b) => a.span.start - b.span.start);
  return { dockerfile, severity, fix: fix.title, mended: applyEdits(dockerfile, edits) };
}

/** The references of all base images that a Dockerfile builds on, without scratch and without its own stages. */
export function baseImages(dockerfile: string, world: World): string[] {
  const { stages } = analyze(dockerfile, world);
  const own = new Set(stages.map(({ syntax }) => syntax.from.name?.text ?? ''));
  const named = stages.map(({ syntax }) => syntax.from.image?.text ?? '');
  return [...new Set(named)].filter((name) => name !== '' && name !== 'scratch' && !own.has(name));
}

/** The references that each contents of `roots.ts` stands for, over all cases, in alphabetical order. */
export function rootsOf(cases: readonly LabCase[], world: World): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const labCase of cases) {
    const { dockerfile, mended } = claimOf(labCase, world);
    for (const reference of [...baseImages(dockerfile, world), ...baseImages(mended ?? '', world)]) {
      const root = labCase.roots?.[reference] ?? rootFor(reference) ?? '';
      found.set(root, [...new Set([...(found.get(root) ?? []), reference])].sort());
    }
  }
  return found;
}
