import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze, createWorld } from '../server/src/analyze.js';
import { runRules } from '../server/src/rules/run.js';
import { indexLines, lineAt } from '../server/src/text/lines.js';
import { faults } from './mutants/faults.js';
import { compiled } from './mutants/sound-compiled.js';
import { interpreted } from './mutants/sound-interpreted.js';
import { starting } from './mutants/sound-starting.js';
import { languages } from './mutants/sound-languages.js';
import { pythons } from './mutants/sound-python.js';

const all = [...compiled, ...interpreted, ...starting, ...languages, ...pythons];
const leastShare = 0.95;

test('there are forty sound files of different names', () => {
  assert.ok(all.length >= 40);
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
});

for (const { name, text } of all) {
  test(`sound: ${name}`, () => assert.deepEqual(loud(text), []));
}

test(`at least ${leastShare * 100} % of the faults put into them are found, where they are`, (context) => {
  const missed: string[] = [];
  let made = 0;
  for (const { name, text } of all) {
    for (const fault of faults) {
      const broken = fault.apply(text);
      if (broken === null) continue;
      made++;
      const found = findingsOf(broken.text).filter(
        ({ rule, line }) => fault.rules.includes(rule) && line.includes(broken.at),
      );
      if (found.length === 0) missed.push(`${fault.name} in '${name}'`);
    }
  }
  context.diagnostic(`${made - missed.length} of ${made} found; missed: ${missed.join('; ') || 'none'}`);
  assert.ok(made >= 300, `Only ${made} mutants.`);
  assert.ok(missed.length <= made * (1 - leastShare), missed.join('\n'));
});

for (const fault of faults) {
  test(`fault: ${fault.name} fits at least one file`, () => {
    assert.ok(all.some(({ text }) => fault.apply(text) !== null));
  });
}

function findingsOf(text: string) {
  const lines = indexLines(text);
  const texts = text.split('\n');
  return runRules(analyze(text, createWorld('2026-11-21')), { severities: {} }).findings.map((finding) => ({
    rule: finding.rule.meta.id,
    severity: finding.severity,
    message: finding.message,
    line: texts[lineAt(lines, finding.span.start)] ?? '',
  }));
}

/** What is said at warning and above. */
function loud(text: string): string[] {
  return findingsOf(text)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ rule, line, message }) => `${rule}: ${message} (${line})`);
}
