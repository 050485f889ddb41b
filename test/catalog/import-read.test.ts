import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importDhi } from '../../scripts/catalog/dhi.js';
import { addRead, describeFurther } from '../../scripts/catalog/further.js';
import { importHistory } from '../../scripts/catalog/history.js';
import { readDockerfile } from '../../scripts/catalog/read-dockerfile.js';
import { sizeOf, sizesOf } from '../../scripts/catalog/sizes.js';
import { createVendorFile } from '../../scripts/catalog/vendor-file.js';
import { createCatalog, findImageByText } from '../../server/src/catalog/catalog.js';

const today = '2026-11-20';
const read = (text: string, target?: string) => readDockerfile({ text, today, target });

test('a Dockerfile from scratch: what it copies is not listed, and its start is', () => {
  const facts = read('FROM scratch\nCOPY server /server\nENTRYPOINT ["/server"]\n');
  assert.equal(facts?.os, null);
  assert.equal(facts.libc, 'none');
  assert.deepEqual(facts.entrypoint, ['/server']);
  assert.equal(facts.user, '0');
});

test('after a RUN that is not understood the shells of the base are files, no longer the whole set', () => {
  const facts = read('FROM alpine:3.24\nRUN ./install.sh\n');
  assert.equal(facts?.shells, undefined);
  assert.equal(facts?.files, '/bin/sh /bin/ash');
  assert.equal(read('FROM alpine:3.24\n')?.shells, '/bin/sh /bin/ash');
});

test('a user made in the Dockerfile has its number, and versions stay out of the environment', () => {
  const facts = read('FROM debian:13\nRUN useradd --uid 999 app\nENV APP_VERSION=1.2 APP_HOME=/app\nUSER app\n');
  assert.equal(facts?.user, 'app:999');
  assert.equal(facts.env?.APP_HOME, '/app');
  assert.equal(facts.env?.APP_VERSION, undefined);
});

test('one target of a Dockerfile can be read', () => {
  const text = 'FROM alpine:3.23 AS small\nFROM debian:13\n';
  assert.equal(read(text, 'small')?.os, 'alpine:3.23');
  assert.equal(read(text)?.os, 'debian:13');
  assert.equal(read(text, 'none'), null);
});

test('a base that is not known gives nothing', () => {
  assert.equal(read('FROM example.com/unknown:1\n'), null);
});

test('images that were read answer with architectures as Docker writes them', () => {
  const file = createVendorFile({ family: 'x', vendor: 'X', read: today, access: 'public', signing: null });
  const row = {
    tags: '1.0 latest',
    os: 'alpine:3.24',
    libc: 'musl:1.2.6',
    architectures: 'amd64 arm32v7',
    source: 'a/b@1',
  };
  addRead(file, { read: today, repositories: { thing: [row], empty: [] } }, describeFurther);
  const facts = findImageByText(createCatalog([file.data]), 'thing:1.0');
  assert.deepEqual(facts?.architectures, ['amd64', 'arm/v7']);
  assert.equal(facts.source, 'a/b@1');
  assert.equal(findImageByText(createCatalog([file.data]), 'empty'), null);
});

test('sizes: the newest measurement of a tag, for amd64, without sample programs', () => {
  const at = { arch: 'amd64', compressedMB: 10 };
  const sizes = [
    { ...at, image: 'a:1', date: '2026-01-01' },
    { ...at, image: 'a:1', date: '2026-02-01', compressedMB: 11 },
    { ...at, image: 'a:2', date: '2026-02-01', arch: 'arm64' },
    { ...at, image: 'a:3', date: '2026-02-01', kind: 'app-on-base' },
    { ...at, image: 'a:4', date: null },
    { ...at, image: 'ab:1', date: '2026-02-01' },
  ];
  assert.deepEqual(sizesOf('a', { sizes }), { '1': [11, '2026-02-01'] });
  assert.equal(sizesOf('c', { sizes }), undefined);
});

test('sizes: a row of several versions has none of its own', () => {
  const size = { compressedMB: 412.87, date: '2026-08-25' };
  assert.deepEqual(sizeOf({ repository: 'python', size }), {});
  assert.deepEqual(sizeOf({ repository: 'debian', size }), { size: [412.87, '2026-08-25'] });
});

test('history: a base that is another image is followed to what that was built on', () => {
  const openjdk = {
    changes: {
      '11-jdk': [
        { from: '2019-01-01', base: 'debian:buster' },
        { from: '2021-08-25', base: 'debian:bullseye', until: '2022-08-19' },
      ],
    },
  };
  const maven = {
    changes: { '3.8-openjdk-11': [{ from: '2021-04-05', base: 'openjdk:11-jdk', until: '2022-09-29' }] },
  };
  const early = {
    changes: { '3.6-openjdk-11': [{ from: '2020-01-01', base: 'openjdk:11-jdk', until: '2021-01-01' }] },
  };
  const all = { images: { openjdk } };
  assert.deepEqual(importHistory(maven, new Set(), all)?.tags, { 'debian:11 2022-09-29': '3.8-openjdk-11' });
  assert.deepEqual(importHistory(early, new Set(), all)?.tags, { 'debian:10 2021-01-01': '3.6-openjdk-11' });
  assert.deepEqual(importHistory(maven, new Set())?.tags, {});
});

test('Docker Hardened Images: the file of a definition says how many numbers make a line', () => {
  const image = {
    repository: 'dhi.io/thing',
    aliases: [],
    tags: [],
    purpose: 'runtime',
    runtime: { name: 'thing', version: null },
    os: { id: 'debian', version: '13' },
    libc: null,
    shell: null,
    packageManager: null,
    user: null,
    entrypoint: null,
    cmd: null,
    workdir: null,
    env: { PATH: '/new' },
    contains: [],
    lacks: [],
    architectures: null,
    status: 'supported',
    eol: null,
    access: null,
    devVariant: null,
    runtimeVariant: null,
    docs: null,
    source: [],
    variant: 'runtime',
    flavor: null,
    versions: [version('3.14.1', '3.14'), { ...version('3.13.9', '3.13'), envDiff: { PATH: '/old' } }],
  };
  const { data } = importDhi({ compiled: today, images: [image] }, { read: today, sources: [], releases: [] });
  assert.equal(data.repositories['dhi.io/thing']?.lineDepth, 2);
  const catalog = createCatalog([data]);
  const older = findImageByText(catalog, 'dhi.io/thing:3.13');
  assert.deepEqual(older?.env.known && older.env.value, { PATH: '/old' });
  assert.equal(older?.variants.dev, 'dhi.io/thing:3.13-dev');
  assert.equal(findImageByText(catalog, 'dhi.io/thing:3.12'), null);
});

function version(full: string, line: string) {
  return {
    version: full,
    tags: [line, full],
    eol: null,
    status: 'supported',
    source: `image/thing/debian-13/${line}.yaml`,
    devVariant: `dhi.io/thing:${line}-dev`,
  };
}
