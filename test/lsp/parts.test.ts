import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { deprecations } from '../../server/src/lsp/convert.js';
import { Documents } from '../../server/src/lsp/documents.js';
import { safeEdits } from '../../server/src/lsp/fix-all.js';
import { repeated } from '../../server/src/lsp/neighbours.js';
import { defaultSettings, readSettings } from '../../server/src/lsp/settings.js';
import { shrink } from '../../server/src/lsp/shrink.js';
import { StatusBoard } from '../../server/src/lsp/status.js';
import type { Status } from '../../server/src/protocol.js';
import { defineRule, type Finding, type Fix } from '../../server/src/rules/rule.js';
import { rules } from '../../server/src/rules/index.js';
import { applyEdits, insert, replace } from '../../server/src/text/edit.js';

test('shrink: leaves out what stays', () => {
  const text = 'CMD /app --port 80';
  assert.deepEqual(shrink(text, replace({ start: 4, end: 18 }, '/app --port 8080')), insert(18, '80'));
  assert.deepEqual(shrink('aaa', replace({ start: 0, end: 3 }, 'aa')).text, '');
});

test('shrink: the result is the same, and no pair is split', () => {
  const word = fc
    .array(fc.constantFrom('a', 'b', '\r\n', '\n', '🐳', '🐋'), { maxLength: 8 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(word, word, (before, after) => {
      const small = shrink(before, replace({ start: 0, end: before.length }, after));
      assert.equal(applyEdits(before, [small]), after);
      for (const at of [small.span.start, small.span.end]) {
        assert.notEqual(before.slice(at - 1, at + 1), '\r\n');
        assert.doesNotMatch(before.slice(at - 1, at + 1), /[\ud800-\udbff][\udc00-\udfff]/);
      }
      assert.ok(small.span.end - small.span.start <= before.length);
    }),
  );
});

test('settings: nothing set gives the defaults', () => {
  for (const raw of [undefined, null, {}])
    assert.deepEqual(readSettings(raw), { settings: defaultSettings, problems: [] });
});

test('settings: any value at all gives settings of the right form', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (raw, rules) => {
      for (const value of [raw, { rules, hover: rules, buildArgs: rules, overlap: rules }]) {
        const { settings } = readSettings(value);
        assert.equal(typeof settings.enable, 'boolean');
        assert.ok(Object.values(settings.rules).every((one) => /^(error|warning|information|hint|off)$/.test(one)));
        assert.ok(Object.values(settings.buildArgs).every((one) => typeof one === 'string'));
      }
    }),
  );
});

test('settings: good values are kept beside bad ones', () => {
  const { settings, problems } = readSettings({ run: 'onSave', rules: { a: 'off', b: 1 }, hover: 3 });
  assert.equal(settings.run, 'onSave');
  assert.deepEqual(settings.rules, { a: 'off' });
  assert.deepEqual(problems, [
    "Setting 'distroless.hover' is not an object: the defaults are used.",
    "Setting 'distroless.rules' has no valid value for 'b'.",
  ]);
});

test('fix all: takes first fixes that are safe and do not touch', () => {
  const findings = [
    finding(20, 'safe', [{ title: 'c', edits: [insert(20, 'C')] }]),
    finding(0, 'safe', [{ title: 'a', edits: [replace({ start: 0, end: 4 }, 'A')] }]),
    finding(4, 'safe', [{ title: 'meets a', edits: [insert(4, 'B')] }]),
    finding(8, 'review', [{ title: 'for a person', edits: [insert(8, 'X')] }]),
    finding(9, 'review', [{ title: 'safe after all', edits: [insert(9, 'D')], safe: true }]),
    finding(12, 'safe', [{ title: 'not this time', edits: [insert(12, 'X')], safe: false }]),
    finding(16, 'safe', []),
  ];
  assert.deepEqual(
    safeEdits(findings).map(({ text }) => text),
    ['A', 'D', 'C'],
  );
});

test('status: tells every change once, and forgets what is closed', () => {
  const sent: Status[] = [];
  const board = new StatusBoard('2026-11-20', (status) => sent.push(status));
  board.announce();
  assert.equal(board.set('Hover a', 'Hover failed.'), true);
  assert.equal(board.set('Hover a', 'Hover failed.'), false);
  board.set('rules b', 'Rule failed.');
  board.set('Hover a', null);
  board.forget('b');
  assert.deepEqual(
    sent.map(({ state, message }) => `${state} ${message}`.trim()),
    ['ok', 'error Hover failed.', 'error Rule failed.', 'ok'],
  );
});

test('the tables name rules that there are', () => {
  const ids = new Set(rules.map(({ meta }) => meta.id));
  assert.deepEqual(
    [...Object.keys(repeated), ...deprecations].filter((id) => !ids.has(id)),
    [],
  );
});

test('documents: changes of one notification build on one another', () => {
  const documents = new Documents();
  documents.open({ uri: 'u', version: 1, text: 'one\r\ntwo\n' });
  const changed = documents.change('u', 2, [
    { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } }, text: '2\n3' },
    { range: { start: { line: 2, character: 1 }, end: { line: 9, character: 9 } }, text: '.' },
  ]);
  assert.equal(changed?.text, 'one\r\n2\n3.');
  assert.equal(changed && documents.isDirty(changed), true);
  documents.save('u');
  assert.equal(changed && documents.isDirty(changed), false);
  assert.equal(documents.change('v', 1, [{ text: '' }]), null);
});

function finding(at: number, fix: 'safe' | 'review', fixes: readonly Fix[]): Finding {
  const rule = defineRule({
    meta: { id: 'x', summary: 'x', category: 'start', severity: 'error', fix },
    docs: { why: '', bad: '', good: '', references: [] },
    check: () => [],
  });
  return { rule, severity: 'error', span: { start: at, end: at + 1 }, message: '', because: [], fixes: () => fixes };
}
