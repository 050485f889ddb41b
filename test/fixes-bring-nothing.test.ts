import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rules } from '../server/src/rules/index.js';
import type { Finding, Fix } from '../server/src/rules/rule.js';
import { faults } from './mutants/faults.js';
import { compiled } from './mutants/sound-compiled.js';
import { interpreted } from './mutants/sound-interpreted.js';
import { languages } from './mutants/sound-languages.js';
import { pythons } from './mutants/sound-python.js';
import { starting } from './mutants/sound-starting.js';
import { allFindings, applyFix } from './support/checks.js';

type File = { readonly name: string; readonly text: string };

/** A fix may uncover what could not be seen before it; each pair is the mended rule and the uncovered one. */
const uncovered: ReadonlySet<string> = new Set([
  // With the interpreter gone from CMD, the next word is looked for in the working directory.
  'runtime-entrypoint-repeated relative-exec-after-workdir-change',
]);

const samples = readdirSync('samples', { withFileTypes: true }).flatMap((entry): File[] => {
  if (!entry.isDirectory()) return [];
  const path = join('samples', entry.name, 'Dockerfile');
  return [{ name: path, text: readFileSync(path, 'utf8') }];
});
const examples = rules.map(({ meta, docs }): File => ({ name: meta.id, text: docs.bad }));

for (const { name, text } of [...samples, ...examples]) {
  test(`no fix in '${name}' brings a new finding`, () => assert.deepEqual(faultsOfFixes(text), []));
}

/** Every fault once or twice is enough here; each file of a fault is the same fault once more. */
const perFault = 2;

for (const [index, fault] of faults.entries()) {
  test(`no fix brings a new finding: ${fault.name}`, (context) => {
    const sound = [...compiled, ...interpreted, ...starting, ...languages, ...pythons];
    const start = (index * 7) % sound.length;
    const turned = [...sound.slice(start), ...sound.slice(0, start)];
    const broken = turned.flatMap(({ name, text }) => {
      const made = fault.apply(text);
      return made ? [{ name, text: made.text }] : [];
    });
    const problems = broken.slice(0, perFault).flatMap(({ name, text }) => {
      context.diagnostic(`in '${name}'`);
      return faultsOfFixes(text);
    });
    assert.ok(broken.length > 0);
    assert.deepEqual(problems, []);
  });
}

/** What is wrong with the fixes of a file: they leave their own finding, or bring others of warning or above. */
function faultsOfFixes(text: string): string[] {
  const before = allFindings(text);
  return before.flatMap((finding) => finding.fixes().flatMap((fix) => faultsOf(fix, finding, { text, before })));
}

type Situation = { readonly text: string; readonly before: readonly Finding[] };

function faultsOf(fix: Fix, finding: Finding, { text, before }: Situation): string[] {
  const after = allFindings(applyFix(text, fix));
  const known = countsOf(before);
  const counts = countsOf(after);
  const { id } = finding.rule.meta;
  const isLeft = timesSaid(finding, after) >= timesSaid(finding, before);
  const left = isLeft ? [`'${fix.title}' leaves: ${finding.message}`] : [];
  const fresh = after.filter(
    ({ rule, severity }) =>
      (severity === 'error' || severity === 'warning') &&
      (counts.get(rule.meta.id) ?? 0) > (known.get(rule.meta.id) ?? 0) &&
      !uncovered.has(`${id} ${rule.meta.id}`),
  );
  return [...left, ...fresh.map(({ message }) => `'${fix.title}' brings: ${message}`)];
}

/** How many findings there are of each rule, those that another one tells of included. */
function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of withTold(findings)) counts.set(rule.meta.id, (counts.get(rule.meta.id) ?? 0) + 1);
  return counts;
}

function timesSaid({ rule, message }: Finding, findings: readonly Finding[]): number {
  return withTold(findings).filter((one) => one.rule === rule && bare(one.message) === bare(message)).length;
}

/** The message without the count of those it is true of as well. */
function bare(message: string): string {
  return message.replace(/; the same is true of .*$/, '.');
}

function withTold(findings: readonly Finding[]): readonly Finding[] {
  return findings.flatMap((finding) => [finding, ...(finding.tells ?? [])]);
}
