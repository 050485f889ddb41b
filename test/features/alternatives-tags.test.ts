import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/analyze.js';
import { extendCatalog } from '../../server/src/catalog/catalog.js';
import type { ImageData, RepositoryData } from '../../server/src/catalog/data-model.js';
import { alternatives } from '../../server/src/features/alternatives.js';
import { compare } from '../../server/src/features/compare.js';
import { world } from '../support/alternatives.js';
import { emptyVendor } from '../support/vendor.js';

const shellless: Partial<ImageData> = { shells: '', packageManager: null, libc: 'glibc:2.41', user: '65532' };

/** What is named of an invented repository for a file, first of all. */
function named(base: string, images: readonly ImageData[], more: Partial<RepositoryData> = {}): string | undefined {
  const data: RepositoryData = { purpose: 'runtime', language: 'python', shared: shellless, images, ...more };
  const vendor = {
    ...emptyVendor,
    architectures: ['amd64 arm64'],
    repositories: { 'images.example.com/python': data },
  };
  const catalog = extendCatalog(world.catalog, { files: [vendor], mirrors: [], prefer: ['example'] });
  const analysis = analyze(`FROM ${base}\nENTRYPOINT ["python", "a.py"]\n`, { ...world, catalog });
  const stage = analysis.stages.at(-1);
  assert.ok(stage);
  const [first] = alternatives(analysis, stage);
  const row = compare(analysis, stage)?.rows.find(({ isPresent }) => !isPresent);
  assert.equal(first?.reference.startsWith('images.'), row?.reference.startsWith('images.'));
  return first?.reference.startsWith('images.')
    ? first.reference.slice('images.example.com/python:'.length)
    : undefined;
}

for (const [title, base, tags, expected] of [
  ['as many numbers as decide', 'python:3.13', '3 3.13 3.13.5 latest', '3.13'],
  ['the very version that is there now', 'python:3.13.5', '3 3.13 3.13.5', '3.13.5'],
  ['the shortest of several', 'python:3.13', '3.13-debian13 3.13 3.13-trixie', '3.13'],
  ['no other language version where there is the same', 'python:3.12', '3.14 3.13 3.12', '3.12'],
  ['the nearest newer version otherwise', 'python:3.12', '3.14 3.13', '3.13'],
  ['no older version', 'python:3.13', '3.12 3.11', undefined],
  ['no tag that only begins with the version', 'python:3.13', '3', undefined],
  ['no candidate of a release', 'python:3.13', '3.13-rc 3.13-preview', undefined],
  ['no build of one day', 'python:3.13', '3.13-20260815', undefined],
  ['no channel', 'python:3.13', '3.13-24.04_edge 3.13-24.04', '3.13-24.04'],
  ['no image for other ends', 'python:3.13', '3.13-windowsservercore 3.13-sfw', undefined],
] as const) {
  test(`of the tags of an image: ${title}`, () => assert.equal(named(base, [{ tags }]), expected));
}

test('the release that the present tag names is kept, else the one the publisher gives', () => {
  const images = [
    { tags: '3.13-trixie 3.13', os: 'debian:13' },
    { tags: '3.13-bookworm', os: 'debian:12' },
  ];
  assert.equal(named('python:3.13-slim-bookworm', images), '3.13-bookworm');
  assert.equal(named('python:3.13-slim', images), '3.13');
});

for (const [title, image] of [
  ['retired', { tags: '3.13', status: 'retired' }],
  ['deprecated', { tags: '3.13', status: 'deprecated' }],
  ['past its end', { tags: '3.13', eol: '2026-11-01' }],
  ['for debugging', { tags: '3.13', flavor: 'debug' }],
  ['to build with', { tags: '3.13', flavor: 'dev' }],
  ['with validated cryptography, which nobody asked for', { tags: '3.13', isFips: true }],
  ['on a release that is not out', { tags: '3.13', os: 'debian:unstable' }],
] as const) {
  test(`an image is not named when it is ${title}`, () => assert.equal(named('python:3.13', [image]), undefined));
}

test('a repository that is a service, or another thing built on the language, is none of it', () => {
  assert.equal(named('python:3.13', [{ tags: '3.13' }], { purpose: 'application' }), undefined);
  assert.equal(named('python:3.13', [{ tags: '3.13' }], { language: 'ruby' }), undefined);
  assert.equal(named('python:3.13', [{ tags: '3.13' }], { scheme: 'removed' }), undefined);
});

test('an image is named for the platform it is built for', () => {
  const images = [{ tags: '3.13', architectures: 0 }];
  assert.equal(named('--platform=linux/arm64/v8 python:3.13', images), '3.13');
  assert.equal(named('--platform=linux/riscv64 python:3.13', images), undefined);
  assert.equal(named('--platform=$BUILDPLATFORM python:3.13', images), '3.13');
});
