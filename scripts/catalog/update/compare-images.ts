import { createCatalog, findImageByText } from '../../../server/src/catalog/catalog.js';
import type { ImageData, RepositoryData, VendorData } from '../../../server/src/catalog/data-model.js';
import type { Difference } from './difference.js';

/** What one upstream file says about an image, in the words of the data files. */
export type StatedImage = {
  readonly repository: string;
  readonly tags: readonly string[];
  readonly facts: Partial<ImageData>;
  /** End of life, YYYY-MM-DD; null where the file has none. */
  readonly eol: string | null;
  /** Packages of the definition that bring a shell; missing where the packages were not read. */
  readonly shells?: readonly string[];
  readonly path: string;
};

export type Comparison = {
  readonly vendor: VendorData;
  readonly stated: readonly StatedImage[];
  /** Facts that hang together with others that the upstream does not state, so that they are shown and not written. */
  readonly shownOnly: readonly string[];
};

/** How the stated images differ from those of a vendor's file; repositories that the file lacks are left out. */
export function compareImages({ vendor, stated, shownOnly }: Comparison): Difference[] {
  const find = finder(vendor);
  const known = stated.filter(({ repository }) => repository in vendor.repositories);
  const differences = known.flatMap((image) => {
    const repository = vendor.repositories[image.repository];
    if (!repository) return [];
    return [
      ...newTags(repository, image, find),
      ...compareFacts({ repository, image, shownOnly }),
      ...compareShells(repository, image),
      ...compareEnd({ repository, image, find, stated: known }),
    ];
  });
  return [...differences, ...removed(vendor, stated)];
}

/** Names of the stated repositories that the file lacks. */
export function missingRepositories({ vendor, stated }: Pick<Comparison, 'vendor' | 'stated'>): string[] {
  const names = new Set(stated.map(({ repository }) => repository));
  return [...names].filter((name) => !(name in vendor.repositories)).sort();
}

export function tagsOf({ tags }: ImageData): string[] {
  return tags?.split(' ') ?? [];
}

type Find = (repository: string, tag: string) => { readonly eol: string | null } | null;

function finder(vendor: VendorData): Find {
  const catalog = createCatalog([vendor]);
  return (repository, tag) => findImageByText(catalog, `${repository}:${tag}`);
}

/** Tags that stand beside known ones in one definition name the same image. */
function newTags({ images }: RepositoryData, image: StatedImage, find: Find): Difference[] {
  const { repository, tags, path } = image;
  const unknown = tags.filter((tag) => find(repository, tag) === null);
  if (unknown.length === 0) return [];
  const like = images.flatMap(tagsOf).find((tag) => tags.includes(tag));
  const difference = { kind: 'added', key: `${repository}:${unknown.join(' ')}`, from: null, upstream: path } as const;
  if (like === undefined) return [{ ...difference, to: describe(image.facts) }];
  return [{ ...difference, to: `as ${like}`, edit: { to: 'tags', repository, like, tags: unknown } }];
}

type Facts = {
  readonly repository: RepositoryData;
  readonly image: StatedImage;
  readonly shownOnly: readonly string[];
};

function compareFacts({ repository, image, shownOnly }: Facts): Difference[] {
  return repository.images.flatMap((row) => {
    const tags = tagsOf(row).filter((tag) => image.tags.includes(tag));
    const merged: ImageData = { ...repository.shared, ...row };
    const changed = Object.entries(image.facts).filter(([key, to]) => {
      const from = merged[key as keyof ImageData];
      return JSON.stringify(from) !== JSON.stringify(to);
    });
    if (tags.length === 0) return [];
    return changed.map(([key, to]): Difference => {
      const from = merged[key as keyof ImageData];
      const edit = { to: 'image', repository: image.repository, tags, facts: { [key]: to }, path: image.path } as const;
      return {
        kind: 'changed',
        key: `${image.repository}:${tags[0] ?? ''} ${key}`,
        from: from === undefined ? null : JSON.stringify(from),
        to: JSON.stringify(to),
        upstream: image.path,
        ...(shownOnly.includes(key) ? {} : { edit }),
      };
    });
  });
}

/** `bash`, `bash=5.2-r1`, `busybox`: what brings a shell by itself. */
export function shellPackages(packages: readonly string[]): string[] {
  return packages.map((name) => name.replace(/[=<>~].*$/, '')).filter((name) => /^(?:bash|dash|busybox)$/.test(name));
}

/** The paths of the shells are not stated, so that a contradiction is shown and not written. */
function compareShells(repository: RepositoryData, image: StatedImage): Difference[] {
  const { shells: packages } = image;
  if (!packages || packages.length === 0) return [];
  return repository.images.flatMap((row): Difference[] => {
    const tag = tagsOf(row).find((each) => image.tags.includes(each));
    if (tag === undefined || (row.shells ?? repository.shared.shells) !== '') return [];
    const key = `${image.repository}:${tag} shells`;
    return [{ kind: 'changed', key, from: 'none', to: `of ${packages.join(', ')}`, upstream: image.path }];
  });
}

type End = {
  readonly repository: RepositoryData;
  readonly image: StatedImage;
  readonly find: Find;
  readonly stated: readonly StatedImage[];
};

/**
 * `8` moves from one version line to the next and ends with none of them, so that a definition is in order as soon as
 * one of its tags ends on its day.
 */
function compareEnd({ repository, image, find, stated }: End): Difference[] {
  const { tags, eol, path } = image;
  const found = tags.map((tag) => find(image.repository, tag)).filter((facts) => facts !== null);
  const ends = found.map((facts) => facts.eol);
  if (eol === null || found.length === 0 || ends.includes(eol)) return [];
  const from = ends.find((end) => end !== null) ?? null;
  const line = lineOf(repository, image, stated);
  const listed = repository.images.flatMap(tagsOf).filter((tag) => tags.includes(tag));
  const edit =
    line === null
      ? ({ to: 'image', repository: image.repository, tags: listed, facts: { eol }, path } as const)
      : ({ to: 'line', repository: image.repository, line, eol } as const);
  return [{ kind: 'changed', key: `${image.repository}:${tags[0] ?? ''} eol`, from, to: eol, upstream: path, edit }];
}

/** The version line of the definition, unless another definition of the line ends on another day. */
function lineOf({ lines }: RepositoryData, image: StatedImage, stated: readonly StatedImage[]): string | null {
  const isOf = (line: string, { tags }: StatedImage): boolean =>
    tags.some((tag) => tag === line || tag.startsWith(`${line}-`));
  const line = Object.keys(lines ?? {}).find((each) => isOf(each, image));
  if (line === undefined) return null;
  const others = stated.filter((other) => other.repository === image.repository && isOf(line, other));
  return others.every(({ eol }) => eol === image.eol) ? line : null;
}

function removed({ repositories }: VendorData, stated: readonly StatedImage[]): Difference[] {
  const byName = new Map<string, Set<string>>();
  for (const { repository, tags } of stated)
    byName.set(repository, new Set([...(byName.get(repository) ?? []), ...tags]));
  return Object.entries(repositories).flatMap(([name, { images, scheme, shared }]): Difference[] => {
    if (scheme === 'removed' || shared.status === 'retired') return [];
    const own = byName.get(name);
    const gone = { kind: 'removed', from: null, to: null, upstream: 'no definition' } as const;
    if (!own) return [{ ...gone, key: name }];
    return images
      .flatMap((row) => (row.status === 'retired' ? [] : tagsOf(row)))
      .filter((tag) => !own.has(tag))
      .map((tag) => ({ ...gone, key: `${name}:${tag}` }));
  });
}

function describe(facts: Partial<ImageData>): string {
  return Object.entries(facts)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(', ');
}
