// The one gate: npm test [-- OPTION…]
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './editor/install.mjs';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const bundled = join('out', 'test');

const help = `Usage: npm test [-- OPTION…]

Checks types, style and packaging, then runs every test, also those in real editors. The tests in editors need
Chromium and, once, a few minutes to set up code-server.

  --fast   leave out the package and the tests in editors
  --help   show this text`;

const options = {
  fast: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

process.chdir(project);
try {
  await main(parseArgs({ options }).values);
} catch (error) {
  console.error(`\n${error.message}`);
  console.error('Failed.');
  process.exit(1);
}

async function main({ fast, help: wantsHelp }) {
  if (wantsHelp) return console.log(help);
  heading('npm packages');
  ensureDependencies();

  heading('Types');
  run('node_modules/typescript/bin/tsc', '--noEmit');
  run('node_modules/typescript/bin/tsc', '--noEmit', '--project', 'client/webview');
  heading('Style');
  run('node_modules/eslint/bin/eslint.js', '.');
  run('node_modules/prettier/bin/prettier.cjs', '--check', '.');
  heading('Build');
  await buildExtensionAndTests();
  if (fast) {
    heading('Tests, without those in editors');
    runTests((file) => !isInEditor(file), process.env);
    return console.log('Passed, without the package and the tests in editors.');
  }

  heading('Package');
  run('scripts/package.mjs');
  heading('Editors');
  const chromium = await prepareEditors();
  heading('Tests');
  runTests(() => true, { ...process.env, CHROMIUM: chromium });
  console.log('Passed.');
}

/** @returns {Promise<string>} the path of the Chromium to test in */
async function prepareEditors() {
  const { ensureChromium } = await import('./editor/chromium.mjs');
  const { ensureCodeServer } = await import('./editor/code-server-setup.mjs');
  try {
    const chromium = ensureChromium();
    console.log(`Chromium: ${chromium}`);
    console.log(`code-server: ${ensureCodeServer()}`);
    return chromium;
  } catch (error) {
    throw new Error(`${error.message}\nnpm test -- --fast leaves out the tests in editors.`, { cause: error });
  }
}

async function buildExtensionAndTests() {
  run('esbuild.mjs');
  const { build } = await import('esbuild');
  rmSync(bundled, { recursive: true, force: true });
  await build({
    entryPoints: filesIn('test', '.test.ts'),
    outdir: bundled,
    outbase: 'test',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['playwright-core', 'esbuild', 'typescript', 'eslint', 'prettier'],
    logLevel: 'warning',
  });
}

function runTests(isWanted, env) {
  const files = filesIn(bundled, '.test.js').filter(isWanted);
  run('--enable-source-maps', '--test', '--test-reporter=spec', ...files, { env });
}

function isInEditor(file) {
  return file.split(sep).includes('e2e');
}

function filesIn(folder, suffix) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function heading(text) {
  console.log(`\n== ${text}`);
}

function run(...args) {
  const settings = typeof args.at(-1) === 'object' ? args.pop() : {};
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', ...settings });
  if (status !== 0) throw new Error(`Exit code ${status}: node ${args.slice(0, 4).join(' ')}`);
}
