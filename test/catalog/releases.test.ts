import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findRelease, listReleases, opensslMajor, releaseOfCodename } from '../../server/src/catalog/releases.js';

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
  for (const { id, version, source, datesSource, released, read } of listReleases()) {
    assert.notEqual(source, '', `${id} ${version}`);
    if (released !== null) assert.match(datesSource, /endoflife/, `${id} ${version}`);
    assert.match(read, /^\d{4}-\d\d-\d\d$/);
  }
});

test('a program linked against one series of OpenSSL does not start with another', () => {
  for (const [version, major] of [
    ['3.5.4', '3'],
    ['3', '3'],
    ['4.0.1', '4'],
    ['1.1.1k', '1.1'],
    ['1.0.2zl', '1.0'],
    ['1', null],
    [null, null],
  ] as const) {
    assert.equal(opensslMajor(version), major, String(version));
  }
});

test('a rolling distribution is one, whatever version it calls itself', () => {
  const wolfi = findRelease('wolfi', '20230201');
  assert.equal(wolfi?.isRolling, true);
  assert.equal(wolfi.packageManager, 'apk');
  assert.equal(wolfi.eol, null);
  const alpaquita = findRelease('alpaquita', 'stream');
  assert.equal(alpaquita?.isRolling, true);
  assert.equal(alpaquita.libc, null);
  assert.equal(findRelease('alpaquita', '23'), null);
  assert.equal(findRelease('debian', '13')?.isRolling, false);
  assert.equal(findRelease('debian', 'sid')?.isRolling, true);
});

test('CentOS Stream goes by the name of CentOS', () => {
  assert.equal(findRelease('centos', '8')?.eol, '2021-12-31');
  assert.equal(findRelease('centos', 'stream8')?.eol, '2024-05-31');
  assert.equal(findRelease('centos', '9')?.packageManager, 'dnf');
});
