// Writes the pages, the table in README.md and the settings that are made from the rules; --check only compares.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rules } from '../server/src/rules/index.js';
import { generatedFiles, outdatedFiles } from './generated-files.js';

const root = process.cwd();
const outdated = outdatedFiles(root, generatedFiles(root, rules));

if (process.argv.includes('--check')) {
  for (const { path } of outdated) console.error(`${path} is out of date: run npm run generate.`);
  process.exitCode = outdated.length > 0 ? 1 : 0;
} else {
  for (const { path, content } of outdated) {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    if (content === null) rmSync(target);
    else writeFileSync(target, content);
    console.log(`${content === null ? 'removed' : 'wrote'} ${path}`);
  }
  console.log(outdated.length > 0 ? 'Done.' : 'All generated files were up to date.');
}
