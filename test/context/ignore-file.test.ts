import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decidingPattern, readIgnoreFile, readPattern } from '../../server/src/context/ignore-file.js';

function isKeptOut(text: string, path: string): boolean {
  const patterns = readIgnoreFile({ path: '.dockerignore', uri: null, text });
  assert.ok(patterns);
  const deciding = decidingPattern(patterns, path);
  return deciding !== null && !deciding.isException;
}

const cases: readonly (readonly [text: string, path: string, isKeptOut: boolean])[] = [
  ['node_modules', 'node_modules', true],
  ['node_modules', 'node_modules/a/b.js', true],
  ['node_modules', 'app/node_modules', false],
  ['**/node_modules', 'app/node_modules/x', true],
  ['**/node_modules', 'node_modules', true],
  ['/node_modules/', 'node_modules', true],
  ['./dist', 'dist/app.js', true],
  ['*.log', 'npm.log', true],
  ['*.log', 'logs/npm.log', false],
  ['**/*.log', 'logs/a/npm.log', true],
  ['logs/?.txt', 'logs/a.txt', true],
  ['logs/?.txt', 'logs/ab.txt', false],
  ['[ab].txt', 'b.txt', true],
  ['[^ab].txt', 'b.txt', false],
  ['*\n!package.json', 'package.json', false],
  ['*\n!package.json', 'server.js', true],
  ['*\n!src', 'src/deep/file.ts', false],
  ['!src\n*', 'src/file.ts', true],
  ['# node_modules', 'node_modules', false],
  ['  dist  \r\nbuild\r\n', 'dist', true],
  ['a/../b', 'b', true],
  ['.', 'anything', false],
  ['', 'anything', false],
  ['**', 'a/b/c', true],
];

for (const [text, path, expected] of cases) {
  test(`${JSON.stringify(text)} ${expected ? 'keeps out' : 'lets in'} '${path}'`, () => {
    assert.equal(isKeptOut(text, path), expected);
  });
}

test('the deciding line is told with its place', () => {
  const text = '# comment\r\n  dist\r\nnode_modules\r\n';
  const patterns = readIgnoreFile({ path: '.dockerignore', uri: null, text });
  const span = patterns && decidingPattern(patterns, 'dist/a')?.span;
  assert.ok(span);
  assert.equal(text.slice(span.start, span.end), 'dist');
});

test('what cannot be read makes the whole file unknown', () => {
  for (const text of ['[', `${'*a'.repeat(20)}`, 'a'.repeat(2000), 'x\n'.repeat(3000)])
    assert.equal(readIgnoreFile({ path: '.dockerignore', uri: null, text }), null);
  assert.equal(readPattern('[z-a]'), null);
});
