// Bundles a TypeScript script in memory and runs it: node scripts/run.mjs scripts/generate.ts --check
import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [script, ...rest] = process.argv.slice(2);
if (!script) {
  console.error('usage: node scripts/run.mjs SCRIPT.ts [ARGUMENT…]');
  process.exit(2);
}
const folder = join('out', 'scripts');
mkdirSync(folder, { recursive: true });
const outfile = join(folder, basename(script).replace(/\.ts$/, '.mjs'));
await build({
  entryPoints: [script],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
process.argv = [process.argv[0], resolve(outfile), ...rest];
await import(pathToFileURL(resolve(outfile)).href);
