// Compares server/src/catalog/data with checkouts of the upstream repositories; with --write it takes over what they
// state: node scripts/run.mjs scripts/catalog/update.ts --distroless FOLDER --endoflife FOLDER [--write]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RuntimeData } from '../../server/src/catalog/data-model.js';
import { dataFolder, readCatalogFiles } from './check/read-files.js';
import { openCheckout } from './update/checkout.js';
import { toLine, type Difference, type Upstream } from './update/difference.js';
import { applyEdit, type Editable, type Origin } from './update/edits.js';
import { sources, type Known, type Source } from './update/sources.js';

const folders = sources.map(({ option }) => [option, { type: 'string' }] as const);
const { values } = parseArgs({ options: { ...Object.fromEntries(folders), write: { type: 'boolean' } } });
const { write = false, ...chosen } = values as { write?: boolean } & Readonly<Record<string, string | undefined>>;
const given = sources.filter(({ option }) => chosen[option] !== undefined);
if (given.length === 0) {
  console.error(
    `usage: npm run catalog:update -- ${sources.map(({ option }) => `[--${option} FOLDER]`).join(' ')} [--write]`,
  );
  process.exit(2);
}

const lost = given.find(({ option }) => !existsSync(chosen[option] ?? ''));
if (lost) {
  console.error(`--${lost.option}: '${chosen[lost.option] ?? ''}' does not exist.`);
  process.exit(2);
}

const before = readKnown();
let after: Editable = before;
for (const source of given) after = update(source, chosen[source.option] ?? '', after);
if (write) writeChanged(before, after);

/** Prints what one upstream repository says otherwise, and takes it over where `--write` asks for it. */
function update({ repository, compare, option }: Source, folder: string, data: Editable): Editable {
  const upstream = openCheckout(folder);
  const { differences, unread } = compare(upstream, { ...before, ...data }, folder);
  console.log(`\n${repository}@${upstream.commit ?? 'unknown'}: ${differences.length} differences`);
  for (const difference of differences) console.log(toLine(difference));
  for (const sentence of unread) console.log(`not read ${sentence}`);
  const origin = originOf(upstream, repository);
  if (write && !origin) console.log(`--${option} is no clean git checkout: without a commit nothing is written.`);
  return write && origin ? takeOver(data, differences, origin) : data;
}

function originOf({ commit, day }: Upstream, repository: string): Origin | null {
  return commit !== null && day !== null ? { repository, commit, day } : null;
}

function takeOver(data: Editable, differences: readonly Difference[], origin: Origin): Editable {
  return differences.reduce((all, { edit }) => (edit ? applyEdit(all, edit, origin) : all), data);
}

function readKnown(): Known {
  const { vendors, distributions, packages } = readCatalogFiles();
  const runtimes = JSON.parse(readFileSync(join(dataFolder, 'runtimes.json'), 'utf8')) as RuntimeData;
  return {
    vendors: Object.fromEntries(vendors.map(({ file, data }) => [file, data])),
    distributions,
    packages,
    runtimes,
  };
}

function writeChanged(old: Editable, data: Editable): void {
  const files = { 'distributions.json': data.distributions, 'runtimes.json': data.runtimes, ...data.vendors };
  const oldFiles: Readonly<Record<string, object>> = {
    'distributions.json': old.distributions,
    'runtimes.json': old.runtimes,
    ...old.vendors,
  };
  for (const [file, content] of Object.entries(files)) {
    if (content === oldFiles[file] || JSON.stringify(content) === JSON.stringify(oldFiles[file])) continue;
    writeFileSync(join(dataFolder, file), JSON.stringify(content, null, 1) + '\n');
    console.log(`wrote ${file}`);
  }
}
