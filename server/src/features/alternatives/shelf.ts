import { findRelease, type Catalog, type CatalogRepository } from '../../catalog/catalog.js';
import type { ImageData } from '../../catalog/data-model.js';
import { compareVersions } from '../../catalog/tag-words.js';
import { chooseTag, distance, type Choice } from './tags.js';
import { lastPart, type Wish } from './wish.js';

/** Images of one repository that differ only in version or release, the best fitting first. */
export type Shelf = { readonly family: string; readonly references: readonly string[] };

/** What the catalog lists for a wish, by repository and kind of tag; nothing is decoded for it. */
export function findShelves(catalog: Catalog, wish: Wish): readonly Shelf[] {
  const groups = new Map<string, Listed[]>();
  for (const listed of listAll(catalog, wish)) {
    const key = `${listed.repository.name.replace(/\d+(?:\.\d+)*/g, '')} ${listed.choice.shape}`;
    const group = groups.get(key);
    if (group) group.push(listed);
    else groups.set(key, [listed]);
  }
  return [...groups.values()].map((group) => toShelf(group, wish));
}

type Listed = { readonly repository: CatalogRepository; readonly row: ImageData; readonly choice: Choice };

/** A release that ended and the one before it need not be looked at. */
const deepest = 8;

function toShelf(group: readonly Listed[], wish: Wish): Shelf {
  const [first] = group;
  const family = first?.repository.data.family ?? first?.repository.vendor.family ?? '';
  const sorted = [...group].sort((a, b) => compare(a, b, wish)).slice(0, deepest);
  return { family, references: sorted.map(({ repository, choice }) => `${familiar(repository.name)}:${choice.tag}`) };
}

function listAll(catalog: Catalog, wish: Wish): Listed[] {
  const seen = new Set<unknown>();
  const listed: Listed[] = [];
  for (const repository of catalog.repositories.values()) {
    // A repository with several names is listed under its first.
    if (seen.has(repository.data)) continue;
    seen.add(repository.data);
    if (repository.data.scheme === 'removed' || repository.name.includes('*') || !isAbout(repository, wish)) continue;
    for (const row of repository.data.images) {
      if (!isWanted(repository, row, wish)) continue;
      const choice = chooseTag({ repository, row, wish });
      if (choice && distance(choice.meant, wish) < 2) listed.push({ repository, row, choice });
    }
  }
  return listed;
}

/** Images without a language for other ends than to carry one program; scratch is added where it fits. */
const specialBases = /bash|toolkit|debug|java|dotnet|deps|init|buildpack|^scratch$/;

/** Images for one service or tool, and previews: they are only alike among themselves. */
const specialPlaces = /lambda|devcontainer|playwright|s2i|-beta\//;

function isAbout({ name, data }: CatalogRepository, wish: Wish): boolean {
  const last = lastPart(name);
  if (specialPlaces.test(name) !== specialPlaces.test(wish.path)) return false;
  if (wish.kind === 'base') return data.language === undefined && !specialBases.test(last);
  const isOfLanguage = data.language !== undefined && (wish.language?.names.includes(data.language) ?? false);
  if (wish.kind === 'application')
    return last === wish.name || (isOfLanguage && (wish.language?.named.test(last) ?? false));
  return isOfLanguage && (wish.language?.named.test(last) === true || (wish.isBuild && wish.words.includes('sdk')));
}

function isWanted({ data }: CatalogRepository, row: ImageData, wish: Wish): boolean {
  const { shared } = data;
  const status = row.status ?? shared.status;
  const flavor = row.flavor ?? shared.flavor;
  if (status === 'retired' || status === 'deprecated' || flavor === 'debug') return false;
  if ((row.isFips ?? shared.isFips ?? false) !== wish.isFips || isOutOfQuestion(row.os ?? shared.os)) return false;
  const purpose = row.purpose ?? shared.purpose ?? data.purpose;
  if (wish.isStatic) return purpose === 'static' || purpose === 'base';
  if (wish.kind === 'base') return ['static', 'base'].includes(purpose) || (wish.isBuild && flavor === 'dev');
  if (flavor === 'dev') return wish.isBuild;
  return wish.kind === 'application' ? purpose === 'application' : purpose !== 'application';
}

/** CBL-Mariner was given up for Azure Linux: https://github.com/dotnet/dotnet-docker/discussions/7186. */
function isOutOfQuestion(os: string | null | undefined): boolean {
  if (/^mariner:|:(?:unstable|edge|rawhide)$/.test(os ?? '')) return true;
  return /^(?:debian|ubuntu|alpine|fedora):/.test(os ?? '') && releaseOf(os)?.released === null;
}

function releaseOf(os: string | null | undefined) {
  const [id, version] = os?.split(':') ?? [];
  return id && version ? findRelease(id, version) : null;
}

/** The same version before newer ones, the present release before others, then the one that is supported longest. */
function compare(a: Listed, b: Listed, wish: Wish): number {
  return (
    distance(a.choice.meant, wish) - distance(b.choice.meant, wish) ||
    byVersion(a.choice.meant, b.choice.meant, wish) ||
    otherRelease(a, wish.release) - otherRelease(b, wish.release) ||
    namedRelease(a, wish) - namedRelease(b, wish) ||
    (a.repository === b.repository ? otherRelease(a, wish.system) - otherRelease(b, wish.system) : 0) ||
    compareText(lastDay(b), lastDay(a)) ||
    -compareText(a.repository.name, b.repository.name)
  );
}

/** The nearest newer version; without one to compare with, the newest: `1` is newer than `1.30`, as it moves. */
function byVersion(a: string | null, b: string | null, wish: Wish): number {
  if (wish.kind === 'base' || a === null || b === null || a === b) return 0;
  if (wish.version !== null) return distance(a, wish) === 0 ? 0 : compareVersions(a, b);
  if (a.startsWith(`${b}.`) || b.startsWith(`${a}.`)) return a.length - b.length;
  return compareVersions(b, a);
}

function otherRelease({ row, repository }: Listed, release: string | null): number {
  return release !== null && (row.os ?? repository.data.shared.os) !== release ? 1 : 0;
}

/** The row that the publisher gives to those who name no release. */
function namedRelease({ choice }: Listed, { kind }: Wish): number {
  return kind !== 'base' && choice.release !== null ? 1 : 0;
}

function lastDay({ row, repository }: Listed): string {
  return row.eol ?? releaseOf(row.os ?? repository.data.shared.os)?.eol ?? '';
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function familiar(name: string): string {
  return name.replace(/^docker\.io\/(?:library\/)?/, '');
}
