import type { Catalog, CatalogRepository } from '../../catalog/catalog.js';
import { parseReference } from '../../catalog/reference.js';
import { indexTags } from '../../catalog/tag-index.js';
import { readTag } from '../../catalog/tag-words.js';

/**
 * Whether the tag was read from its publisher's lists. The catalog also answers for tags that may well exist, such as a
 * version newer than its lists; those are not to be suggested.
 */
export function isPublished(catalog: Catalog, text: string): boolean {
  const reference = parseReference(text);
  const repository = reference && catalog.repositories.get(`${reference.registry}/${reference.repository}`);
  if (!repository) return false;
  const tag = reference.tag ?? 'latest';
  return indexTags(repository).exact.has(tag) || isWithRelease(repository, tag);
}

/** `24-debian13` beside a listed `24` of that very release: the lists are kept short by it. */
function isWithRelease(repository: CatalogRepository, tag: string): boolean {
  const { release } = readTag(tag);
  const image = indexTags(repository).exact.get(tag.replace(/-[a-z]+[\d.]+$/, ''));
  const os = image?.os ?? repository.data.shared.os;
  return release !== null && image !== undefined && os === `${release.id}:${release.version}`;
}
