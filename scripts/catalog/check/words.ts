import { vocabulary } from '../../../server/src/catalog/vocabulary.js';
import type { PackageData } from '../../../server/src/catalog/data-model.js';
import { programs } from './programs.js';
import type { CatalogFiles, Problem } from './problem.js';

/** `contents` and `groups` name libraries, data and programs by words that the rules and hovers know. */
export function checkWords({ vendors, packages }: CatalogFiles): Problem[] {
  const known = knownWords(packages);
  return vendors.flatMap(({ file, data }) => {
    const texts: [string, string][] = [
      ...data.contents.map((text, index): [string, string] => [`contents[${index}]`, text]),
      ...Object.entries(data.groups).map(([name, text]): [string, string] => [`groups.${name}`, text]),
    ];
    const unknown = texts.flatMap(([key, text]) =>
      wordsOf(text)
        .filter((word) => !known.has(word))
        .map((word): [word: string, key: string] => [word, key]),
    );
    const firstPlaces = new Map(unknown.reverse());
    return [...firstPlaces].reverse().map(([word, key]) => ({ file, key, message: explain(word, packages) }));
  });
}

/** Words that `contents` may use: the vocabulary, what packages bring, and the programs that images bring themselves. */
export function knownWords(packages: PackageData): ReadonlySet<string> {
  return new Set([
    ...Object.keys(vocabulary.libraries),
    ...Object.keys(vocabulary.data),
    ...programs,
    ...programsOfPackages(packages),
  ]);
}

function wordsOf(text: string): string[] {
  const words = text.split(' ').filter((word) => word && !word.startsWith('@'));
  return words.map((word) => word.replace(/^-/, ''));
}

function programsOfPackages({ contents, packages }: PackageData): string[] {
  const brought = Object.values(contents).flatMap((text) => text.split(' '));
  return [...brought, ...packages.flatMap(({ programs }) => programs?.split(' ') ?? [])];
}

function explain(word: string, { contents }: PackageData): string {
  const brings = contents[word];
  return brings
    ? `'${word}' is the name of a package, which brings '${brings}'.`
    : `'${word}' is no word of the vocabulary, and no program that is listed in scripts/catalog/check/programs.ts.`;
}
