import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byDocker, byInstruction } from '../../server/src/fact.js';
import {
  code,
  commandLine,
  link,
  linesOf,
  prose,
  reasons,
  sourceAddress,
  table,
} from '../../server/src/features/hover/markdown.js';
import { indexLines } from '../../server/src/text/lines.js';

for (const [text, expected] of [
  ['app', '`app`'],
  ['a`b', '``a`b``'],
  ['`a``b`', '``` `a``b` ```'],
  ['two\nlines\t here', '`two lines here`'],
  ['', '(nothing)'],
  ['x'.repeat(200), `\`${'x'.repeat(139)}…\``],
] as const) {
  test(`code keeps ${JSON.stringify(text.slice(0, 20))} together`, () => assert.equal(code(text), expected));
}

for (const [text, expected] of [
  ["'apk' installs 'curl'.", '`apk` installs `curl`.'],
  ["Go's settings", "Go's settings"],
  ['a*b*c <b>[x](y)</b>', 'a\\*b\\*c \\<b\\>\\[x\\](y)\\</b\\>'],
  ['snake_case and _this_', 'snake_case and \\_this\\_'],
  ['runs `kubectl cp` too', 'runs `kubectl cp` too'],
] as const) {
  test(`prose writes ${text}`, () => assert.equal(prose(text), expected));
}

test('a command line quotes what a shell would split', () => {
  assert.equal(commandLine(['sh', '-c', 'a b', '']), '`sh -c "a b" ""`');
});

test('a table cell keeps its pipes', () => {
  assert.equal(table([['Starts', code('a | b')], null]), '| | |\n| :-- | :-- |\n| Starts | `a \\| b` |');
});

test('lines are counted from one, and shortened', () => {
  const lines = indexLines('a\nb\nc\nd\ne\nf\n');
  const at = (...offsets: number[]) =>
    linesOf(
      lines,
      offsets.map((start) => ({ start, end: start + 1 })),
    );
  assert.equal(at(2), 'line 2');
  assert.equal(at(0, 4), 'lines 1 and 3');
  assert.equal(at(0, 2, 4, 6, 8), 'lines 1, 2, 3 and 2 more');
});

test('reasons are those of the file, each once, at most three', () => {
  const lines = indexLines('a\nb\nc\nd\n');
  const by = (start: number) => byInstruction({ start, end: start + 1 }, "Sets 'x'.");
  const found = reasons([byDocker('A default.'), by(0), by(0), by(2), by(4), by(6)], lines);
  assert.deepEqual(found, ['line 1: Sets `x`.', 'line 2: Sets `x`.', 'line 3: Sets `x`.']);
});

test('only web pages and the two commands that show something become links', () => {
  assert.equal(link('page', 'https://example.com/a'), '[page](https://example.com/a)');
  for (const address of ['command:distroless.openPage?%5B%22a.md%22%5D', 'command:distroless.compare?%5B1%5D'])
    assert.equal(link('page', address), `[page](${address})`);
  for (const address of ['command:distroless.restart?', 'command:distroless.compare?(x)', 'command:distroless.compare'])
    assert.equal(link('page', address), null);
  for (const address of [null, 'command:rm', 'file:///etc', 'http://example.com', 'https://a) [b](https://c']) {
    assert.equal(link('page', address), null);
  }
});

test('a source in a repository becomes an address', () => {
  const page = 'https://github.com/owner/name/blob/cd080764/base/base.bzl#L11';
  assert.equal(sourceAddress('owner/name@cd080764:base/base.bzl#L11'), page);
  assert.equal(sourceAddress('https://example.com/'), 'https://example.com/');
  assert.equal(sourceAddress('a book, second edition'), null);
});
