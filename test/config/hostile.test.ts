import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { extendCatalog, findImageByText, listImages, loadCatalog } from '../../server/src/catalog/catalog.js';
import { imageReaders, repositoryKeys, repositoryReaders } from '../../server/src/config/fields.js';
import { longestText } from '../../server/src/config/json.js';
import { readConfig } from '../../server/src/config/read-config.js';

const keys = [...Object.keys(imageReaders), ...Object.keys(repositoryReaders), ...repositoryKeys];
const words = [
  '__proto__',
  'constructor',
  '@busybox',
  '',
  ' ',
  'a:b',
  'debian:13-slim',
  '/',
  '*',
  '-',
  '0',
  '\u0000',
  'é',
];
const word = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 12 }));
const name = fc.constantFrom('corp/a', 'corp/b', 'python', '__proto__', 'a:1', 'scratch', 'A');
const value = fc.oneof(
  word,
  fc.integer(),
  fc.constantFrom(null, true, false),
  fc.array(word, { maxLength: 3 }),
  fc.dictionary(word, word, { maxKeys: 3 }),
);
const image = fc.dictionary(fc.constantFrom(...keys, '__proto__', 'x'), value, { maxKeys: 6 });
const nested = fc.tuple(image, fc.array(image, { maxLength: 2 })).map(([own, images]) => ({ ...own, images }));
const config = fc.dictionary(
  fc.constantFrom('images', 'mirrors', 'prefer', '$schema', '__proto__'),
  fc.oneof(value, fc.dictionary(name, fc.oneof(value, image, nested), { maxKeys: 3 })),
);

test('any object is read or has a problem with a place in it', () => {
  fc.assert(
    fc.property(config, (written) => {
      const text = JSON.stringify(written);
      check(text);
    }),
    { numRuns: 500 },
  );
});

test('one right entry among wrong ones does not make them count', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(imageReaders)), value, (key, written) => {
      const { addition, problem } = readConfig(JSON.stringify({ images: { 'corp/a': { [key]: written } } }), 'x');
      assert.equal(addition === null, problem?.severity === 'error');
      if (addition) assert.equal(addition.files.length, 1);
    }),
    { numRuns: 500 },
  );
});

test('any text is read or has a problem with a place in it', () => {
  const cut = fc.tuple(config, fc.nat(), fc.string({ maxLength: 3 })).map(([written, at, put]) => {
    const text = JSON.stringify(written);
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + put.length);
  });
  fc.assert(fc.property(fc.oneof(fc.string(), cut), check), { numRuns: 500 });
});

for (const [what, text] of [
  ['ten megabytes', `{"images":{${'"a/b":{},'.repeat(1_200_000)}}}`],
  ['many brackets', '['.repeat(longestText)],
  ['many objects', '{"a":'.repeat(100_000)],
  ['many stray keys', `{"images":{"a/b":{${'"zzzzzzzz":1,'.repeat(70_000)}}}}`],
  ['a long name', `{"images":{"${'a-'.repeat(200_000)}":{}}}`],
  ['a long mirror', `{"mirrors":{"${'a/'.repeat(200_000)}*":"docker.io/*"}}`],
  ['a long word', `{"images":{"a/b":{"contents":"${'a'.repeat(900_000)}"}}}`],
  ['a long text without an end', `{"images":"${'\\"'.repeat(400_000)}`],
] as const) {
  test(`${what} are told as a problem`, () => {
    const { addition, problem } = readConfig(text, 'x');
    assert.equal(addition, null);
    assert.ok(problem && problem.message.length < 300);
  });
}

test('many images and many words are read', () => {
  const names = Array.from({ length: 4000 }, (_, index) => [`corp/image${index}`, { like: 'debian:13-slim' }]);
  const text = JSON.stringify({ images: Object.fromEntries(names) });
  assert.equal(readConfig(text, 'x').addition?.files.length, 4000);
});

test('a chain of likenesses ends', () => {
  const names = Array.from({ length: 3000 }, (_, index) => [
    `corp/image${index}`,
    { like: `corp/image${index + 1}:1` },
  ]);
  const { addition } = readConfig(JSON.stringify({ images: Object.fromEntries(names) }), 'x');
  assert.ok(addition);
  assert.equal(findImageByText(extendCatalog(loadCatalog(), addition), 'corp/image0:1')?.name, 'corp/image0');
});

/** Whatever is read can be asked about. */
function check(text: string): void {
  const { addition, problem } = readConfig(text, 'distroless.config.json');
  assert.ok(addition || problem);
  if (problem) {
    assert.ok(0 <= problem.span.start && problem.span.start <= problem.span.end && problem.span.end <= text.length);
    assert.match(problem.message, /^[A-Z'].*\.$/);
  }
  if (!addition) return;
  const catalog = extendCatalog(loadCatalog(), addition);
  assert.ok(listImages(catalog).length > 0);
  for (const reference of ['corp/a', 'corp/b:1', 'python:3.13', 'registry.corp.example/x']) {
    const facts = findImageByText(catalog, reference);
    if (facts) assert.notEqual(facts.name, '');
  }
}
