import { readTag } from '../../catalog/tag-words.js';

/** How little the words of a tag without its version fit an image to build in and one to run in; less is better. */
export function weigh(rest: string): { readonly build: number; readonly run: number } {
  const words = rest.split('-').filter((word) => word !== '' && !isRelease(word));
  return { build: sum(words, buildWords), run: sum(words, runWords) };
}

function sum(words: readonly string[], weights: Readonly<Record<string, number>>): number {
  return words.reduce(
    (total, word) => total + ((Object.hasOwn(weights, word) ? weights[word] : undefined) ?? other),
    0,
  );
}

/** A word that says nothing about the purpose: the plain variant comes first. */
const other = 0.1;

/** `trixie` and `debian13`, but not `alpine3.24`, which is another libc as well. */
function isRelease(word: string): boolean {
  const { release, shape } = readTag(word);
  return release !== null && shape === '';
}

const runWords: Readonly<Record<string, number>> = {
  chiseled: -2,
  debug: 3,
  dev: 2,
  distroless: -2,
  full: 1,
  jdk: 1,
  jre: -2,
  minimal: 0,
  musl: 0.2,
  nonroot: -2,
  root: 1,
  runtime: -2,
  sdk: 2,
  slim: -1,
  test: 3,
};

const buildWords: Readonly<Record<string, number>> = {
  chiseled: 2,
  debug: 3,
  dev: -2,
  distroless: 1,
  jdk: -1,
  jre: 2,
  nonroot: 1,
  runtime: 2,
  sdk: -2,
  test: 3,
};
