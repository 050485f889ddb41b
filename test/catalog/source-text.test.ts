import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTraceable, traceable } from '../../scripts/catalog/source-text.js';

test('a source names a commit, a dated branch or an address', () => {
  for (const source of [
    'owner/repository@0123456789ab:path/Dockerfile',
    'owner/repository@v1.2.3 (with a remark)',
    'owner/repository branch main (2026-08-01)',
    'https://example.com/page',
  ])
    assert.equal(isTraceable(source), true, source);
  for (const source of ['as of the snapshot', 'owner/repository:path', 'owner/repository branch main', '', null])
    assert.equal(isTraceable(source), false, String(source));
});

test('what was read without a commit gets it where it is known, and goes where it is not', () => {
  const sources = [
    'a remark about the reading',
    'alpinelinux/docker-alpine branch v3.20: rootfs x86_64 /lib/apk/db/installed',
    'owner/repository@0123456: git history of a library',
    'ansible/ansible: a list of test images',
  ];
  assert.deepEqual(traceable(sources), [
    'alpinelinux/docker-alpine@7d63673353bd:x86_64',
    'owner/repository@0123456 git history of a library',
  ]);
});
