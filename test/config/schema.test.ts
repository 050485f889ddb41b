import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listFamilies } from '../../server/src/catalog/families.js';
import { fileKeys, imageReaders, repositoryKeys, repositoryReaders } from '../../server/src/config/fields.js';
import { readConfig } from '../../server/src/config/read-config.js';
import { textOf } from '../support/repository.js';

type Schema = {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly description?: string;
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly patternErrorMessage?: string;
  readonly definitions: Readonly<Record<'image' | 'variant' | 'repository', Schema>>;
};

const schema = JSON.parse(textOf('schemas/distroless.config.schema.json')) as Schema;
const { image, variant, repository } = schema.definitions;
const families = listFamilies().map(({ id }) => id);

test('the schema has the keys that are read, and no others', () => {
  const keysOf = ({ properties }: Schema) => Object.keys(properties).sort();
  const imageKeys = Object.keys(imageReaders);
  assert.deepEqual(keysOf(schema), [...fileKeys].sort());
  assert.deepEqual(keysOf(image), [...imageKeys].sort());
  assert.deepEqual(keysOf(variant), [...imageKeys].sort());
  assert.deepEqual(keysOf(repository), [...imageKeys, ...Object.keys(repositoryReaders), ...repositoryKeys].sort());
  assert.deepEqual(
    [schema, variant, repository].map(({ additionalProperties }) => additionalProperties),
    [false, false, false],
  );
});

test('the schema has the families of the catalog', () => {
  assert.deepEqual(schema.properties['prefer']?.items?.enum, families);
  assert.deepEqual(repository.properties['family']?.enum, families);
});

const fields = { ...image.properties, ...withoutReferences(repository.properties) };

for (const [key, field] of Object.entries(fields)) {
  test(`'${key}' is described, and what the schema shows for it is read`, () => {
    assert.match(field.description ?? '', /^[A-Z].*\.$/s);
    const shown = [...(field.enum ?? []), ...(field.examples ?? [])];
    if (shown.length === 0) assert.equal((field as { type?: string }).type, 'boolean');
    for (const value of shown.length > 0 ? shown : [true, false]) {
      const config = { images: { 'corp/base': { [key]: value } } };
      assert.notEqual(readConfig(JSON.stringify(config), 'x').addition, null, JSON.stringify(value));
    }
    if (field.enumDescriptions) assert.equal(field.enumDescriptions.length, field.enum?.length);
    assert.equal(field.pattern === undefined, field.patternErrorMessage === undefined);
  });

  test(`'${key}' is read by the words of the schema only`, () => {
    for (const value of [{ wrong: 1 }, '\u0000', [[]]]) {
      const config = { images: { 'corp/base': { [key]: value } } };
      const isRead = readConfig(JSON.stringify(config), 'x').problem === null;
      assert.equal(isRead, acceptsText(field) && value === '\u0000', JSON.stringify(value));
    }
  });
}

test('the examples at the top are read', () => {
  for (const key of ['images', 'mirrors', 'prefer']) {
    const examples = schema.properties[key]?.examples ?? [];
    assert.notEqual(examples.length, 0);
    for (const example of examples)
      assert.equal(readConfig(JSON.stringify({ [key]: example }), 'x').problem, null, key);
  }
});

test('the extension brings the schema to files of that name', () => {
  const manifest = JSON.parse(textOf('package.json')) as {
    contributes: { jsonValidation: { fileMatch: string; url: string }[] };
  };
  assert.deepEqual(manifest.contributes.jsonValidation, [
    { fileMatch: 'distroless.config.json', url: './schemas/distroless.config.schema.json' },
  ]);
  assert.match(textOf('.vscodeignore'), /^!schemas\/distroless\.config\.schema\.json$/m);
});

function withoutReferences(properties: Schema['properties']): Schema['properties'] {
  return Object.fromEntries(Object.entries(properties).filter(([, field]) => !('$ref' in field)));
}

/** Free text, in which any character is right. */
function acceptsText({ examples, pattern, enum: choices }: Schema): boolean {
  const isText = examples?.every((example) => typeof example === 'string') === true;
  return isText && pattern === undefined && choices === undefined;
}
