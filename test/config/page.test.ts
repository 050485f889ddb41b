import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageWithFamilies, schemaWithFamilies } from '../../scripts/config-families.js';
import { fileKeys, imageReaders, repositoryKeys, repositoryReaders } from '../../server/src/config/fields.js';
import { readConfig } from '../../server/src/config/read-config.js';
import { textOf } from '../support/repository.js';

const page = textOf('docs/configuration.md');
const examples = [...page.matchAll(/^```json\n(.*?)^```$/gms)].map((match) => match[1] ?? '');

for (const [index, example] of examples.entries()) {
  test(`example ${index + 1} of the page is read, and what it is like is known`, () => {
    const { addition, problem } = readConfig(example, 'distroless.config.json');
    assert.equal(problem, null);
    assert.ok(addition);
    assert.ok(addition.files.length + addition.mirrors.length + addition.prefer.length > 0);
  });
}

test('the page has examples, and names every key', () => {
  assert.ok(examples.length >= 5);
  const keys = [...Object.keys(imageReaders), ...Object.keys(repositoryReaders), ...repositoryKeys, ...fileKeys];
  assert.deepEqual(
    keys.filter((key) => key !== '$schema' && !page.includes(`\`${key}\``) && !page.includes(`## ${key}`)),
    [],
  );
});

test('the example that the command writes is read', () => {
  const source = textOf('client/src/create-config.ts');
  const example = /const example = `(.*?)`;/s.exec(source)?.[1] ?? '';
  const { addition, problem } = readConfig(example, 'distroless.config.json');
  assert.equal(problem, null);
  assert.ok(addition && addition.files.length > 0 && addition.mirrors.length > 0 && addition.prefer.length > 0);
});

test('families are put into the schema and the page', () => {
  const families = [{ id: 'x', title: 'X and Y', publisher: 'Z' }];
  const schema = schemaWithFamilies(textOf('schemas/distroless.config.schema.json'), families);
  assert.doesNotThrow(() => JSON.parse(schema));
  assert.deepEqual([schema.match(/"x"/g)?.length, schema.includes('chainguard"')], [2, true]);
  assert.match(pageWithFamilies(page, families), /\n\| `x` {4}\| X and Y \|\n/);
  assert.throws(() => pageWithFamilies('No markers.', families), /needs the lines/);
});
