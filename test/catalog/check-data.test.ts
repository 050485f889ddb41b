import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCatalog } from '../../scripts/catalog/check/problems.js';
import { readCatalogFiles } from '../../scripts/catalog/check/read-files.js';
import { root } from '../support/repository.js';

test('the data of the catalog are in order', () => {
  const files = readCatalogFiles(root);
  assert.ok(files.vendors.length > 5, 'the data were found');
  const today = new Date().toISOString().slice(0, 10);
  const problems = checkCatalog(files, today);
  assert.deepEqual(
    problems.map(({ file, key, message }) => `${file} ${key}: ${message}`),
    [],
  );
});
