import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { divideQuotedWords, divideWords } from '../../server/src/syntax/ast.js';
import { unquote, unquoteFlag } from '../../server/src/syntax/unquote.js';
import type { Span } from '../../server/src/text/span.js';

const characters = fc.constantFrom(...'aB1=$,#<{}[]-\\`"\' \t\r\v\f\u00a0\ud83d\u0000');
const line = fc.array(characters, { maxLength: 40 }).map((parts) => parts.join(''));

test('words are what stands between white space, whatever they hold', () => {
  fc.assert(
    fc.property(line, (text) => {
      assert.deepEqual(texts(text, divideWords(text)), text.match(/[^\t\v\f\r ]+/g) ?? []);
    }),
  );
});

test('quotes and the escape character hold a word together', () => {
  const word = {
    '\\': /(?:\\[^]|\\$|"(?:[^"\\]|\\[^])*\\?(?:"|$)|'[^']*(?:'|$)|[^\s"'\\])+/g,
    '`': /(?:`[^]|`$|"(?:[^"`]|`[^])*`?(?:"|$)|'[^']*(?:'|$)|[^\s"'`])+/g,
  };
  fc.assert(
    fc.property(line, fc.constantFrom('\\' as const, '`' as const), (text, escape) => {
      assert.deepEqual(texts(text, divideQuotedWords(text, escape)), text.match(word[escape]) ?? []);
    }),
  );
});

test('a value loses quotes and escapes and keeps its variables', () => {
  const values = [
    ['a"b c"d', 'ab cd'],
    ["'a\\b'", 'a\\b'],
    ['a\\b', 'ab'],
    ['"a\\b\\"\\\\"', 'a\\b"\\'],
    ['a\\', 'a'],
    ['"$A"${B:-c}', '$A${B:-c}'],
    ["'$A'\\$B", '\\$A\\$B'],
    ['"a', 'a'],
    ['', ''],
  ] as const;
  for (const [text, value] of values) assert.equal(unquote(text, '\\'), value, text);
  assert.equal(unquote('C:\\a` b', '`'), 'C:\\a b');
  assert.equal(unquote('`$A', '`'), '`$A');
  assert.equal(unquoteFlag('"a b"\\ c', '\\'), 'a b c');
});

function texts(text: string, words: readonly Span[]): string[] {
  return words.map(({ start, end }) => text.slice(start, end));
}
