import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { test } from 'node:test';
import { rules } from '../server/src/rules/index.js';
import type { Finding, Rule } from '../server/src/rules/rule.js';
import { allFindings, applyFix, assertSound, changedFiles, findingsOf, type CheckOptions } from './support/checks.js';
import { filesUnder } from './support/repository.js';

/** Files of the rules folder that hold no rule. */
const machinery = [
  'causes',
  'ignore-comments',
  'index',
  'misfit',
  'missing-file',
  'node-misfits',
  'one-cause',
  'rule',
  'run',
  'shell-form',
  'stage-at',
];

const ids = rules.map((rule) => rule.meta.id);

test('every rule file is in the list, which is in alphabetical order', () => {
  const files = filesUnder('server/src/rules', '.ts').map((path) => basename(path, '.ts'));
  assert.deepEqual(ids, files.filter((name) => !machinery.includes(name)).sort());
});

test('every rule has a test of its own, and every such test a rule', () => {
  const tests = filesUnder('test/rules', '.test.ts').map((path) => basename(path, '.test.ts'));
  assert.deepEqual(tests.sort(), [...ids].sort());
});

for (const rule of rules) {
  test(`${rule.meta.id}: is described as the others are`, () => checkDescription(rule));
  test(`${rule.meta.id}: its examples are true`, () => checkExamples(rule));
  test(`${rule.meta.id}: its messages are plain sentences`, () => checkWording(rule));
  test(`${rule.meta.id}: its fix does what it promises`, () => checkPromise(rule));
}

function badFiles({ docs: { files } }: Rule): CheckOptions {
  return files ? { files } : {};
}

function goodFiles({ docs: { files, goodFiles = files } }: Rule): CheckOptions {
  return goodFiles ? { files: goodFiles } : {};
}

function checkDescription({ meta, docs }: Rule): void {
  assert.match(meta.id, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  assert.ok(meta.summary.length < 70, `The summary has ${meta.summary.length} characters.`);
  assert.match(meta.summary, /^\S.*[^.\s]$/, 'The summary has no full stop.');
  assert.match(docs.why, /\.$/, 'The why is whole sentences.');
  assert.doesNotMatch(docs.why, /\b(please|consider)\b/i);
  for (const reference of docs.references) assert.match(reference, /^https:\/\/\S+$/);
}

function checkExamples(rule: Rule): void {
  const [finding, ...more] = findingsOf(rule, rule.docs.bad, badFiles(rule));
  assert.ok(finding, 'The bad example is not reported.');
  assert.deepEqual(more.map(describe), [], 'The bad example is reported more than once.');
  // A rule whose usual case is not the certain one says so in its text.
  const isSaid = rule.docs.why.includes(`as a ${finding.severity}`);
  assert.ok(finding.severity === rule.meta.severity || isSaid, 'The bad example shows the rule at its full severity.');
  assert.deepEqual(findingsOf(rule, rule.docs.good, goodFiles(rule)).map(describe), []);
  assert.deepEqual(errors(rule.docs.good, goodFiles(rule)).map(describe), [], 'The good example is not good.');
}

function checkWording(rule: Rule): void {
  for (const { message, fixes } of findingsOf(rule, rule.docs.bad, badFiles(rule))) {
    assert.match(message, /^\S.*\.$/, `Not a sentence with a full stop: ${message}`);
    assert.doesNotMatch(message, /`|\b(please|consider)\b/i, message);
    const mentioned = ids.filter((id) => id.includes('-') && message.includes(id));
    if (rule.meta.id !== 'unused-ignore') assert.deepEqual(mentioned, [], `A rule id in prose: ${message}`);
    for (const { title } of fixes()) assert.match(title, /^[A-Z].*[^.]$/, `Not a title: ${title}`);
  }
}

function checkPromise(rule: Rule): void {
  const { bad, good } = rule.docs;
  const files = badFiles(rule);
  const fixes = findingsOf(rule, bad, files).flatMap((finding) => [...finding.fixes()]);
  if (rule.meta.fix === 'none') {
    assert.equal(rule.fix, undefined, 'A rule without a fix has no function for it.');
    return;
  }
  const [first] = fixes;
  assert.ok(first, 'The bad example has no fix.');
  const fixed = applyFix(bad, first);
  if (rule.meta.fix === 'safe') assert.equal(fixed, good);
  for (const fix of fixes) {
    const result = applyFix(bad, fix);
    const around = { before: files, after: changedFiles(files, fix) };
    assertSound(rule, bad, result, around);
    const before = new Set(errors(bad, around.before).map((finding) => finding.rule.meta.id));
    const fresh = errors(result, around.after).filter((finding) => !before.has(finding.rule.meta.id));
    assert.deepEqual(fresh.map(describe), [], `'${fix.title}' brings a new error:\n${result}`);
  }
}

function errors(text: string, options: CheckOptions): readonly Finding[] {
  return allFindings(text, options).filter((finding) => finding.severity === 'error');
}

function describe({ rule, severity, message }: Finding): string {
  return `${severity}: ${message} [${rule.meta.id}]`;
}
