import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importAzureLinux } from '../../scripts/catalog/azure-linux.js';
import { importBellsoft } from '../../scripts/catalog/bellsoft.js';
import { importCanonical } from '../../scripts/catalog/canonical.js';
import { importChainguard } from '../../scripts/catalog/chainguard.js';
import { contentsOf, mergeContents } from '../../scripts/catalog/contents.js';
import { importDhi } from '../../scripts/catalog/dhi.js';
import { importGoogle } from '../../scripts/catalog/google.js';
import { importHistory } from '../../scripts/catalog/history.js';
import { importMinimus } from '../../scripts/catalog/minimus.js';
import { importOfficial } from '../../scripts/catalog/official.js';
import { importRedHat } from '../../scripts/catalog/red-hat.js';
import { createCatalog, findImageByText } from '../../server/src/catalog/catalog.js';
import type { VendorData } from '../../server/src/catalog/data-model.js';
import type { ImageFacts } from '../../server/src/catalog/model.js';

/** An entry in which everything that may be null is null. */
const empty = {
  aliases: [],
  tags: ['latest'],
  exampleTags: [],
  purpose: 'base',
  runtime: null,
  os: null,
  libc: null,
  shell: null,
  shells: null,
  packageManager: null,
  user: null,
  users: null,
  entrypoint: null,
  cmd: null,
  workdir: null,
  env: null,
  contains: [] as string[],
  lacks: [] as string[],
  compilers: [],
  architectures: null,
  size: null,
  status: 'supported',
  eol: null,
  access: 'public',
  removedBy: null,
  replacement: null,
  devVariant: null,
  runtimeVariant: null,
  debugVariant: null,
  rootlessVariant: null,
  docs: null,
  source: ['vendor/images@0000000:image'],
};
const distributions = { read: '2026-11-20', sources: ['x'], releases: [] };
const root = { default: '0', uid: 0 };

test('Google Distroless: null is none in a described entry and not read in a retired one', () => {
  const described = { ...empty, repository: 'gcr.io/distroless/a', tagPatterns: ['latest-<arch>'], has: {} };
  const retired = { ...empty, repository: 'gcr.io/distroless/b', status: 'deprecated' };
  const { data } = importGoogle({ compiled: '2026-11-20', images: [described, retired] });
  const a = factsOf(data, 'gcr.io/distroless/a');
  assert.deepEqual([a.entrypoint.known, a.cmd.known, a.shells.known, a.packageManager.known], [true, true, true, true]);
  const b = factsOf(data, 'gcr.io/distroless/b');
  assert.deepEqual(
    [b.entrypoint.known, b.cmd.known, b.user.known, b.workdir.known, b.closed.known],
    [false, false, false, false, false],
  );
  assert.equal(b.status, 'retired');
});

test('Docker Official Images: null is none where the Dockerfile was read, and the release tells the shells', () => {
  const read = { ...empty, repository: 'a', user: root, cmd: ['bash'] };
  const unread = { ...empty, repository: 'b' };
  const images = [read, unread];
  const { data } = importOfficial({ raw: { compiled: '2026-11-20', images }, history: { images: {} }, distributions });
  const a = factsOf(data, 'a');
  assert.deepEqual(a.entrypoint.known && a.entrypoint.value, null);
  assert.equal(a.shells.known, false);
  const b = factsOf(data, 'b');
  assert.deepEqual(
    [b.entrypoint.known, b.cmd.known, b.user.known, b.workdir.known, b.packageManager.known],
    [false, false, false, false, false],
  );
});

test('Docker Official Images: what lacks names is absent', () => {
  const image = { ...empty, repository: 'a', user: root, lacks: ['shell', 'package-manager', 'curl'] };
  const { data } = importOfficial({
    raw: { compiled: '2026-11-20', images: [image] },
    history: { images: {} },
    distributions,
  });
  const facts = factsOf(data, 'a');
  assert.deepEqual(facts.shells.known && facts.shells.value, []);
  assert.equal(facts.packageManager.known && facts.packageManager.value, null);
  const curl = facts.contents.get('curl');
  assert.equal(curl?.known && curl.value, false);
});

test('Docker Official Images: Windows entries are left out', () => {
  const linux = { ...empty, repository: 'a', user: root, os: { id: 'debian', version: '13' } };
  const windows = { ...empty, repository: 'a', os: { id: 'windows', version: 'ltsc2022' } };
  const { data } = importOfficial({
    raw: { compiled: '2026-11-20', images: [windows, linux] },
    history: { images: {} },
    distributions,
  });
  assert.equal(data.repositories['docker.io/library/a']?.images.length, 1);
  assert.equal(factsOf(data, 'a').isWindows, false);
});

test('Chainguard: null is none', () => {
  const image = { ...empty, repository: 'cgr.dev/chainguard/a', has: { binSh: false }, packages: 40 };
  const { data } = importChainguard({ compiled: '2026-11-20', images: [image], ghostPaths: { items: [] } });
  const facts = factsOf(data, 'cgr.dev/chainguard/a');
  assert.deepEqual(facts.shells.known && facts.shells.value, []);
  assert.equal(facts.packageManager.known && facts.packageManager.value, null);
  assert.equal(facts.entrypoint.known && facts.entrypoint.value, null);
  assert.equal(facts.closed.known, false);
});

test('Docker Hardened Images: a null shell is none only where lacks names it, and versions override the newest', () => {
  const version = { version: '1.2.3', tags: ['1.2'], eol: null, status: 'supported', source: '' };
  const older = { ...version, version: '1.1.9', tags: ['1.1'], entrypoint: ['/old'] };
  const open = {
    ...empty,
    repository: 'dhi.io/python',
    variant: 'runtime',
    flavor: null,
    entrypoint: ['/new'],
    versions: [version, older],
  };
  const shut = { ...open, repository: 'dhi.io/node', lacks: ['shell', 'package-manager'] };
  const { data } = importDhi({ compiled: '2026-11-20', images: [open, shut] }, distributions);
  const python = factsOf(data, 'dhi.io/python:1.2');
  assert.deepEqual([python.shells.known, python.packageManager.known], [false, false]);
  assert.deepEqual(python.entrypoint.known && python.entrypoint.value, ['/new']);
  const before = factsOf(data, 'dhi.io/python:1.1');
  assert.deepEqual(before.entrypoint.known && before.entrypoint.value, ['/old']);
  const node = factsOf(data, 'dhi.io/node:1.2');
  assert.deepEqual(node.shells.known && node.shells.value, []);
  assert.equal(node.packageManager.known && node.packageManager.value, null);
});

test('UBI and Ubuntu: a null shell is none unless the entry calls it unread; a null entrypoint says nothing', () => {
  const none = { ...empty, repository: 'registry.access.redhat.com/a', unread: [] };
  const unread = { ...empty, repository: 'registry.access.redhat.com/b', unread: ['shell', 'packageManager', 'user'] };
  const { data } = importRedHat({ compiled: '2026-11-20', images: [none, unread] });
  const a = factsOf(data, 'registry.access.redhat.com/a');
  assert.deepEqual(a.shells.known && a.shells.value, []);
  assert.equal(a.packageManager.known && a.packageManager.value, null);
  assert.equal(a.entrypoint.known, false);
  const b = factsOf(data, 'registry.access.redhat.com/b');
  assert.deepEqual([b.shells.known, b.packageManager.known, b.user.known], [false, false, false]);
});

test('UBI and Ubuntu: sources without an address, and dates, come after build files', () => {
  const image = {
    ...empty,
    repository: 'registry.access.redhat.com/a',
    unread: [],
    source: [
      'a Dockerfile that was seen',
      'endoflife-date/endoflife.date@0000000:rhel.md',
      'a/b@0123456789abcdef0123456789abcdef01234567:Dockerfile#L1',
    ],
  };
  const { data } = importRedHat({ compiled: '2026-11-20', images: [image] });
  assert.equal(factsOf(data, 'registry.access.redhat.com/a').source, 'a/b@01234567:Dockerfile');
});

test('UBI and Ubuntu: variables made from others, or without a PATH, were not read in full', () => {
  const image = { ...empty, repository: 'registry.access.redhat.com/a', unread: [] };
  const of = (env: Record<string, string>): boolean =>
    factsOf(importRedHat({ compiled: '2026-11-20', images: [{ ...image, env }] }).data, image.repository).env.known;
  assert.deepEqual([of({ HOME: '/a' }), of({ PATH: '/a:$PATH' }), of({ PATH: '/bin' })], [false, false, true]);
});

test('Red Hat hardened images: builders and validated twins are told apart', () => {
  const image = {
    ...empty,
    repository: 'registry.access.redhat.com/hi/python',
    runtime: { name: 'python', version: '3.12' },
    tags: ['3.12', '3.12-builder', '3.12-fips'],
    user: { default: '65532', uid: 65532 },
    unread: [],
  };
  const { data } = importRedHat({ compiled: '2026-11-20', images: [image] });
  const plain = factsOf(data, 'registry.access.redhat.com/hi/python:3.12');
  assert.deepEqual(plain.shells.known && plain.shells.value, []);
  assert.equal(plain.isFips, false);
  const builder = factsOf(data, 'registry.access.redhat.com/hi/python:3.12-builder');
  assert.deepEqual(
    [builder.shells.known, builder.packageManager.known && builder.packageManager.value],
    [false, 'dnf'],
  );
  assert.equal(factsOf(data, 'registry.access.redhat.com/hi/python:3.12-fips').isFips, true);
});

test('Ubuntu: what was read on one release is not told of a tag on another', () => {
  const image = {
    ...empty,
    repository: 'ubuntu/go',
    os: { id: 'ubuntu', version: '26.04' },
    tags: ['1.26-26.04', '1.22-24.04_stable'],
    user: root,
    unread: [],
  };
  const { data } = importCanonical({ compiled: '2026-11-20', images: [image] });
  const older = factsOf(data, 'ubuntu/go:1.22-24.04_stable');
  assert.equal(older.os.known && older.os.value?.version, '24.04');
  assert.deepEqual([older.user.known, older.shells.known], [false, false]);
});

test('BellSoft: the shell of a distroless tag says nothing about a nonroot one, and unread repositories have no tags', () => {
  const mixed = {
    ...empty,
    repository: 'bellsoft/hardened-base',
    tags: ['distroless-musl', 'nonroot-musl'],
    unread: [],
  };
  const unread = { ...empty, repository: 'bellsoft/hardened-go', status: 'unknown', shell: '/bin/sh', unread: [] };
  const { data } = importBellsoft({ compiled: '2026-11-20', images: [mixed, unread] });
  const distroless = factsOf(data, 'bellsoft/hardened-base:distroless-musl');
  assert.deepEqual(distroless.shells.known && distroless.shells.value, []);
  assert.equal(factsOf(data, 'bellsoft/hardened-base:nonroot-musl').shells.known, false);
  assert.deepEqual(data.repositories['docker.io/bellsoft/hardened-go']?.images, []);
});

test('Minimus: an image without a twin of its own gets one of which only shell and apk are told', () => {
  const image = { ...empty, repository: 'reg.mini.dev/a', tags: ['latest'], user: root, unread: [] };
  const { data } = importMinimus({ compiled: '2026-11-20', images: [image] });
  const twin = factsOf(data, 'reg.mini.dev/a:latest-dev');
  assert.equal(twin.packageManager.known && twin.packageManager.value, 'apk');
  assert.deepEqual([twin.user.known, twin.shells.known, twin.flavor], [false, false, 'dev']);
});

test('Azure Linux: images whose tags were not read are left out', () => {
  const image = { ...empty, repository: 'mcr.microsoft.com/azurelinux/distroless/python', tags: [], unread: [] };
  const { data } = importAzureLinux({ compiled: '2026-11-20', images: [image] });
  assert.equal(data.repositories['mcr.microsoft.com/azurelinux/distroless/python'], undefined);
});

test('what is present wins over what is said to be lacking', () => {
  assert.equal(contentsOf(['curl'], ['curl', 'wget']), 'curl -wget');
  assert.equal(mergeContents('a -b', 'b'), 'a b');
  assert.equal(contentsOf(['libstdc++ (10.2.1)', 'openssl CLI']), 'libcrypto libgcc libssl libstdc++ openssl');
});

test('history: the last base of tags that left, and where patch releases changed theirs', () => {
  const history = importHistory(
    {
      changes: {
        '1.0': [
          { from: '2020-01-01', base: 'debian:buster' },
          { from: '2021-01-01', base: 'debian:bullseye', until: '2022-01-01' },
        ],
        '2.0': [{ from: '2024-01-01', base: 'debian:bookworm' }],
        '0.1': [{ from: '2015-01-01', base: 'debian:jessie', until: '2016-01-01' }],
      },
      patch: {
        '': { 'debian:buster': ['1.0.0', '1.0.1'], 'debian:bullseye': ['1.0.4'], 'debian:bookworm': ['2.0.0'] },
      },
    },
    new Set(['2.0']),
  );
  assert.deepEqual(history, {
    tags: { 'debian:11 2022-01-01': '1.0' },
    patches: { '': { '1.0': '0 debian:10 2 ? 4 debian:11 4' } },
    since: { '2.0': '2024-01-01' },
  });
});

function factsOf(vendor: VendorData, image: string): ImageFacts {
  const facts = findImageByText(createCatalog([vendor]), image);
  assert.ok(facts, `${image} is not known`);
  return facts;
}
