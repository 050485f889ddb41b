import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { branchesOf, openBranch, openCheckout } from '../../scripts/catalog/update/checkout.js';
import { applyEdit, type Edit, type Editable } from '../../scripts/catalog/update/edits.js';
import { createCatalog, findImageByText } from '../../server/src/catalog/catalog.js';
import type { RepositoryData, VendorData } from '../../server/src/catalog/data-model.js';
import { checkVendor } from '../../server/src/catalog/schema.js';
import { root } from '../support/repository.js';
import { emptyVendor } from '../support/vendor.js';

const origin = { repository: 'owner/upstream', commit: '0123456789ab', day: '2026-12-01' };
const name = 'registry.example/tool';

test('a fact of one tag gives it a row of its own, with the new source', () => {
  const edit = {
    to: 'image',
    repository: name,
    tags: ['2', '2.4'],
    facts: { user: 'tool:1000' },
    path: 'tool.yaml',
  } as const;
  const changed = vendorAfter(edit);
  assert.deepEqual(changed.repositories[name]?.images, [
    { tags: 'latest' },
    { tags: '2 2.4', user: 'tool:1000', source: 1 },
    { tags: '1', user: 'tool:1' },
  ]);
  assert.deepEqual(checkVendor(changed), []);
  const facts = findImageByText(createCatalog([changed]), `${name}:2.4`);
  assert.equal(facts?.source, 'owner/upstream@0123456789ab:tool.yaml');
  assert.deepEqual(facts.user.known && facts.user.value, { name: 'tool', uid: 1000 });
});

test('a fact of a whole row changes the row; null says that there is none', () => {
  const edit = { to: 'image', repository: name, tags: ['1'], facts: { cmd: null }, path: 'tool.yaml' } as const;
  assert.deepEqual(vendorAfter(edit).repositories[name]?.images.at(-1), {
    tags: '1',
    user: 'tool:1',
    cmd: null,
    source: 1,
  });
});

test('a new tag joins its row and leaves the one it was in', () => {
  const edit = { to: 'tags', repository: name, like: 'latest', tags: ['3', '1'] } as const;
  assert.deepEqual(vendorAfter(edit).repositories[name]?.images, [{ tags: 'latest 2 2.4 3 1' }]);
});

test('the end of a version line', () => {
  const edit = { to: 'line', repository: name, line: '2', eol: '2027-01-31' } as const;
  assert.deepEqual(vendorAfter(edit).repositories[name]?.lines, { '1': '2026-01-31', '2': '2027-01-31' });
});

test('a day of a distribution is taken over with its source', () => {
  const facts = { eol: '2028-08-10' };
  const { distributions } = applyEdit(data(), { to: 'release', id: 'debian', version: '13', facts }, origin);
  assert.deepEqual(distributions.sources, ['x', 'owner/upstream@0123456789ab:products/*.md']);
  assert.deepEqual(distributions.releases, [{ id: 'debian', version: '13', source: 0, eol: '2028-08-10', dates: 1 }]);
});

test('a cycle is replaced in its place, and a new one stands first', () => {
  const edit = (cycle: string, line: string): Edit => ({ to: 'cycle', page: 'python', cycle, line });
  const once = applyEdit(data(), edit('3.13', '3.13 2024-10-07'), origin);
  const twice = applyEdit(once, edit('3.15', '3.15 2026-10-01'), origin).runtimes;
  assert.deepEqual(twice.products[0]?.cycles, ['3.15 2026-10-01', '3.14 2025-10-07', '3.13 2024-10-07']);
  assert.deepEqual([twice.read, twice.source], ['2026-12-01', 'owner/upstream@0123456789ab:products/*.md']);
});

test('an edit of something that is not there changes nothing', () => {
  const edits: Edit[] = [
    { to: 'image', repository: 'registry.example/none', tags: ['1'], facts: { user: '0' }, path: 'x' },
    { to: 'tags', repository: name, like: 'none', tags: [] },
  ];
  for (const edit of edits) assert.deepEqual(applyEdit(data(), edit, origin).vendors, data().vendors);
});

test('a work tree lists files below a folder and knows no commit of its own', () => {
  const checkout = openCheckout(join(root, 'test/catalog/fixtures/dhi'));
  assert.deepEqual(checkout.list('image/other'), ['image/other/debian-13/1.yaml']);
  assert.deepEqual(checkout.list('none'), []);
  assert.equal(checkout.read('none'), null);
  assert.deepEqual([checkout.commit, checkout.day], [null, null]);
  assert.deepEqual(branchesOf(join(root, 'test/catalog/fixtures/dhi')), [], 'those around it are not its own');
  assert.equal(openBranch(join(root, 'test/catalog/fixtures/dhi'), 'main'), null);
  assert.throws(() => openCheckout(join(root, 'package.json')), /is no folder/);
});

test('a git directory is read at a commit or a branch, with the day of the commit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, ...args], { env: { ...process.env, ...author } });
  try {
    git('init', '--quiet', '--initial-branch=main');
    mkdirSync(join(folder, 'slices'));
    writeFileSync(join(folder, 'slices', 'a.yaml'), 'package: a\n');
    git('add', '.');
    git('commit', '--quiet', '--message=first');
    git('branch', 'ubuntu-24.04');
    writeFileSync(join(folder, 'slices', 'a.yaml'), 'package: b\n');
    const bare = openCheckout(join(folder, '.git'));
    assert.deepEqual(bare.list('slices'), ['slices/a.yaml']);
    assert.deepEqual([bare.read('slices/a.yaml'), bare.read('slices/b.yaml')], ['package: a\n', null]);
    assert.match(bare.commit ?? '', /^[0-9a-f]{12}$/);
    assert.equal(bare.day, '2026-03-04');
    const changed = openCheckout(folder);
    assert.deepEqual([changed.read('slices/a.yaml'), changed.list('')], ['package: b\n', bare.list('')]);
    assert.equal(changed.commit, null, 'its files are those of no commit');
    git('checkout', '--quiet', '--', '.');
    assert.equal(openCheckout(folder).commit, bare.commit);
    assert.deepEqual([...branchesOf(folder)].sort(), ['main', 'ubuntu-24.04']);
    assert.equal(openBranch(folder, 'ubuntu-24.04')?.read('slices/a.yaml'), 'package: a\n');
    assert.equal(openBranch(folder, 'ubuntu-22.04'), null);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const author = {
  GIT_AUTHOR_NAME: 'A. Body',
  GIT_AUTHOR_EMAIL: 'body@example.com',
  GIT_COMMITTER_NAME: 'A. Body',
  GIT_COMMITTER_EMAIL: 'body@example.com',
  GIT_COMMITTER_DATE: '2026-03-04T12:00:00Z',
};

function vendorAfter(edit: Edit): VendorData {
  const changed = applyEdit(data(), edit, origin).vendors['example.json'];
  assert.ok(changed);
  return changed;
}

function data(): Editable {
  const repository: RepositoryData = {
    purpose: 'runtime',
    shared: { source: 0 },
    images: [{ tags: 'latest 2 2.4' }, { tags: '1', user: 'tool:1' }],
    lines: { '1': '2026-01-31' },
  };
  const example: VendorData = {
    ...emptyVendor,
    repositories: { [name]: repository },
  };
  const cycles = ['3.14 2025-10-07', '3.13 2024-10-01'];
  return {
    vendors: { 'example.json': example },
    distributions: { read: '2026-11-20', sources: ['x'], releases: [{ id: 'debian', version: '13', source: 0 }] },
    runtimes: {
      read: '2026-11-20',
      source: 'x',
      products: [{ names: 'python', title: 'Python', page: 'python', cycles }],
    },
  };
}
