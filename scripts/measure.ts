// Runs the guide over a folder of Dockerfiles and prints what it found: npm run measure -- FOLDER [--misses N]
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { createWorld } from '../server/src/analyze.js';
import { measure, type Input } from './measure/measure.js';
import { report } from './measure/report.js';

const help = `Usage: npm run measure -- FOLDER [--misses N]

Analyses every file named like a Dockerfile below FOLDER and prints counts: files, image references known, findings
by rule and severity, time per file, crashes. Exit status 1 when anything crashed.

  --misses N   list the N most frequent references that are not known (default 40)`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { misses: { type: 'string', default: '40' }, help: { type: 'boolean', default: false } },
});
const [folder] = positionals;

if (values.help || folder === undefined) {
  console.log(help);
  process.exitCode = values.help ? 0 : 2;
} else {
  const world = createWorld(new Date().toISOString().slice(0, 10));
  const result = measure(readInputs(folder), world, () => performance.now());
  console.log(report(result, Number(values.misses)));
  process.exitCode = result.crashes.length > 0 ? 1 : 0;
}

function readInputs(root: string): Input[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /dockerfile|containerfile/i.test(entry.name))
    .filter(({ name }) => !/\.(?:dockerignore|tsv|md)$/.test(name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
    .map((path) => ({ name: relative(root, path), text: readFileSync(path, 'utf8').replace(/^\ufeff/, '') }));
}
