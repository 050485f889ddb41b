import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterRows, nextSort, sizeText, sortRows, toggles, type Sort } from '../../client/webview/compare/rows.js';
import { row } from './comparison.js';

const rows = [
  row('present', { isPresent: true, shell: '/bin/sh', user: 'root', libc: 'glibc 2.41', packageCount: 90 }),
  row('small', { shell: 'none', user: '65532 (nonroot)', libc: 'glibc 2.9', access: 'public', packageCount: 9 }),
  row('unknown'),
  row('alpine', { shell: '/bin/sh', user: 'root (0)', libc: 'musl 1.2.5', packageCount: 15, contains: ['apk'] }),
  row('paid', { shell: 'none', user: '0', libc: 'none', access: 'paid subscription', packageCount: 20 }),
];

const names = (some: readonly { readonly reference: string }[]) => some.map(({ reference }) => reference);

function kept(wanted: readonly (typeof toggles)[number][], text = ''): string[] {
  return names(filterRows(rows, { text, toggles: wanted }));
}

test('without a filter every row is there, in the order of advice', () => {
  assert.deepEqual(kept([]), ['present', 'small', 'unknown', 'alpine', 'paid']);
  assert.deepEqual(names(sortRows(rows, null)), kept([]));
});

test('the present base stays whatever the filter, and what is not known passes no toggle', () => {
  assert.deepEqual(kept(['noShell']), ['present', 'small', 'paid']);
  assert.deepEqual(kept(['notRoot']), ['present', 'small']);
  assert.deepEqual(kept(['public']), ['present', 'small']);
  assert.deepEqual(kept(['musl']), ['present', 'alpine']);
  for (const toggle of toggles) assert.ok(!kept([toggle]).includes('unknown'), toggle);
});

test('two C libraries widen the choice, other toggles narrow it', () => {
  assert.deepEqual(kept(['glibc', 'musl']), ['present', 'small', 'alpine']);
  assert.deepEqual(kept(['glibc', 'noShell', 'notRoot', 'public']), ['present', 'small']);
  assert.deepEqual(kept(['musl', 'noShell']), ['present']);
});

test('every word of the text has to be found, in any case', () => {
  assert.deepEqual(kept([], 'NONROOT small'), ['present', 'small']);
  assert.deepEqual(kept([], 'apk'), ['present', 'alpine']);
  assert.deepEqual(kept([], 'small apk'), ['present']);
});

test('numbers sort as numbers, also inside of texts, and what is not known comes last both ways', () => {
  const sorted = (sort: Sort) => names(sortRows(rows, sort));
  const [up, down] = ['ascending', 'descending'] as const;
  assert.deepEqual(sorted({ column: 'packageCount', direction: up }), [
    'small',
    'alpine',
    'paid',
    'present',
    'unknown',
  ]);
  assert.deepEqual(sorted({ column: 'packageCount', direction: down }), [
    'present',
    'paid',
    'alpine',
    'small',
    'unknown',
  ]);
  assert.deepEqual(sorted({ column: 'libc', direction: up }), ['small', 'present', 'alpine', 'paid', 'unknown']);
  assert.deepEqual(sorted({ column: 'family', direction: down }), names(rows));
});

test('a header is chosen three times to come back to the order of advice', () => {
  const first = nextSort(null, 'size');
  const second = nextSort(first, 'size');
  assert.deepEqual(first, { column: 'size', direction: 'ascending' });
  assert.deepEqual(second, { column: 'size', direction: 'descending' });
  assert.equal(nextSort(second, 'size'), null);
  assert.deepEqual(nextSort(second, 'libc'), { column: 'libc', direction: 'ascending' });
});

test('sizes are short to read', () => {
  assert.deepEqual([0.74, 2.06, 9.96, 43.4, 1240].map(sizeText), ['0.7 MB', '2.1 MB', '10 MB', '43 MB', '1,240 MB']);
});
