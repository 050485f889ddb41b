// Looks for faults in server/src/catalog/data: node scripts/run.mjs scripts/catalog/check.ts
import { checkCatalog } from './check/problems.js';
import { readCatalogFiles } from './check/read-files.js';

const today = new Date().toISOString().slice(0, 10);
const problems = checkCatalog(readCatalogFiles(), today);
for (const { file, key, message } of problems) console.log(`${file} ${key}: ${message}`);
console.log(problems.length === 0 ? 'The catalog is in order.' : `${problems.length} problems.`);
process.exitCode = problems.length === 0 ? 0 : 1;
