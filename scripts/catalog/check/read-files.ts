import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DistributionData, PackageData } from '../../../server/src/catalog/data-model.js';
import type { CatalogFiles, FamilyData } from './problem.js';

/** The folder that holds the data, below the root of the project. */
export const dataFolder = join('server', 'src', 'catalog', 'data');

/** Reads the data as it lies there; throws when a file is no JSON. `root` is the folder of the project. */
export function readCatalogFiles(root = '.'): CatalogFiles {
  const folder = join(root, dataFolder);
  const all = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ file, data: JSON.parse(readFileSync(join(folder, file), 'utf8')) as object }));
  const named = (name: string): unknown => all.find(({ file }) => file === name)?.data;
  const known = ['distributions.json', 'families.json', 'packages.json'];
  return {
    vendors: all.filter(isVendor) as CatalogFiles['vendors'],
    distributions: named('distributions.json') as DistributionData,
    families: named('families.json') as FamilyData,
    packages: named('packages.json') as PackageData,
    others: all.filter((entry) => !isVendor(entry) && !known.includes(entry.file)),
    index: readFileSync(join(root, 'server', 'src', 'catalog', 'data-files.ts'), 'utf8'),
  };
}

function isVendor(entry: { file: string; data: object }): boolean {
  return 'repositories' in entry.data;
}
