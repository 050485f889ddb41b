// Derives server/src/catalog/data from a folder of raw facts: node scripts/run.mjs scripts/catalog/import.ts FOLDER
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importCanonical } from './canonical.js';
import { importChainguard, type RawChainguard } from './chainguard.js';
import { importDhi, type RawDhi } from './dhi.js';
import { importDistributions, type RawDistributions } from './distributions.js';
import { importGoogle, type RawGoogle } from './google.js';
import type { RawHistory } from './history.js';
import { importDotnet, importOfficial, type RawOfficial } from './official.js';
import { importPackages, type RawPackages } from './packages.js';
import { importRedHat, type RawUnreadFile } from './red-hat.js';
import { importScratch } from './scratch.js';

const target = join('server', 'src', 'catalog', 'data');
const folder = process.argv[2];
if (!folder) {
  console.error('usage: node scripts/run.mjs scripts/catalog/import.ts FOLDER');
  process.exit(2);
}

mkdirSync(target, { recursive: true });
const official = read<RawOfficial>('official-images.json');
const history = read<RawHistory>('tag-history.json');
const distributions = importDistributions(read<RawDistributions>('distros.json'));
write('distributions', distributions);
write('scratch', importScratch(official.compiled).data);
write('official', importOfficial({ raw: official, history, distributions }).data);
write('dotnet', importDotnet({ raw: official, history, distributions }).data);
write('google', importGoogle(read<RawGoogle>('google-distroless.json')).data);
write('chainguard', importChainguard(read<RawChainguard>('chainguard.json')).data);
write('dhi', importDhi(read<RawDhi>('dhi.json'), distributions).data);
write('red-hat', importRedHat(read<RawUnreadFile>('ubi.json')).data);
write('canonical', importCanonical(read<RawUnreadFile>('ubuntu-chiselled.json')).data);
write('packages', importPackages(read<RawPackages>('packages-to-runtime.json')));

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(folder ?? '', name), 'utf8')) as T;
}

function write(name: string, data: object): void {
  const text = JSON.stringify(data, null, 1) + '\n';
  writeFileSync(join(target, `${name}.json`), text);
  console.log(`${name}.json: ${Math.round(JSON.stringify(data).length / 1000)} kB`);
}
