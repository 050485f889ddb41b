import type { Catalog } from '../../catalog/catalog.js';
import type { Artifact } from '../../interpret/state.js';
import { imageNames, type ImageName } from './images.js';
import { languageOf, type Wish } from './wish.js';

/**
 * An image and how far it is from what is wanted; `image` null is scratch. 0: made for the language and the purpose.
 * 1: as good for a compiled program. 3: for anything. 5: for something else. From 10 on it is deprecated, from 20 on
 * retired.
 */
export type Ranked = { readonly image: ImageName | null; readonly distance: number };

/**
 * All images of the catalog, what fits first. At one distance the families the user prefers come first, then the others
 * in the order of the list of families; what is given up is last whatever it is.
 */
export function rankImages(catalog: Catalog, wish: Wish): readonly Ranked[] {
  const wanted = [
    wish.role,
    ...wish.languages.slice(0, 2),
    wish.program?.linkage.known ? isDynamic(wish.program) : '',
  ].join(' ');
  const last = lastRanked.get(catalog);
  if (last?.wanted === wanted) return last.images;
  const images = rank(catalog, wish);
  lastRanked.set(catalog, { wanted, images });
  return images;
}

/** While one word is typed, the same order is asked for with every key stroke. */
const lastRanked = new WeakMap<Catalog, { readonly wanted: string; readonly images: readonly Ranked[] }>();

function rank(catalog: Catalog, wish: Wish): readonly Ranked[] {
  const rows = imageNames(catalog).map((image) => {
    const distance = distanceOf(image, wish);
    return { image, distance, key: keyOf(catalog, { image, distance }, wish) };
  });
  const distance = distanceOfScratch(wish);
  const scratch = { image: null, distance, key: [0, notPreferred, distance, 0, notPreferred] };
  return [...rows, scratch].sort((a, b) => compareKeys(a.key, b.key) || compareNames(a.image, b.image));
}

/** Behind every family. */
const notPreferred = 99;

function distanceOfScratch({ role, languages, program }: Wish): number {
  if (role === 'build' || isDynamic(program)) return 5;
  return program?.linkage.known && isCompiled(languages[0]) ? 1 : 3;
}

function distanceOf(image: ImageName, wish: Wish): number {
  const { languages, role } = wish;
  const { runtime, purpose } = image;
  const given = image.isRetired ? 20 : image.isDeprecated ? 10 : 0;
  const [first, second] = languages;
  const language = runtime === null ? serverOf(image) : languageOf(runtime);
  if (language !== null && (language === first || language === second)) {
    return given + (suits(image, language, role) ? 0 : 2) + (language === first ? 0 : 2);
  }
  if (role !== 'build' && isCompiled(first) && carries(image, wish)) return given + 1;
  if (purpose === 'static' || purpose === 'base') return given + (role === 'build' && !image.canBuild ? 5 : 3);
  if (purpose === 'application') return given + 6;
  return given + (languages.length === 0 ? 4 : 5);
}

/** A server is listed by its name alone: `cgr.dev/chainguard/nginx`. */
function serverOf({ purpose, name }: ImageName): string | null {
  return purpose === 'application' ? name.slice(name.lastIndexOf('/') + 1).replace(/-.*/, '') : null;
}

function suits({ purpose, canBuild, canRun, name }: ImageName, language: string, role: Wish['role']): boolean {
  if (purpose === 'application') return name.slice(name.lastIndexOf('/') + 1).startsWith(language);
  if (role === 'build') return canBuild;
  return role === 'either' || (canRun && !isCompiled(language));
}

/** Made for programs that bring all they need, or all but the C library. */
function carries({ purpose, isLean, name }: ImageName, { program }: Wish): boolean {
  const isPlain = purpose === 'base' && isLean && !/(^|[-/])(java|jre|dotnet)/.test(name);
  if (!program) return purpose === 'static' || isPlain;
  return isDynamic(program) ? isPlain : purpose === 'static';
}

function isDynamic(program: Artifact | null): boolean {
  return program !== null && program.linkage.known && program.linkage.value !== 'static';
}

/** What is built needs no compiler where it runs. */
function isCompiled(language: string | undefined): boolean {
  return language === 'go' || language === 'rust';
}

type Row = { readonly image: ImageName; readonly distance: number };

function keyOf({ prefer }: Catalog, { image, distance }: Row, { role }: Wish): readonly number[] {
  const preferred = prefer.indexOf(image.family);
  // Most build stages stand on the official image of their language.
  const isUsual = role === 'build' && image.family === 'docker-official';
  return [
    Math.floor(distance / 10),
    preferred >= 0 && distance % 10 <= 4 ? preferred : notPreferred,
    distance,
    Number(image.isAlias),
    isUsual ? -1 : image.familyRank,
  ];
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** By the alphabet, but newer releases first. */
function compareNames(a: ImageName | null, b: ImageName | null): number {
  if (!a || !b) return a ? 1 : b ? -1 : 0;
  if (a.stem !== b.stem) return a.stem < b.stem ? -1 : 1;
  return compareKeys(b.numbers, a.numbers);
}
