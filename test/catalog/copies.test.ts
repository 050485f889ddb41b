import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImageByText, knowsRepository, loadCatalog } from '../../server/src/catalog/catalog.js';
import type { ImageFacts } from '../../server/src/catalog/model.js';
import { parseReference } from '../../server/src/catalog/reference.js';

test('a version that Docker Hardened Images do not list is not known', () => {
  for (const image of [
    'dhi.io/node:99',
    'dhi.io/node:99-fips',
    'dhi.io/python:3.99',
    'dhi.io/node',
    'acme/dhi-node:99',
  ])
    assert.equal(findImageByText(loadCatalog(), image), null, image);
});

test('a later patch release of a listed line is like the one that was read', () => {
  const facts = known('dhi.io/node:24.99.0');
  assert.deepEqual(facts.cmd.known && facts.cmd.value, ['node']);
  assert.equal(facts.runtime.known && facts.runtime.value?.version, '24.99.0');
});

test('names that only look like a copy are not known', () => {
  for (const image of ['cgr.dev/acme/nothing:1', 'cgr.dev/chainguard/nothing', 'acme/dhi-nothing:1', 'acme/node:24'])
    assert.equal(findImageByText(loadCatalog(), image), null, image);
});

test('the repository of a copy is known', () => {
  const reference = parseReference('acme/dhi-node:99');
  assert.ok(reference && knowsRepository(loadCatalog(), reference));
});

test('a copy says whose it is, and its source is that of the original', () => {
  const facts = known('acme/dhi-node:24');
  assert.equal(facts.name, 'acme/dhi-node');
  assert.match(facts.note ?? '', /copy that an organisation keeps/);
  assert.match(facts.source, /image\/node$/);
});

test('what was read for the newest version only says so', () => {
  const { env, accounts } = known('cgr.dev/chainguard/python:3.11');
  for (const fact of [env, accounts]) {
    assert.equal(fact.known, false);
    assert.match(fact.because[0]?.note ?? '', /was read for its newest version only/);
  }
});

test('the free tags of Chainguard keep their facts', () => {
  const facts = known('cgr.dev/chainguard/python:latest');
  assert.equal(facts.access, 'public');
  assert.equal(facts.env.known, true);
});

test('every variant of a Docker Hardened Image leads somewhere', () => {
  const catalog = loadCatalog();
  const lost: string[] = [];
  for (const [name, { data }] of catalog.repositories) {
    if (!name.startsWith('dhi.io/')) continue;
    for (const tag of data.images.flatMap(({ tags }) => tags?.split(' ') ?? [])) {
      const { dev, runtime, fips } = known(`${name}:${tag}`).variants;
      for (const text of [dev, runtime, fips]) if (text !== null && !findImageByText(catalog, text)) lost.push(text);
    }
  }
  assert.deepEqual(lost, []);
});

test('an architecture in the name narrows the architectures and drops the size', () => {
  const facts = known('arm32v7/alpine:3.24');
  assert.deepEqual(facts.architectures, ['arm/v7']);
  assert.equal(facts.size, null);
  assert.notEqual(known('alpine:3.24').size, null);
});

test('a measured size is told for the tag that was measured', () => {
  assert.deepEqual(known('python:3.13-slim').size, { compressedMB: 42.96, date: '2026-08-05' });
  assert.equal(known('python:3.12-slim').size, null);
  assert.equal(known('mcr.microsoft.com/dotnet/aspnet:10.0').size, null);
});

test('a tag of two words names the newest of images that are all alike, and of no others', () => {
  assert.ok(findImageByText(loadCatalog(), 'busybox:stable-uclibc'));
  assert.equal(findImageByText(loadCatalog(), 'python:latest-slim'), null);
});

function known(image: string): ImageFacts {
  const facts = findImageByText(loadCatalog(), image);
  assert.ok(facts, `${image} is not known`);
  return facts;
}
