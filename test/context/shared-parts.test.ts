import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildPath } from '../../server/src/context/build-path.js';
import { asObject, entriesOf, field, keysOf, textField, textsField } from '../../server/src/context/data.js';
import { keyFinder, readJson } from '../../server/src/context/json.js';
import { fillIn } from '../../server/src/context/placeholders.js';
import { readToml } from '../../server/src/context/toml.js';
import { allOf, anyOf, not } from '../../server/src/context/truth.js';
import { literalPattern } from '../../server/src/text/literal-pattern.js';

test('values are taken for what they are', () => {
  const object = readJson('{"a": {"b": "x"}, "list": ["x", 1, "y"], "one": "x", "none": null}');
  assert.equal(textField(field(object, 'a'), 'b'), 'x');
  assert.equal(textField(object, 'list'), null);
  assert.deepEqual(textsField(object, 'list'), ['x', 'y']);
  assert.deepEqual(textsField(object, 'one'), ['x']);
  assert.deepEqual(keysOf(field(object, 'a')), ['b']);
  assert.deepEqual(entriesOf(field(object, 'list')), []);
  assert.equal(field(field(object, 'none'), 'a'), undefined);
  assert.equal(asObject(['x']), null);
});

test('names that every object has are not taken for its own', () => {
  assert.equal(field({}, 'constructor'), undefined);
  assert.equal(field(readJson('{"__proto__": {"a": 1}}'), 'a'), undefined);
  assert.equal(field(readToml('[__proto__]\na = 1\n'), 'a'), undefined);
});

test('what is no object or cannot be read is null', () => {
  for (const text of ['', '[1]', '3', '{', 'null']) assert.equal(readJson(text), null, text);
  for (const text of ['a = ', '[a', `a = "${'x'.repeat(600_000)}"`]) assert.equal(readToml(text), null);
});

test('keys are found in their order, each behind the one before', () => {
  const text = '{"x": {"a": 1}, "y": {"a": 2}}';
  const find = keyFinder(text, text.indexOf('"y"'));
  assert.equal(find('a').start, text.lastIndexOf('"a"'));
  assert.deepEqual(find('a'), { start: 0, end: 0 });
});

test('placeholders are filled in, or the whole is not known', () => {
  const fill = (text: string) => fillIn(text, /\$\{(\w+)\}/g, (name) => (name === 'a' ? '$&' : null));
  assert.equal(fill('1 ${a} 2'), '1 $& 2');
  assert.equal(fill('${a} ${b}'), null);
  assert.equal(fill('plain'), 'plain');
});

test('what is not known decides nothing, and what is decided needs no more', () => {
  assert.deepEqual([allOf([]), allOf([true, null]), allOf([null, false])], [true, null, false]);
  assert.deepEqual([anyOf([]), anyOf([false, null]), anyOf([null, true])], [false, null, true]);
  assert.deepEqual([not(true), not(false), not(null)], [false, true, null]);
});

test('paths of build files stay in the tree', () => {
  assert.equal(buildPath('a', '../b'), 'b');
  for (const path of ['..', '/srv', '~/x', 'https://example.com/x', 'git@github.com:a/b', null])
    assert.equal(buildPath('', path), null, String(path));
});

test('a literal pattern matches its text and nothing else', () => {
  const text = 'a.b*c[d]\\e/(f)|$^{1}+?';
  assert.match(text, new RegExp(`^${literalPattern(text)}$`));
  assert.doesNotMatch('axb', new RegExp(`^${literalPattern('a.b')}$`));
});
