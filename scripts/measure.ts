// Runs the guide over a folder of Dockerfiles and prints what it found: npm run measure -- FOLDER [OPTION…]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { createWorld } from '../server/src/analyze.js';
import type { FilePlace, FileTree } from '../server/src/context/file-tree.js';
import { openDiskTree } from '../server/src/disk/disk-tree.js';
import { measure, type Input } from './measure/measure.js';
import { report } from './measure/report.js';

const help = `Usage: npm run measure -- FOLDER [--misses N] [--root-depth N | --no-context]

Analyses every file named like a Dockerfile below FOLDER and prints counts: files, image references known, findings
by rule and severity, time per file, crashes. Exit status 1 when anything crashed.

The files around each Dockerfile are read, up to the nearest folder that holds .git, or else up to FOLDER.

  --misses N       list the N most frequent references that are not known (default 40)
  --root-depth N   read up to the folder N levels below FOLDER, for a folder of projects: 1
  --no-context     read the Dockerfiles only`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    misses: { type: 'string', default: '40' },
    'root-depth': { type: 'string' },
    'no-context': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [folder] = positionals;
const trees = new Map<string, FileTree>();

if (values.help || folder === undefined) {
  console.log(help);
  process.exitCode = values.help ? 0 : 2;
} else {
  const world = createWorld(new Date().toISOString().slice(0, 10));
  const result = measure(readInputs(folder), world, () => performance.now());
  console.log(report(result, Number(values.misses)));
  process.exitCode = result.crashes.length > 0 ? 1 : 0;
}

function readInputs(top: string): Input[] {
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /dockerfile|containerfile/i.test(entry.name))
    .filter(({ name }) => !/\.(?:dockerignore|tsv|md)$/.test(name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
    .map((path) => ({
      name: relative(top, path),
      text: readFileSync(path, 'utf8').replace(/^\ufeff/, ''),
      place: values['no-context'] ? null : placeOf(top, path),
    }));
}

function placeOf(top: string, path: string): FilePlace {
  const root = rootOf(top, path);
  const tree = trees.get(root) ?? openDiskTree(root, (inside) => relative(top, join(root, inside)));
  trees.set(root, tree);
  return { tree, path: relative(root, path).split(sep).join('/') };
}

function rootOf(top: string, path: string): string {
  const steps = relative(top, dirname(path)).split(sep).filter(Boolean);
  if (values['root-depth'] !== undefined) return join(top, ...steps.slice(0, Number(values['root-depth'])));
  for (let depth = steps.length; depth > 0; depth--) {
    const folder = join(top, ...steps.slice(0, depth));
    if (existsSync(join(folder, '.git'))) return folder;
  }
  return top;
}
