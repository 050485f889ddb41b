import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  compareImages,
  missingRepositories,
  shellPackages,
  type StatedImage,
} from '../../scripts/catalog/update/compare-images.js';
import { toLine } from '../../scripts/catalog/update/difference.js';
import type { ImageData, RepositoryData, VendorData } from '../../server/src/catalog/data-model.js';
import { emptyVendor } from '../support/vendor.js';

const name = 'registry.example/tool';

test('the end of a line is written to the line where its definitions agree, and else to their tags', () => {
  const lines = { '1': '2026-01-31', '2': '2026-01-31' };
  const images = [{ tags: '1 1-a' }, { tags: '1-b' }, { tags: '2' }];
  const ends = compare({ images, lines }, [
    stated('1-a', { eol: '2027-01-31' }),
    stated('1-b', { eol: '2028-01-31' }),
    stated('2', { eol: '2029-01-31' }),
  ]).filter(({ key }) => key.endsWith(' eol'));
  assert.deepEqual(
    ends.map(({ edit }) => edit),
    [
      { to: 'image', repository: name, tags: ['1-a'], facts: { eol: '2027-01-31' }, path: 'tool.yaml' },
      { to: 'image', repository: name, tags: ['1-b'], facts: { eol: '2028-01-31' }, path: 'tool.yaml' },
      { to: 'line', repository: name, line: '2', eol: '2029-01-31' },
    ],
  );
});

test('a moving tag does not end with the line it stands for today', () => {
  const repository = { images: [{ tags: '2 2.4' }], lines: { '2.4': '2027-01-31' } };
  assert.deepEqual(compare(repository, [stated('2 2.4', { eol: '2027-01-31' })]), []);
});

test('no end in the definition says nothing about the end', () => {
  assert.deepEqual(compare({ images: [{ tags: '2', eol: '2027-01-31' }] }, [stated('2', {})]), []);
});

test('a fact is compared with what the row and the shared part say together', () => {
  const repository = { shared: { user: 'app:1' }, images: [{ tags: '1' }, { tags: '2', user: '0' }] };
  const facts = { user: 'app:1' };
  const differences = compare(repository, [stated('1', { facts }), stated('2', { facts })]);
  assert.deepEqual(differences.map(toLine), [`changed  ${name}:2 user: "0" → "app:1"  (tool.yaml)`]);
});

test('none is not the same as not known', () => {
  const repository = { images: [{ tags: '1', cmd: null }, { tags: '2' }] };
  const facts = { cmd: null };
  const differences = compare(repository, [stated('1', { facts }), stated('2', { facts })]);
  assert.deepEqual(differences.map(toLine), [`changed  ${name}:2 cmd: not known → null  (tool.yaml)`]);
});

test('only the tags that the definition names are edited', () => {
  const [difference] = compare({ images: [{ tags: '1 2 3' }] }, [
    stated('1 3', { facts: { user: '0' } }),
    stated('2', {}),
  ]);
  assert.ok(difference?.edit?.to === 'image');
  assert.deepEqual(difference.edit.tags, ['1', '3']);
});

test('a shell in the package list contradicts an image without shells', () => {
  const repository = { shared: { shells: '' }, images: [{ tags: '1' }, { tags: '1-dev', shells: '/bin/sh' }] };
  const shells = shellPackages(['bash=5.2-r1', 'bash-completion', '!dash', 'busybox']);
  assert.deepEqual(shells, ['bash', 'busybox']);
  const differences = compare(repository, [
    { ...stated('1', {}), shells },
    { ...stated('1-dev', {}), shells },
  ]);
  assert.deepEqual(differences.map(toLine), [
    `changed  ${name}:1 shells: none → of bash, busybox  (tool.yaml)  not written`,
  ]);
  assert.deepEqual(compare(repository, [{ ...stated('1 1-dev', {}), shells: [] }]), []);
});

test('retired images and repositories are not missed, others are', () => {
  const images = [{ tags: '1', status: 'retired' }, { tags: '2' }, { tags: '3' }];
  const keys = (parts: Partial<RepositoryData>, all: readonly StatedImage[]) =>
    compare(parts, all).map(({ key }) => key);
  assert.deepEqual(keys({ images }, [stated('2', {})]), [`${name}:3`]);
  assert.deepEqual(keys({ images }, []), [name]);
  assert.deepEqual(keys({ images, shared: { status: 'retired' } }, []), []);
});

test('repositories that the file lacks are named once', () => {
  const others = ['b', 'a', 'b'].map((repository) => ({ ...stated('1', {}), repository }));
  assert.deepEqual(missingRepositories({ vendor: vendor({}), stated: [...others, stated('1', {})] }), ['a', 'b']);
});

function compare(parts: Partial<RepositoryData>, all: readonly StatedImage[]) {
  return compareImages({ vendor: vendor(parts), stated: all, shownOnly: [] });
}

function stated(tags: string, parts: { facts?: Partial<ImageData>; eol?: string }): StatedImage {
  return { repository: name, tags: tags.split(' '), facts: {}, eol: null, path: 'tool.yaml', ...parts };
}

function vendor(parts: Partial<RepositoryData>): VendorData {
  const repository = { purpose: 'runtime', scheme: 'strict', images: [], ...parts } as const;
  const shared = { source: 0, ...parts.shared };
  return { ...emptyVendor, repositories: { [name]: { ...repository, shared } } };
}
