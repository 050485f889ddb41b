import { checkVendor } from '../../../server/src/catalog/schema.js';
import { checkDates } from './dates.js';
import { checkDuplicates } from './duplicates.js';
import type { CatalogFiles, Problem, VendorFileText } from './problem.js';
import { checkReferences } from './references.js';
import { checkReleases } from './releases.js';
import { checkSources } from './sources.js';
import { checkWords } from './words.js';

export type { CatalogFiles } from './problem.js';

/**
 * Everything that is wrong with the data of the catalog, by file and key; empty when nothing is. `today` is YYYY-MM-DD.
 * What an image truly holds is not checked here but by the truths in `test/catalog`.
 */
export function checkCatalog(files: CatalogFiles, today: string): Problem[] {
  const broken = files.vendors.flatMap(missingParts);
  if (broken.length > 0) return broken;
  return [
    ...files.vendors.flatMap(({ file, data }) => checkVendor(data).map((message) => ofSchema(file, message))),
    ...files.vendors.filter(({ file }) => !isLoaded(files.index, file)).map(notLoaded),
    ...checkSources(files),
    ...checkDates(files, today),
    ...checkDuplicates(files),
    ...checkFamilies(files),
    ...checkReleases(files),
    ...checkWords(files),
    ...checkReferences(files),
  ];
}

const lists = ['sources', 'contents', 'environments', 'notes', 'architectures'] as const;
const tables = ['groups', 'repositories'] as const;

/** A file without these cannot be read at all, so that nothing else is said while one is missing. */
function missingParts({ file, data }: VendorFileText): Problem[] {
  const isTable = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
  const missing = [
    ...lists.filter((key) => !Array.isArray(data[key])),
    ...tables.filter((key) => !isTable(data[key])),
  ].map((key) => ({ file, key, message: `'${key}' is missing.` }));
  if (missing.length > 0) return missing;
  return Object.entries(data.repositories)
    .filter(([, repository]) => !isTable(repository.shared) || !Array.isArray(repository.images))
    .map(([key]) => ({ file, key, message: "The repository needs 'shared' and 'images'." }));
}

function ofSchema(file: string, message: string): Problem {
  return { file, key: /'([^']*)'/.exec(message)?.[1] ?? '', message };
}

function isLoaded(index: string, file: string): boolean {
  return index.includes(`./data/${file}'`);
}

function notLoaded({ file }: VendorFileText): Problem {
  return { file, key: '', message: 'data-files.ts does not load this file.' };
}

function checkFamilies({ vendors, families }: CatalogFiles): Problem[] {
  const ids = families.families.map(({ id }) => id);
  const known = new Set(ids);
  const repeated = ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => ({ file: 'families.json', key: id, message: `The family '${id}' is listed twice.` }));
  const unknown = vendors.flatMap(({ file, data }) => {
    const named: [string, string | undefined][] = [
      ['family', data.family],
      ...Object.entries(data.repositories).map(([key, { family }]): [string, string | undefined] => [key, family]),
    ];
    return named
      .filter(([, family]) => family !== undefined && !known.has(family))
      .map(([key, family]) => ({ file, key, message: `families.json has no family '${family}'.` }));
  });
  return [...repeated, ...unknown];
}
