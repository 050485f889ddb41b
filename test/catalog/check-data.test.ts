import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCatalog, type Problem } from '../../scripts/catalog/check/problems.js';
import { readCatalogFiles } from '../../scripts/catalog/check/read-files.js';
import { root } from '../support/repository.js';

/** Faults that wait for another reading of the source. A line goes once `npm run catalog:check` is silent about it. */
const gaps: readonly (readonly [file: RegExp, message: RegExp])[] = [
  // Facts that were collected with the name of a branch, or in prose, and no commit.
  [/^(?:distributions|official)\.json$/, /cannot be looked up/],
  // Names of packages from Dockerfiles and slices, which stand beside the programs they bring.
  [/^(?:official|publishers|dotnet)\.json$/, /is the name of a package|is no word of the vocabulary/],
  // Releases that were not read, so that only their names are told.
  [/^(?:dotnet|official)\.json$/, /no release '(?:azurelinux:4\.0|alpine:3\.9)'/],
  // Publishers' own images, which the catalog does not describe.
  [/^official\.json$/, /^replacement 'hashicorp\/\w+' is not in the catalog/],
  [/^google\.json$/, /'gcr\.io\/distroless\/nodejs-debian10' is described twice/],
];

test('the data of the catalog are in order', () => {
  const files = readCatalogFiles(root);
  assert.ok(files.vendors.length > 5, 'the data were found');
  const today = new Date().toISOString().slice(0, 10);
  const problems = checkCatalog(files, today).filter((problem) => !isGap(problem));
  assert.deepEqual(
    problems.map(({ file, key, message }) => `${file} ${key}: ${message}`),
    [],
  );
});

function isGap({ file, message }: Problem): boolean {
  return gaps.some(([ofFile, ofMessage]) => ofFile.test(file) && ofMessage.test(message));
}
