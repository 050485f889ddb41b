import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { catalogData } from '../../scripts/catalog-data.mjs';
import { inParts } from '../../server/src/catalog/parts.js';
import { root } from '../support/repository.js';

const folder = join(root, 'server', 'src', 'catalog', 'data');

test('a part is read when it is first asked for, and once', () => {
  const parts = inParts({ a: '{"x":1}', b: 'no JSON', inner: { c: '[2]', d: 'nor this' } }) as Parts;
  assert.deepEqual(Object.keys(parts), ['a', 'b', 'inner']);
  assert.deepEqual(parts.a, { x: 1 });
  assert.equal(parts.a, parts.a);
  assert.deepEqual(parts.inner.c, [2]);
  assert.throws(() => parts.b, SyntaxError);
  assert.throws(() => parts.inner.d, SyntaxError);
});

test('in a bundle every data file has the content of its JSON', async () => {
  for (const file of readdirSync(folder)) {
    const { default: bundled } = (await load(`export { default } from './data/${file}';`)) as { default: object };
    const { names, ...data } = plain(bundled) as Record<string, unknown>;
    assert.deepEqual(data, JSON.parse(readFileSync(join(folder, file), 'utf8')), file);
    assert.equal(names !== undefined, 'repositories' in data, file);
  }
});

test('a bundle reads nothing but the names at the start, and then one repository', async () => {
  const read: string[] = [];
  const { findImageByText, loadCatalog } = (await load("export * from './catalog.js';", read)) as Exports;
  const catalog = loadCatalog();
  assert.ok(catalog.repositories.size > 500);
  const atStart = read.join('').length;
  assert.ok(atStart < 30_000, `${atStart} characters were read`);
  assert.ok(findImageByText(catalog, 'public.ecr.aws/ubuntu/ubuntu:24.04') !== null, 'another name of a repository');
  read.length = 0;
  assert.ok(findImageByText(catalog, 'dhi.io/static:20260611-debian13') !== null);
  assert.ok(read.length > 0 && read.every((text) => !text.includes('3.13.15')), 'not the repository of python');
});

type Parts = { readonly a: unknown; readonly b: unknown; readonly inner: { readonly c: unknown; readonly d: unknown } };
type Exports = Pick<typeof import('../../server/src/catalog/catalog.js'), 'findImageByText' | 'loadCatalog'>;

/** The exports of a module beside the catalog, bundled as for a release; `read` gets the texts that it parses. */
async function load(contents: string, read: string[] = []): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(root, 'server', 'src', 'catalog'), loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    plugins: [catalogData()],
  });
  const parse = (text: string): unknown => {
    read.push(text);
    return JSON.parse(text);
  };
  const module = { exports: {} };
  runInNewContext(outputFiles[0]?.text ?? '', { module, exports: module.exports, JSON: { ...jsonFunctions, parse } });
  return module.exports;
}

const jsonFunctions = { stringify: JSON.stringify.bind(JSON) };

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
