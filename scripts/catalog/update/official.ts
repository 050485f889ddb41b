import { createCatalog, findImageByText, type Catalog } from '../../../server/src/catalog/catalog.js';
import type { ImageData, RepositoryData, VendorData } from '../../../server/src/catalog/data-model.js';
import { readTag } from '../../../server/src/catalog/tag-words.js';
import { tagsOf } from './compare-images.js';
import type { Difference, Reading, Upstream } from './difference.js';

/** The tags of one image in a library file. `shared` are tags of several images, one for each system. */
export type LibraryEntry = { readonly tags: readonly string[]; readonly shared: readonly string[] };

const prefix = 'docker.io/library/';

/** The Linux images of a file of the official library: paragraphs of fields, the first of which holds for all. */
export function readLibrary(text: string): readonly LibraryEntry[] {
  const plain = text.replace(/^#.*\n?/gm, '');
  return plain.split(/\n\s*\n/).flatMap((paragraph): LibraryEntry[] => {
    const fields = readFields(paragraph);
    const isWindows = /windows/.test(`${fields.get('Architectures') ?? ''} ${fields.get('Constraints') ?? ''}`);
    const tags = listOf(fields.get('Tags'));
    return tags.length === 0 || isWindows ? [] : [{ tags, shared: listOf(fields.get('SharedTags')) }];
  });
}

/** Which tags of the library the data lacks, has too many, or has on another base than the tags beside them name. */
export function compareOfficial(upstream: Upstream, vendor: VendorData): Reading {
  const catalog = createCatalog([vendor]);
  const differences: Difference[] = [];
  const unread: string[] = [];
  const missing: string[] = [];
  for (const path of upstream.list('library')) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const repository = vendor.repositories[`${prefix}${name}`];
    if (!repository) missing.push(name);
    if (!repository) continue;
    const entries = readLibrary(upstream.read(path) ?? '');
    if (entries.length === 0) unread.push(`${path} has no entry that can be read.`);
    else differences.push(...compareLibrary({ catalog, name: `${prefix}${name}`, repository, entries, path }));
  }
  for (const name of Object.keys(vendor.repositories))
    if (name.startsWith(prefix) && upstream.read(`library/${name.slice(prefix.length)}`) === null)
      if (!isOver(vendor.repositories[name])) unread.push(`${name} has no file in library/.`);
  if (missing.length > 0) unread.push(`${missing.length} repositories are not in the catalog: ${missing.join(' ')}.`);
  return { differences, unread };
}

type Library = {
  readonly catalog: Catalog;
  readonly name: string;
  readonly repository: RepositoryData;
  readonly entries: readonly LibraryEntry[];
  readonly path: string;
};

function compareLibrary(library: Library): Difference[] {
  return [...library.entries.flatMap((entry) => compareEntry(library, entry)), ...leftTags(library)];
}

function compareEntry(library: Library, { tags }: LibraryEntry): Difference[] {
  const { catalog, name, repository, path } = library;
  const listed = repository.images.flatMap(tagsOf).filter((tag) => tags.includes(tag));
  const unknown = tags.filter((tag) => !isDated(tag) && findImageByText(catalog, `${name}:${tag}`) === null);
  const added: Difference[] = [];
  const like = listed.find((tag) => !unknown.includes(tag));
  if (unknown.length > 0) {
    const difference = { kind: 'added', key: `${name}:${unknown.join(' ')}`, from: null, upstream: path } as const;
    const edit = like === undefined ? {} : { edit: { to: 'tags', repository: name, like, tags: unknown } as const };
    added.push({ ...difference, to: like === undefined ? null : `as ${like}`, ...edit });
  }
  return [...added, ...movedTags(library, tags)];
}

/** `base-20260816.0.574111`: every day has another. */
function isDated(tag: string): boolean {
  return /(?:^|-)\d{8}(?:[.-]|$)/.test(tag);
}

/**
 * `3.14-slim` beside `3.14-slim-trixie` is on Debian 13. The tag moves to the row of the tag that names the release,
 * where there is one.
 */
function movedTags({ catalog, name, repository, path }: Library, tags: readonly string[]): Difference[] {
  const releases = new Map(tags.flatMap((tag) => releaseOf(tag).map((release) => [release, tag] as const)));
  const [[to, named] = [null, '']] = releases;
  if (to === null || releases.size !== 1) return [];
  const rows = new Map(repository.images.flatMap((row) => tagsOf(row).map((tag) => [tag, row] as const)));
  return tags.flatMap((tag): Difference[] => {
    const os = findImageByText(catalog, `${name}:${tag}`)?.os;
    const from = os?.known && os.value?.version ? `${os.value.id}:${os.value.version}` : to;
    if (from === to) return [];
    const difference = { kind: 'changed', key: `${name}:${tag} os`, from, to, upstream: path } as const;
    const target = rows.get(named);
    const canMove = rows.has(tag) && target !== undefined && (target.os ?? repository.shared.os) === to;
    return [canMove ? { ...difference, edit: { to: 'tags', repository: name, like: named, tags: [tag] } } : difference];
  });
}

function releaseOf(tag: string): string[] {
  const { release } = readTag(tag);
  return release ? [`${release.id}:${release.version}`] : [];
}

/** Tags that are listed as built and are no longer, and tags that were gone and are built again. */
function leftTags({ name, repository, entries, path }: Library): Difference[] {
  const built = new Set(entries.flatMap(({ tags, shared }) => [...tags, ...shared]));
  const rows = repository.images.filter((row) => !hasLeft({ ...repository.shared, ...row }));
  const gone = Object.values(repository.history?.tags ?? {}).flatMap((tags) => tags.split(' '));
  const left = rows.flatMap(tagsOf).filter((tag) => !built.has(tag));
  return [
    ...left.map((tag) => ({ kind: 'removed', key: `${name}:${tag}`, from: null, to: null, upstream: path }) as const),
    ...gone
      .filter((tag) => built.has(tag))
      .map((tag) => ({ kind: 'changed', key: `${name}:${tag}`, from: 'gone', to: 'built', upstream: path }) as const),
  ];
}

function isOver(repository: RepositoryData | undefined): boolean {
  return repository?.images.every((row) => hasLeft({ ...repository.shared, ...row })) ?? false;
}

function hasLeft({ status }: ImageData): boolean {
  return status === 'retired' || status === 'deprecated';
}

/** `Name: value`, continued on lines that begin with a blank. */
function readFields(paragraph: string): ReadonlyMap<string, string> {
  const joined = paragraph.replace(/\n[ \t]+/g, ' ');
  return new Map([...joined.matchAll(/^([\w-]+): *(.*)$/gm)].map(([, key = '', value = '']) => [key, value.trim()]));
}

function listOf(text: string | undefined): string[] {
  return text
    ? text
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean)
    : [];
}
