import type { CatalogRepository } from '../../catalog/catalog.js';
import type { ImageData } from '../../catalog/data-model.js';
import { compareVersions, readTag } from '../../catalog/tag-words.js';
import { sameLine } from '../hover/versions.js';
import type { Wish } from './wish.js';

/** One tag of a row of the catalog that could be named. */
export type Choice = TagName & {
  /** The version of the language it stands for, whether or not the tag has it. */
  readonly meant: string | null;
  /** The words of the tag beside version and release. */
  readonly shape: string;
};

type TagName = {
  readonly tag: string;
  readonly version: string | null;
  readonly words: readonly string[];
  /** `debian:12`, when the tag names its release. */
  readonly release: string | null;
};

/** A row of the catalog, looked at for a wish. */
export type Place = { readonly repository: CatalogRepository; readonly row: ImageData; readonly wish: Wish };

/** Words of a tag that change nothing about what the image is for. */
const plainWords = new Set(
  'slim alpine nonroot minimal micro jre jdk cli chiseled distroless debian ubi ubuntu extra musl glibc runtime'.split(
    ' ',
  ),
);

/** Words of images to build with. */
const buildWords = new Set(['dev', 'sdk', 'builder']);

/** Words that are asked for by name: an image without them is another one. */
const boundWords = new Set(['fpm', 'apache', 'zts', 'sdk']);

/** The tag of a row to name for the wish; null where none of them fits. */
export function chooseTag(place: Place): Choice | null {
  const order = place.wish.kind === 'base' ? compareBases : compareVersioned;
  let best: Choice | null = null;
  for (const name of namesOf(place.row)) {
    const choice = toChoice(name, place);
    if (choice && (!best || order(choice, best, place) < 0)) best = choice;
  }
  return best;
}

/** 0 for the same line of versions, 1 for a newer one or one that is not known, 2 for an older one. */
export function distance(version: string | null, wish: Wish): number {
  if (wish.version === null || wish.parts === 0 || sameLine(version, wish.version, wish.parts)) return 0;
  return version === null || compareVersions(version, wish.version) > 0 ? 1 : 2;
}

/** Tags are taken apart once. */
const read = new WeakMap<ImageData, readonly TagName[]>();

function namesOf(row: ImageData): readonly TagName[] {
  const known = read.get(row);
  if (known) return known;
  const tags = (row.tags ?? '').split(' ').filter((tag) => tag !== '' && !isBuildOfDay(tag));
  const names = tags.map((tag) => {
    const { version, shape, release } = readTag(tag);
    const words = shape.split('-').filter((word) => word !== '' && !/^\d+\.\d+$/.test(word));
    return { tag, version, words: words.sort(), release: release && `${release.id}:${release.version}` };
  });
  read.set(row, names);
  return names;
}

function toChoice(name: TagName, { repository, row, wish }: Place): Choice | null {
  if (!areFitting(name.words, { repository, row, wish })) return null;
  const shape = name.words.join('-');
  if (wish.kind === 'base') return { ...name, meant: null, shape };
  const meant = ownVersion(repository, row) ?? name.version;
  // What `latest` or `3` is changes from day to day, unless the repository has nothing else.
  if (wish.version !== null && partsOf(meant) < wantedParts(wish) && namesVersions(repository)) return null;
  return { ...name, meant, shape };
}

/** `3.13-20260815`, `24.04_edge`; a tag that begins with its day may be the only one. */
function isBuildOfDay(tag: string): boolean {
  return /.\d{8}|_[a-z]+(?:-|$)/.test(tag.replace(/^\d{8}(?=-|$)/, ''));
}

function partsOf(version: string | null): number {
  return version === null ? 0 : version.split('.').length;
}

function wantedParts({ version, parts }: Wish): number {
  return Math.min(parts, partsOf(version));
}

function areFitting(words: readonly string[], { repository, wish }: Place): boolean {
  const all = /sdk$/.test(repository.name) ? [...words, 'sdk'] : words;
  if (!wish.words.every((word) => !boundWords.has(word) || all.includes(word))) return false;
  return all.every(
    (word) => plainWords.has(word) || wish.words.includes(word) || (wish.isBuild && buildWords.has(word)),
  );
}

/** The version of the runtime where the image says it itself: `python 3.13 /usr/bin/python3.13`. */
function ownVersion({ data }: CatalogRepository, row: ImageData): string | null {
  const version = (row.runtime ?? data.shared.runtime)?.split(' ')[1];
  return version === undefined || version === '-' ? null : version;
}

function namesVersions({ data }: CatalogRepository): boolean {
  return data.images.some(({ tags }) => /(?:^| )\d/.test(tags ?? ''));
}

/** The nearest version, the release as it is written now, then the shortest tag. */
function compareVersioned(a: Choice, b: Choice, { wish }: Place): number {
  return (
    distance(a.meant, wish) - distance(b.meant, wish) ||
    releaseFit(a, wish) - releaseFit(b, wish) ||
    precision(a, wish) - precision(b, wish) ||
    byVersion(a.meant ?? '0', b.meant ?? '0', wish) ||
    shorter(a, b)
  );
}

/** The nearest to the present version, else the newest. */
function byVersion(one: string, other: string, { version }: Wish): number {
  if (one === other) return 0;
  return version === null ? compareVersions(other, one) : compareVersions(one, other);
}

/** `13-slim`, `3.24`: the number of the release, unless the present tag has its name; `latest` where the name has it. */
function compareBases(a: Choice, b: Choice, { row, repository, wish }: Place): number {
  const system = row.os ?? repository.data.shared.os ?? '';
  const [, release = ''] = system.split(':');
  const fit = ({ version, release: named }: Choice) => {
    if (version === release) return wish.namesRelease ? 1 : 0;
    if (version !== null) return partsOf(version) === 2 ? 3 : 4;
    if (named === system) return wish.namesRelease ? 0 : 1;
    return /\d/.test(repository.name) ? 2 : 5;
  };
  return fit(a) - fit(b) || shorter(a, b);
}

function shorter(a: Choice, b: Choice): number {
  return a.tag.length - b.tag.length || (a.tag < b.tag ? -1 : 1);
}

/** A tag that names the same release as the present one comes first, one that names another comes last. */
function releaseFit({ release: named }: Choice, { release }: Wish): number {
  if (!named) return release ? 1 : 0;
  return named === release ? 0 : 2;
}

/** As precise as it is now, else as precise as it matters. A version that the image says itself need not be in the tag. */
function precision({ version: own, meant }: Choice, { parts, version }: Wish): number {
  if (own === null) return meant !== null || version === null ? 0 : 9;
  if (own === version) return 0;
  return Math.abs(partsOf(own) - Math.max(1, parts)) + 1;
}
