import { createCatalog, findImageByText, type Catalog } from '../../../server/src/catalog/catalog.js';
import type { RepositoryData } from '../../../server/src/catalog/data-model.js';
import type { ImageFacts } from '../../../server/src/catalog/model.js';
import type { CatalogFiles, Problem } from './problem.js';

/** A reference to another image leads to one that the catalog knows and that is what the key says. */
export function checkReferences({ vendors }: CatalogFiles): Problem[] {
  const catalog = createCatalog(vendors.map(({ data }) => data));
  return vendors.flatMap(({ file, data }) =>
    Object.entries(data.repositories).flatMap(([name, repository]) => {
      const messages = [
        ...tagsOf(repository).flatMap((tag) => checkImage(catalog, `${name}:${tag}`)),
        ...modelsOf(repository, name).flatMap((model) => checkModel(catalog, model)),
      ];
      return [...new Map(messages)].map(([message, tag]) => ({ file, key: tag, message }));
    }),
  );
}

function tagsOf({ images }: RepositoryData): string[] {
  return images.flatMap(({ tags }) => tags?.split(' ') ?? ['latest']);
}

type Model = { readonly image: string; readonly like: string };

function modelsOf({ shared, images }: RepositoryData, name: string): Model[] {
  return images.flatMap((row) => {
    const like = row.like ?? shared.like;
    const tags = row.tags?.split(' ') ?? ['latest'];
    return like === undefined ? [] : tags.map((tag) => ({ image: `${name}:${tag}`, like: like.replace('*', tag) }));
  });
}

/** The image that another takes its facts from. */
function checkModel(catalog: Catalog, { image, like }: Model): [message: string, image: string][] {
  return findImageByText(catalog, like) ? [] : [[`like '${like}' is not in the catalog.`, image]];
}

/** What is wrong and the first image that says so. */
function checkImage(catalog: Catalog, name: string): [message: string, image: string][] {
  const facts = findImageByText(catalog, name);
  if (!facts) return name.endsWith('/scratch:latest') ? [] : [['The catalog does not find this image.', name]];
  const { dev, runtime, debug, nonroot, fips } = facts.variants;
  const named = { dev, production: runtime, debug, nonroot, fips, replacement: facts.replacement };
  return Object.entries(named).flatMap(([key, text]): [string, string][] => {
    if (text === null) return [];
    const other = findImageByText(catalog, text);
    const message = other
      ? isLike(key, facts, other)
      : text === 'scratch' || isVersionFree(catalog, key, text)
        ? null
        : 'is not in the catalog';
    return message === null ? [] : [[`${key} '${text}' ${message}.`, name]];
  });
}

/** A replacement may name a repository whose tags all tell the version; it is a name to go on from, not to pull. */
function isVersionFree({ repositories }: Catalog, key: string, text: string): boolean {
  const full = text.includes('/') ? text : `docker.io/library/${text}`;
  return key === 'replacement' && !text.includes(':') && repositories.has(full);
}

/** What the other image should be and is not, or null. */
function isLike(key: string, facts: ImageFacts, other: ImageFacts): string | null {
  if (key === 'dev' && !isBuildImage(facts, other)) return 'is no dev image';
  if (key === 'debug' && other.flavor !== 'debug') return 'is no debug image';
  if (key === 'production' && other.flavor !== null) return `is a ${other.flavor} image`;
  if (key === 'fips' && !other.isFips) return 'is no FIPS image';
  if (key === 'nonroot' && isRoot(other)) return 'runs as root';
  if (key === 'replacement' && other.status === 'retired') return 'is retired itself';
  return key === 'replacement' || languageOf(facts) === languageOf(other)
    ? null
    : `is for ${languageOf(other) ?? 'no language'}, not for ${languageOf(facts) ?? 'none'}`;
}

/**
 * A dev image is marked as one or exists for building. Another repository may serve as well: the full UBI beside UBI
 * Micro is an image in its own right.
 */
function isBuildImage(facts: ImageFacts, other: ImageFacts): boolean {
  const hasNoManager = other.packageManager.known && other.packageManager.value === null;
  return other.flavor === 'dev' || other.purpose === 'build' || (other.name !== facts.name && !hasNoManager);
}

function isRoot({ user }: ImageFacts): boolean {
  return user.known && (user.value.uid === 0 || user.value.name === 'root');
}

function languageOf({ runtime }: ImageFacts): string | null {
  return runtime.known ? (runtime.value?.name ?? null) : null;
}
