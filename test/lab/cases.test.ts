import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cases, notStaged } from '../../scripts/lab/cases.js';
import { analysisOf, baseImages, claimOf, type Sources } from '../../scripts/lab/claim.js';
import { caseName } from '../../scripts/lab/model.js';
import { pagePath } from '../../scripts/lab/report.js';
import { rootFor } from '../../scripts/lab/root-names.js';
import { roots } from '../../scripts/lab/roots.js';
import { createWorld } from '../../server/src/analyze.js';
import { rules } from '../../server/src/rules/index.js';
import { runRules } from '../../server/src/rules/run.js';
import { today } from '../support/checks.js';
import { textOf } from '../support/repository.js';

const world = createWorld(today);
const errorRules = rules.filter(({ meta }) => meta.severity === 'error').map(({ meta }) => meta.id);

test('every rule of severity error is staged, or there is a reason why not', () => {
  const staged = new Set(cases.map(({ rule }) => rule));
  const excused = notStaged.map(({ rule }) => rule);
  const known = new Set([...staged, ...excused]);
  assert.deepEqual(
    errorRules.filter((id) => !known.has(id)),
    [],
    'Add a case to scripts/lab, or a reason to notStaged.',
  );
  assert.deepEqual(
    excused.filter((id) => staged.has(id)),
    [],
  );
  assert.deepEqual(
    excused.filter((id) => !errorRules.includes(id)),
    [],
  );
});

test('cases and reasons can be told apart and read', () => {
  const names = cases.map(caseName);
  assert.equal(new Set(names).size, names.length);
  const reasons = [...notStaged, ...cases.flatMap(({ instead }) => instead ?? [])].map(({ because }) => because);
  for (const reason of reasons) assert.match(reason, /^[A-Z].*\.$/s);
});

for (const labCase of cases) {
  test(`${caseName(labCase)}: quotes its page`, () => {
    const rule = rules.find(({ meta }) => meta.id === labCase.rule);
    assert.ok(rule?.docs.why.includes(labCase.quote), `The page does not say: ${labCase.quote}`);
  });

  test(`${caseName(labCase)}: is reported, and no longer once mended`, () => {
    const { broken, severity, mended } = claimOf(labCase, world);
    assert.equal(severity, 'error');
    assert.ok(errorsIn(broken).length > 0);
    if (mended !== null) assert.deepEqual(errorsIn(mended), []);
  });

  test(`${caseName(labCase)}: has base images to build on`, () => {
    const { broken, mended } = claimOf(labCase, world);
    for (const { dockerfile } of [broken, ...(mended ? [mended] : [])]) {
      for (const reference of baseImages(dockerfile, world)) {
        const root = labCase.roots?.[reference] ?? rootFor(reference);
        assert.ok(root !== null && roots[root], `Nothing in roots.ts stands for ${reference}.`);
      }
    }
  });
}

test('the page of the last run has every case and every reason', () => {
  const page = textOf(pagePath);
  for (const { rule, variant } of cases) {
    assert.ok(page.includes(`[${rule}](rules/${rule}.md)${variant ? `, ${variant}` : ''} |`), 'Run: npm run lab');
  }
  for (const { because } of notStaged) assert.ok(page.includes(because), 'Run: npm run lab');
});

function errorsIn(sources: Sources): string[] {
  const { findings } = runRules(analysisOf(sources, world), { severities: {} });
  return findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}
