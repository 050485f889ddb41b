import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { expandDockerWord } from '../../server/src/shell/words.js';

const variables: Readonly<Record<string, string | null>> = {
  FULL: 'value',
  EMPTY: '',
  UNSET: null,
  VERSION: '1.22.3-alpine3.20',
  PATH_: 'a/b/c',
};
const lookup = (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined);

type Row = readonly [text: string, value: string | null, names?: string];

const rows: readonly Row[] = [
  ['', ''],
  ['plain', 'plain'],
  ['$FULL', 'value', 'FULL'],
  ['x${FULL}y', 'xvaluey', 'FULL'],
  ['$FULL-x', 'value-x', 'FULL'],
  ['$UNSET', '', 'UNSET'],
  ['$OTHER', null, 'OTHER'],
  ['a$OTHER$FULL', null, 'OTHER FULL'],
  ['$FULL$FULL', 'valuevalue', 'FULL'],
  ['"$FULL x"', 'value x', 'FULL'],
  ["'$FULL'", '$FULL'],
  ['"a\'$FULL\'"', "a'value'", 'FULL'],
  ['a\'b\'"c"', 'abc'],
  ['\\$FULL', '$FULL'],
  ['"\\$FULL"', '$FULL'],
  ['"a\\b"', 'a\\b'],
  ['a\\b', 'ab'],
  ['a\\', 'a'],
  ['$', '$'],
  ['a$/b', 'a$/b'],
  ['$1', ''],
  ['$$', ''],
  ['${FULL:-x}', 'value', 'FULL'],
  ['${EMPTY:-x}', 'x', 'EMPTY'],
  ['${EMPTY-x}', '', 'EMPTY'],
  ['${UNSET-x}', 'x', 'UNSET'],
  ['${UNSET:-}', '', 'UNSET'],
  ['${UNSET:-$FULL}', 'value', 'UNSET FULL'],
  ['${UNSET:-${EMPTY:-${FULL}}}', 'value', 'UNSET EMPTY FULL'],
  ['${FULL:-$OTHER}', 'value', 'FULL'],
  ['${UNSET:-$OTHER}', null, 'UNSET OTHER'],
  ['${OTHER:-x}', null, 'OTHER'],
  ['${UNSET:-"a}b"}', 'a}b', 'UNSET'],
  ['${FULL:+x}', 'x', 'FULL'],
  ['${EMPTY:+x}', '', 'EMPTY'],
  ['${EMPTY+x}', 'x', 'EMPTY'],
  ['${UNSET+x}', '', 'UNSET'],
  ['${FULL:?no}', 'value', 'FULL'],
  ['${UNSET:?no}', null, 'UNSET'],
  ['${EMPTY?no}', '', 'EMPTY'],
  ['${VERSION%%-*}', '1.22.3', 'VERSION'],
  ['${VERSION%.*}', '1.22.3-alpine3', 'VERSION'],
  ['${VERSION%%.*}', '1', 'VERSION'],
  ['${PATH_#*/}', 'b/c', 'PATH_'],
  ['${PATH_##*/}', 'c', 'PATH_'],
  ['${FULL#val}', 'ue', 'FULL'],
  ['${FULL%x}', 'value', 'FULL'],
  ['${PATH_/\\//-}', null, 'PATH_'],
  ['${FULL/a/o}', 'volue', 'FULL'],
  ['${VERSION//./_}', '1_22_3-alpine3_20', 'VERSION'],
  ['${OTHER#x}', null, 'OTHER'],
  ['${', null],
  ['${}', null],
  ['${FULL', null, 'FULL'],
  ['${FULL:-x', null, 'FULL'],
  ['${FULL^^}', null, 'FULL'],
  ["'a", null],
  ['"a', null],
];

test('variables are put in by the rules of Docker', () => {
  for (const [text, value, names = ''] of rows) {
    const found = expandDockerWord(text, lookup);
    assert.equal(found.value, value, text);
    assert.equal(found.names.join(' '), names, text);
  }
});

test('the escape character may be a backtick', () => {
  assert.equal(expandDockerWord('C:\\x`$FULL', lookup, { escape: '`' }).value, 'C:\\x$FULL');
  assert.equal(expandDockerWord('"`$FULL`"\\"', lookup, { escape: '`' }).value, '$FULL"\\');
});

test('deep nesting is not known rather than followed', () => {
  const depth = 20_000;
  assert.equal(expandDockerWord('${A:-'.repeat(depth) + '}'.repeat(depth), () => null).value, null);
});

test('any text gives a value or none', () => {
  const character = fc.constantFrom(...'$${}:-+?#%/\'"\\`ab *');
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 30 }), (text) => {
      const { value, names } = expandDockerWord(text, (name) => (name === 'a' ? 'x' : null));
      assert.ok(value === null || typeof value === 'string');
      assert.ok(names.every((name) => text.includes(name)));
    }),
  );
});
