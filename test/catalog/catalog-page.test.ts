import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCatalog } from '../../scripts/catalog/check/problems.js';
import { readCatalogFiles } from '../../scripts/catalog/check/read-files.js';
import { sources } from '../../scripts/catalog/update/sources.js';
import { createCatalog, findImageByText } from '../../server/src/catalog/catalog.js';
import type { RepositoryData, VendorData } from '../../server/src/catalog/data-model.js';
import { textOf } from '../support/repository.js';

const page = textOf('docs/catalog.md');

test('the example of an image is ten lines long and in order', () => {
  const example = readExample();
  assert.equal(example.lines, 10);
  const files = { ...readCatalogFiles(), vendors: [{ file: 'example.json', data: example.vendor }] };
  const problems = checkCatalog({ ...files, index: "import example from './data/example.json';" }, '2026-11-21');
  assert.deepEqual(
    problems.filter(({ file }) => file === 'example.json'),
    [],
  );
});

test('the example of an image says what the page says', () => {
  const catalog = createCatalog([readExample().vendor]);
  const facts = findImageByText(catalog, 'registry.example.com/team/base:1.4');
  assert.ok(facts);
  assert.deepEqual(facts.user.known && facts.user.value, { name: 'app', uid: 10001 });
  assert.deepEqual(facts.libc.known && facts.libc.value, { kind: 'glibc', version: '2.41' });
  assert.deepEqual(facts.packageManager.known && facts.packageManager.value, 'apt');
  assert.equal(facts.cmd.known, false, 'a missing key is not known');
  assert.equal(facts.source, 'team/images@3f2a91c:base/Dockerfile');
  assert.equal(facts.variants.dev, 'registry.example.com/team/base:1.4-dev');
  assert.equal(findImageByText(catalog, facts.variants.dev)?.flavor, 'dev');
  assert.equal(findImageByText(catalog, 'registry.example.com/team/base:2'), null, 'no other tag exists');
});

test('the page names every option of the update', () => {
  for (const { option, repository } of sources) {
    const row = page.split('\n').find((line) => line.startsWith('| `--') && line.includes(`\`--${option}\``));
    assert.ok(row?.includes(repository), option);
  }
});

function readExample(): { lines: number; vendor: VendorData } {
  const text = /```json\n("registry\.example\.com[\s\S]*?)\n```/.exec(page)?.[1] ?? '';
  const source = /`(team\/images@[^`]+)`/.exec(page)?.[1] ?? '';
  const repositories = JSON.parse(`{${text}}`) as Record<string, RepositoryData>;
  const head = { family: 'debian', vendor: 'Team', read: '2026-11-20', access: null, signing: null };
  const lists = { contents: [], groups: {}, environments: [], notes: [], architectures: [] };
  return { lines: text.split('\n').length, vendor: { ...head, ...lists, sources: [source], repositories } };
}
