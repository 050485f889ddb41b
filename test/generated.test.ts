import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generatedFiles, outdatedFiles, readmeWithTable, tableEnd, tableStart } from '../scripts/generated-files.js';
import { indexWith, isRuleId, ruleSource, testSource } from '../scripts/rule-scaffold.js';
import { rules } from '../server/src/rules/index.js';
import { root, textOf } from './support/repository.js';

test('the generated files are up to date', () => {
  const outdated = outdatedFiles(root, generatedFiles(root, rules)).map((file) => file.path);
  assert.deepEqual(outdated, [], 'Run: npm run generate');
});

test('every setting of a rule offers its own severity as the default', () => {
  const manifest = textOf('package.json');
  for (const { meta } of rules) assert.ok(manifest.includes(`"${meta.id}": {`), meta.id);
});

test('the table goes between its markers and leaves the rest alone', () => {
  const readme = readmeWithTable(`Before.\n\n${tableStart}\nold\n${tableEnd}\n\nAfter.\n`, rules);
  assert.ok(readme.startsWith(`Before.\n\n${tableStart}\n\n| Rule |`));
  assert.ok(readme.endsWith(`|\n\n${tableEnd}\n\nAfter.\n`));
  assert.throws(() => readmeWithTable('No markers.', rules), /README\.md needs the lines/);
});

test('a new rule takes its place in the list of rules', () => {
  const source = textOf('server/src/rules/index.ts');
  const added = indexWith(source, 'a-first-rule');
  assert.equal(indexWith(source, 'unused-ignore'), source, 'A list rewritten without change stays as it is.');
  assert.match(added, /^import aFirstRule from '\.\/a-first-rule\.js';\n/);
  assert.match(added, /= \[\s*aFirstRule,/);
});

test('the scaffold names its rule', () => {
  assert.ok(ruleSource('a-first-rule').includes("id: 'a-first-rule'"));
  assert.ok(testSource('a-first-rule').includes("'../../server/src/rules/a-first-rule.js'"));
  assert.deepEqual(['a-b', 'a', 'A-b', 'a--b', '../a', 'a-'].map(isRuleId), [true, true, false, false, false, false]);
});
