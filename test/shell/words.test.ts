import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseShell } from '../../server/src/shell/parse.js';
import { literal, plainWords, unwrap } from '../../server/src/shell/words.js';
import { mapped } from '../../server/src/text/mapped.js';

const variables: Readonly<Record<string, string | null>> = { FULL: 'value', EMPTY: '', UNSET: null, TWO: 'a b' };
const lookup = (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined);

test('literal', () => {
  const rows: readonly (readonly [string, string | null])[] = [
    ['plain', 'plain'],
    ['"a b"', 'a b'],
    ["''", ''],
    ['$FULL', 'value'],
    ['x$EMPTY', 'x'],
    ['$EMPTY', null],
    ['"$EMPTY"', ''],
    ['$TWO', null],
    ['"$TWO"', 'a b'],
    ['$OTHER', null],
    ['*.txt', null],
    ['$(date)', null],
    ['~', null],
    ['x${UNSET}', 'x'],
    ['${FULL:-y}', 'value'],
    ['${EMPTY:-y}', 'y'],
    ['x${EMPTY-y}', 'x'],
    ['${UNSET-y}', 'y'],
    ['${UNSET:-$FULL}', 'value'],
    ['${UNSET:=y}', 'y'],
    ['${FULL:+y}', 'y'],
    ['x${EMPTY:+y}', 'x'],
    ['${EMPTY+y}', 'y'],
    ['x${UNSET+y}', 'x'],
    ['${FULL:?no}', 'value'],
    ['${UNSET?no}', null],
    ['${OTHER:-y}', null],
    ['${FULL%e}', null],
  ];
  for (const [text, expected] of rows) assert.equal(literal(word(text), lookup), expected, text);
});

test('literal without a lookup knows no variable', () => {
  assert.equal(literal(word('a$B')), null);
  assert.equal(literal(word('ab')), 'ab');
});

test('plainWords splits what needs no shell', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['java -jar app.jar', ['java', '-jar', 'app.jar']],
    ['  node\tserver.js  \n', ['node', 'server.js']],
    ['echo \'a $B\' "c d"', ['echo', 'a $B', 'c d']],
    ['a\\ b c\\"d', ['a b', 'c"d']],
    ['"a\\"b\\\\c\\n"', ['a"b\\c\\n']],
    ["x''y ''", ['xy', '']],
    ['run --set key=value', ['run', '--set', 'key=value']],
    ['curl http://x/~y#z', ['curl', 'http://x/~y#z']],
    ['exec java -jar a.jar', ['java', '-jar', 'a.jar']],
    ['find ! -name x!', ['find', '!', '-name', 'x!']],
    ['cut -d, -f1 50% a^b a]', ['cut', '-d,', '-f1', '50%', 'a^b', 'a]']],
  ];
  for (const [text, expected] of rows) assert.deepEqual(plainWords(text), expected, text);
});

test('plainWords leaves to the shell what is its own', () => {
  const texts = [
    ...['', '   ', "''", '$A', 'a $B', 'a "$B"', 'a `b`', 'a "`b`"', 'a; b', 'a && b', 'a | b', 'a &', '(a)', 'a > b'],
    ...[
      'a < b',
      'a *',
      'a ?',
      'curl http://x/y?z=1',
      'a [b]',
      'a {b,c}',
      '{ a',
      'a ~',
      'a ~/b',
      'a b=~/c',
      'a #b',
      '#a',
    ],
    ...[
      'A=b c',
      'A+=b',
      '! a',
      'if a',
      'time a',
      'while a',
      'cd /x',
      '. ./env',
      'exec',
      'exec -a x y',
      'export A=b',
      'set -e',
    ],
    ...['a\nb', 'a\rb', "a 'b\nc'", 'C:\\app\\run.exe', 'a \\\n b', 'a\\', "a 'b", 'a "b', 'a\0b', '"" a'],
  ];
  for (const text of texts) assert.equal(plainWords(text), null, JSON.stringify(text));
});

test('unwrap finds the command behind its wrappers', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['apk add x', 'apk'],
    ['exec java', 'java'],
    ['exec -a name java', 'java'],
    ['env A=b C="$D" node', 'node'],
    ['/usr/bin/env -i -u X A=b node', 'node'],
    ['env --unset=X -- node', 'node'],
    ['env -S "a b"', 'env'],
    ['env', 'env'],
    ['sudo -E -u app apt-get update', 'apt-get'],
    ['sudo -Hu app A=b apt-get update', 'apt-get'],
    ['sudo --user=app -- id', 'id'],
    ['sudo -l', 'sudo'],
    ['sudo -s', 'sudo'],
    ['sudo env A=b nice -n 5 make', 'make'],
    ['command apk', 'apk'],
    ['command -v apk', 'command'],
    ['command -V apk', 'command'],
    ['nohup a', 'a'],
    ['nice -n 10 a', 'a'],
    ['nice -10 a', 'a'],
    ['/usr/bin/time -f %e a', 'a'],
    ['timeout -k 5 60 a', 'a'],
    ['gosu app a', 'a'],
    ['su-exec app:app a', 'a'],
    ['gosu --version', 'gosu'],
    ['xargs -n 1 apk add', 'xargs'],
    ['su -c a', 'su'],
    ['toString a', 'toString'],
  ];
  for (const [text, expected] of rows) {
    const words = wordsOf(text);
    assert.equal(words[unwrap(words)]?.raw, expected, text);
  }
  assert.equal(unwrap([]), 0);
});

function wordsOf(text: string) {
  return parseShell(mapped(text, 0)).commands[0]?.words ?? [];
}

function word(text: string) {
  const found = wordsOf(`echo ${text}`)[1];
  assert.ok(found, text);
  return found;
}
