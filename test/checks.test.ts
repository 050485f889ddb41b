import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rule } from '../server/src/rules/rule.js';
import { replace } from '../server/src/text/edit.js';
import { checkFix, checkRule, checkSilent, fixTitles } from './support/checks.js';
import { printFixture, readFixture } from './support/fixture.js';

test('marks leave the text and give spans', () => {
  const { text, marks } = readFixture(`
FROM a
#    ^ fixable: (warning) One.
#^^^ Two.
RUN b
`);
  assert.equal(text, 'FROM a\nRUN b\n');
  assert.deepEqual(marks, [
    { line: 0, start: 5, end: 6, isFixable: true, severity: 'warning', message: 'One.' },
    { line: 0, start: 0, end: 4, isFixable: false, severity: null, message: 'Two.' },
  ]);
});

test('a fixture is printed in one fixed way', () => {
  const source = 'FROM a\n#^^^ Two.\n#    ^ fixable: (warning) One.\nRUN b\n';
  assert.equal(printFixture(readFixture(source)), source);
  const swapped = 'FROM a\n#    ^ (warning) fixable: One.\n#^^^ Two.\nRUN b\n';
  assert.equal(printFixture(readFixture(swapped)), source);
});

/** Finds each run of x in the file. */
function noX(replacement: string): Rule {
  return {
    meta: { id: 'no-x', summary: 'Test', category: 'build', severity: 'error', fix: 'safe' },
    docs: { why: '', bad: '', good: '', references: [] },
    *check({ file }) {
      for (const match of file.text.matchAll(/x+/g)) {
        const span = { start: match.index, end: match.index + match[0].length };
        yield { span, message: 'An x.', because: [], data: null };
      }
    },
    fix: ({ span }) => [{ title: 'Write a y', edits: [replace(span, replacement)] }],
  };
}

test('checks pass where they should', () => {
  checkRule(noX('y'), 'FROM xx\n#    ^^ fixable: An x.\n');
  checkSilent(noX('y'), 'FROM a\n');
  checkFix(noX('y'), '# a\nFROM x\n', '# a\nFROM y\n');
});

test('checks fail where they should', () => {
  const rule = noX('y');
  assert.throws(() => checkRule(rule, 'FROM xx\n#    ^ fixable: An x.\n'), 'the span');
  assert.throws(() => checkRule(rule, 'FROM xx\n#    ^^ An x.\n'), 'the fix');
  assert.throws(() => checkRule(rule, 'FROM xx\n#    ^^ fixable: (warning) An x.\n'), 'the severity');
  assert.throws(() => checkRule(rule, 'FROM xx\n#    ^^ fixable: An y.\n'), 'the message');
  assert.throws(() => checkRule(rule, 'FROM xx\nRUN x\n#   ^ fixable: An x.\n'), 'one too many');
  assert.throws(() => checkRule(rule, 'FROM a\n'), /use checkSilent/);
  assert.throws(() => checkSilent(rule, 'FROM xx\n'));
  assert.throws(() => checkFix(rule, 'FROM x\n', 'FROM z\n'));
  assert.throws(() => checkFix(noX('x'), 'FROM x\n', 'FROM x\n'), /its own complaint/);
  assert.throws(() => checkFix(rule, '# x\nFROM a\n', '# y\nFROM a\n'), /loses the comment/);
});

test('fixes are listed by title', () => {
  assert.deepEqual(fixTitles(noX('y'), 'FROM x\nRUN x\n'), ['Write a y', 'Write a y']);
});
