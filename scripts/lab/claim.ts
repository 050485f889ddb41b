import { analyze, type Analysis, type World } from '../../server/src/analyze.js';
import { rules } from '../../server/src/rules/index.js';
import type { Fix, Severity } from '../../server/src/rules/rule.js';
import { runRules } from '../../server/src/rules/run.js';
import { applyEdits } from '../../server/src/text/edit.js';
import { treeOf } from './context.js';
import { caseName, type ContextFile, type ContextFiles, type LabCase } from './model.js';
import { script } from './programs.js';
import { rootFor } from './root-names.js';

/** A Dockerfile and its build context. */
export type Sources = { readonly dockerfile: string; readonly context: ContextFiles };

/** What the guide says of a case. `mended` null: the case does not stage the remedy. */
export type Claim = {
  readonly broken: Sources;
  readonly severity: Severity;
  readonly fix: string | null;
  readonly mended: Sources | null;
};

/** Throws when the rule has nothing to say about the Dockerfile, or no fix where the case builds on one. */
export function claimOf(labCase: LabCase, world: World): Claim {
  const rule = rules.find(({ meta }) => meta.id === labCase.rule);
  if (!rule) throw new Error(`There is no rule '${labCase.rule}'.`);
  const { bad, good, files = {}, goodFiles = files } = rule.docs;
  const { instead, context, remedy } = labCase;
  const broken = instead
    ? { dockerfile: instead.dockerfile, context }
    : { dockerfile: bad, context: { ...texts(files), ...context } };
  const { findings } = runRules(analysisOf(broken, world), { severities: {}, only: [rule] });
  const [finding] = findings;
  if (!finding) throw new Error(`${caseName(labCase)}: the rule does not report this Dockerfile.`);
  const { severity } = finding;
  if (remedy === 'good') {
    // What the case brings goes before the example's files, but for those that the good one has otherwise.
    const changed = Object.entries(goodFiles).filter(([path, content]) => files[path] !== content);
    const mended = { ...texts(files), ...context, ...texts(Object.fromEntries(changed)) };
    return { broken, severity, fix: null, mended: { dockerfile: good, context: mended } };
  }
  if (remedy !== 'fix') return { broken, severity, fix: null, mended: null };
  const [fix] = finding.fixes();
  if (!fix) throw new Error(`${caseName(labCase)}: the rule offers no fix.`);
  return { broken, severity, fix: fix.title, mended: applyFix(broken, fix) };
}

/** What the guide makes of a Dockerfile beside its build context. */
export function analysisOf({ dockerfile, context }: Sources, world: World): Analysis {
  return analyze(dockerfile, { ...world, place: { tree: treeOf(context), path: 'Dockerfile' } });
}

/** The files of an example may be executed, as in the tests of the rules. */
function texts(files: Readonly<Record<string, string>>): ContextFiles {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [path, script(content)]));
}

function applyFix({ dockerfile, context }: Sources, { edits, files = [] }: Fix): Sources {
  const changed = files.map(({ path, edits: changes }): [string, ContextFile] => {
    const old = context[path] ?? { kind: 'text', text: '' };
    if (old.kind !== 'text') throw new Error(`The fix would edit the program '${path}'.`);
    return [path, { ...old, text: applyEdits(old.text, inOrder(changes)) }];
  });
  return {
    dockerfile: applyEdits(dockerfile, inOrder(edits)),
    context: { ...context, ...Object.fromEntries(changed) },
  };
}

function inOrder(edits: Fix['edits']): Fix['edits'] {
  return [...edits].sort((a, b) => a.span.start - b.span.start);
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
    const { broken, mended } = claimOf(labCase, world);
    const built = [broken, mended].flatMap((one) => (one ? baseImages(one.dockerfile, world) : []));
    for (const reference of built) {
      const root = labCase.roots?.[reference] ?? rootFor(reference) ?? '';
      found.set(root, [...new Set([...(found.get(root) ?? []), reference])].sort());
    }
  }
  return found;
}
