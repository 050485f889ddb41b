import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexLines, lineAt } from '../server/src/text/lines.js';
import { projectFaults } from './mutants/project-faults.js';
import { projects } from './mutants/projects.js';
import { allFindings, type CheckOptions } from './support/checks.js';

const leastShare = 0.95;

for (const { name, text, files } of projects)
  test(`sound with its files: ${name}`, () => assert.deepEqual(loud(text, files), []));

test(`at least ${leastShare * 100} % of the faults in files and around them are found, where they are`, (context) => {
  const missed: string[] = [];
  let made = 0;
  for (const project of projects) {
    for (const fault of projectFaults) {
      const broken = fault.apply(project);
      if (broken === null) continue;
      made++;
      const isFound = findingsOf(broken.text, broken.files).some(
        ({ rule, line }) => fault.rules.includes(rule) && line.includes(broken.at),
      );
      if (!isFound) missed.push(`${fault.name} in '${project.name}'`);
    }
  }
  context.diagnostic(`${made - missed.length} of ${made} found; missed: ${missed.join('; ') || 'none'}`);
  assert.ok(made >= 50, `Only ${made} mutants.`);
  assert.ok(missed.length <= made * (1 - leastShare), missed.join('\n'));
});

for (const fault of projectFaults)
  test(`fault with files: ${fault.name} fits at least one project`, () => {
    assert.ok(projects.some((project) => fault.apply(project) !== null));
  });

function findingsOf(text: string, files: Readonly<Record<string, string>>) {
  const lines = indexLines(text);
  const texts = text.split('\n');
  return allFindings(text, optionsOf(files)).map(({ rule, severity, message, span }) => ({
    rule: rule.meta.id,
    severity,
    message,
    line: texts[lineAt(lines, span.start)] ?? '',
  }));
}

function optionsOf(files: Readonly<Record<string, string>>): CheckOptions {
  const entries = Object.entries(files).map(([name, text]) => {
    return name.endsWith(' (644)') ? [name.slice(0, -6), { text, isExecutable: false }] : [name, text];
  });
  return { files: Object.fromEntries(entries) as NonNullable<CheckOptions['files']> };
}

/** What is said at warning and above. */
function loud(text: string, files: Readonly<Record<string, string>>): string[] {
  return findingsOf(text, files)
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ rule, line, message }) => `${rule}: ${message} (${line})`);
}
