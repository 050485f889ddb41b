import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRelease, listReleases, releaseOfCodename } from '../../server/src/catalog/releases.js';

test('a release is found by version and by code name', () => {
  assert.equal(findRelease('debian', '13')?.codename, 'trixie');
  assert.equal(findRelease('debian', 'trixie')?.version, '13');
  assert.equal(releaseOfCodename('noble')?.version, '24.04');
  assert.equal(findRelease('debian', '99'), null);
  assert.equal(releaseOfCodename('slim'), null);
});

test('C libraries by release', () => {
  const libcs: readonly (readonly [string, string, string, string])[] = [
    ['debian', '11', 'glibc', '2.31'],
    ['debian', '12', 'glibc', '2.36'],
    ['debian', '13', 'glibc', '2.41'],
    ['ubuntu', '22.04', 'glibc', '2.35'],
    ['ubuntu', '24.04', 'glibc', '2.39'],
    ['alpine', '3.20', 'musl', '1.2.5'],
    ['alpine', '3.24', 'musl', '1.2.6'],
    ['rhel', '9', 'glibc', '2.34'],
    ['amazonlinux', '2023', 'glibc', '2.34'],
  ];
  for (const [id, version, kind, number] of libcs) {
    assert.deepEqual(findRelease(id, version)?.libc, { kind, version: number }, `${id} ${version}`);
  }
});

test('both ends of support are kept', () => {
  const bookworm = findRelease('debian', '12');
  assert.equal(bookworm?.eol, '2026-07-11');
  assert.equal(bookworm?.ltsEol, '2028-06-30');
  assert.equal(findRelease('alpine', '3.24')?.ltsEol, null);
});

test('every release has a source', () => {
  for (const { id, version, source, read } of listReleases()) {
    assert.notEqual(source, '', `${id} ${version}`);
    assert.match(read, /^\d{4}-\d\d-\d\d$/);
  }
});
