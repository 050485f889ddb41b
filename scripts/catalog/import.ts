// Derives server/src/catalog/data from a folder of raw facts, all files or those named after it:
// node scripts/run.mjs scripts/catalog/import.ts FOLDER [FILE…]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importAmazonLinux } from './amazon.js';
import { importAzul } from './azul.js';
import { importAzureLinux } from './azure-linux.js';
import { importBellsoft } from './bellsoft.js';
import { importBitnami } from './bitnami.js';
import { importCleanstart } from './cleanstart.js';
import { importFurther } from './further-vendors.js';
import { importMicrosoftJava, importOldDotnet, importWindows } from './microsoft.js';
import { importMinimus } from './minimus.js';
import { importNativeImage } from './native-image.js';
import { importCanonical } from './canonical.js';
import { importChainguard, type RawChainguard } from './chainguard.js';
import { importDhi, type RawDhi } from './dhi.js';
import { importDistributions, type RawDistributions } from './distributions.js';
import { importGoogle, type RawGoogle } from './google.js';
import type { RawHistory } from './history.js';
import { importDotnet, importOfficial, type RawOfficial } from './official.js';
import { importPackages, type RawPackages } from './packages.js';
import { importRedHat } from './red-hat.js';
import { importRuntimes, type RawRuntimes } from './runtimes.js';
import type { ReadFile } from './read-library.js';
import type { RawSizes } from './sizes.js';
import { importScratch } from './scratch.js';
import type { RawUnreadFile } from './unread-image.js';
import further from './further-official.json';
import { importPublishers } from './publishers.js';
import published from './publishers-read.json';

const target = join('server', 'src', 'catalog', 'data');
const [folder, ...only] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node scripts/run.mjs scripts/catalog/import.ts FOLDER [FILE…]');
  process.exit(2);
}

mkdirSync(target, { recursive: true });
const official = read<RawOfficial>('official-images.json');
const history = read<RawHistory>('tag-history.json');
const sizes = read<RawSizes>('sizes.json');
const distributions = importDistributions(read<RawDistributions>('distros.json'));
write('distributions', distributions);
write('scratch', importScratch(official.compiled).data);
write('official', importOfficial({ raw: official, history, distributions, sizes, further: further as ReadFile }).data);
write('publishers', importPublishers(published as ReadFile).data);
write('dotnet', importDotnet({ raw: official, history, distributions }).data);
write('google', importGoogle(read<RawGoogle>('google-distroless.json')).data);
write('chainguard', importChainguard(read<RawChainguard>('chainguard.json')).data);
write('dhi', importDhi(read<RawDhi>('dhi.json'), distributions).data);
const rpm = read<RawUnreadFile>('ubi.json');
write('red-hat', importRedHat(rpm).data);
write('azure-linux', importAzureLinux(rpm).data);
write('amazon-linux', importAmazonLinux(rpm).data);
write('canonical', importCanonical(read<RawUnreadFile>('ubuntu-chiselled.json')).data);
const vendors = read<RawUnreadFile>('other-vendors.json');
write('minimus', importMinimus(vendors).data);
write('cleanstart', importCleanstart(vendors).data);
write('bellsoft', importBellsoft(vendors).data);
write('azul', importAzul(vendors).data);
write('bitnami', importBitnami(vendors.compiled).data);
for (const [name, file] of Object.entries(importFurther(vendors))) write(name, file.data);
write('windows', importWindows(official.compiled).data);
write('native-image', importNativeImage(vendors.compiled).data);
write('microsoft-openjdk', importMicrosoftJava(vendors.compiled).data);
write('dotnet-core', importOldDotnet(official.compiled).data);
write('runtimes', importRuntimes(read<RawRuntimes>('runtime-eol.json')));
write('packages', importPackages(read<RawPackages>('packages-to-runtime.json')));

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(folder ?? '', name), 'utf8')) as T;
}

function write(name: string, data: object): void {
  if (only.length > 0 && !only.includes(name)) return;
  const text = JSON.stringify(data, null, 1) + '\n';
  writeFileSync(join(target, `${name}.json`), text);
  console.log(`${name}.json: ${Math.round(JSON.stringify(data).length / 1000)} kB`);
}
