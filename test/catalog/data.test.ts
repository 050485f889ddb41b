import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCatalog, findImageByText, listImages, loadCatalog } from '../../server/src/catalog/catalog.js';
import { vendors } from '../../server/src/catalog/data-files.js';
import type { VendorData } from '../../server/src/catalog/data-model.js';
import { checkVendor } from '../../server/src/catalog/schema.js';

for (const vendor of vendors) {
  test(`the data of ${vendor.vendor} keep to the schema`, () => {
    assert.deepEqual(checkVendor(vendor), []);
  });
}

test('the schema check finds what is wrong', () => {
  const [good] = vendors;
  assert.ok(good);
  const broken = {
    ...good,
    read: 'yesterday',
    repositories: {
      'docker.io/library/x': {
        purpose: 'base',
        shared: {},
        images: [
          { tags: 'a', libc: 'libc5' },
          { tags: 'a', source: 0 },
        ],
      },
    },
  } as unknown as VendorData;
  const problems = checkVendor(broken).join(' ');
  for (const part of ['no date', 'without a source', "wrong 'libc'", 'described twice'])
    assert.match(problems, new RegExp(part));
});

test('every tag of every repository can be looked up, with a source and a date', () => {
  const catalog = createCatalog(vendors);
  let count = 0;
  for (const [name, { data }] of catalog.repositories) {
    for (const tag of data.images.flatMap(({ tags }) => tags?.split(' ') ?? [])) {
      const facts = findImageByText(catalog, `${name}:${tag}`);
      if (name.endsWith('/scratch')) continue;
      assert.ok(facts, `${name}:${tag}`);
      assert.notEqual(facts.source, '', `${name}:${tag} has no source`);
      assert.match(facts.read ?? '', /^\d{4}-\d\d-\d\d$/);
      assert.equal(facts.tag, tag);
      count += 1;
    }
  }
  assert.ok(count > 4000, `only ${count} tags`);
});

test('every fact of an image names the image, a source and a date', () => {
  const facts = findImageByText(loadCatalog(), 'gcr.io/distroless/static-debian13');
  assert.ok(facts);
  for (const fact of [
    facts.libc,
    facts.shells,
    facts.user,
    facts.packageManager,
    facts.closed,
    ...facts.contents.values(),
  ]) {
    assert.equal(fact.because.length, 1);
    const [evidence] = fact.because;
    assert.equal(evidence?.kind, 'catalog');
    assert.match(evidence?.note ?? '', /^'gcr\.io\/distroless\/static-debian13:latest' .*\.$/);
  }
});

test('references to other images lead somewhere', () => {
  const catalog = loadCatalog();
  const lost: string[] = [];
  for (const name of [
    'gcr.io/distroless/static-debian12',
    'gcr.io/distroless/nodejs20-debian12',
    'openjdk:17',
    'cgr.dev/chainguard/node',
  ]) {
    const facts = findImageByText(catalog, name);
    assert.ok(facts, name);
    for (const text of [facts.replacement, facts.variants.dev, facts.variants.debug, facts.variants.nonroot]) {
      if (text !== null && !findImageByText(catalog, text) && text !== 'eclipse-temurin') lost.push(text);
    }
  }
  assert.deepEqual(lost, []);
});

test('the list of images names every repository once', () => {
  const names = listImages(loadCatalog()).map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const name of [
    'python',
    'gcr.io/distroless/static',
    'cgr.dev/chainguard/static',
    'dhi.io/static',
    'scratch',
    'mcr.microsoft.com/dotnet/aspnet',
  ]) {
    assert.ok(names.includes(name), name);
  }
});
