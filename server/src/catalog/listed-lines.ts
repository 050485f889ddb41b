import type { CatalogRepository } from './catalog.js';
import { decodeBare, decodeImage } from './decode.js';
import { agreeing, onlyBase } from './merge.js';
import type { ImageFacts } from './model.js';
import { plainTag, type Context, type Tags } from './tag-index.js';
import { compareVersions, readTag, type TagWords } from './tag-words.js';

/** The image of a tag that names a distribution release without a definition of its own. */
type OfRelease = (context: Context, words: TagWords) => ImageFacts | null;

/**
 * Every version belongs to a line with a definition of its own, or does not exist. A build before the one that was read
 * may have started otherwise; a later one is taken to be like it.
 */
export function ofListedLine(context: Context, ofRelease: OfRelease): ImageFacts | null {
  const { repository, tag, tags } = context;
  const validated = /-fips(?=-dev$|$)/;
  if (validated.test(tag)) {
    const plain = ofListedLine({ ...context, tag: tag.replace(validated, '') }, ofRelease);
    return plain && ofValidated(repository, tag, plain);
  }
  const plain = plainTag(tag, repository).replace(/^(\d+(?:\.\d+)*)-r?\d+(?=-|$)/, '$1');
  const exact = tags.exact.get(plain);
  if (exact) return decodeImage(repository, tag, exact);
  const words = readTag(plain);
  if (words.version === null) return /^\d{8}(?:-|$)/.test(plain) ? ofDated(context, words) : null;
  const line = lineOf(context, words.version);
  if (line === null) return null;
  const image = tags.exact.get(words.rest ? `${line}-${words.rest}` : line);
  if (!image) return words.release && ofRelease(context, words);
  const facts = decodeImage(repository, tag, image);
  if (!isBefore(tags, words.version, line)) return facts;
  return { ...onlyBase(facts, decodeBare(repository, tag)), flavor: facts.flavor };
}

/** FIPS editions have no public definition: the tag says which distribution, and no more is told. */
function ofValidated(repository: CatalogRepository, tag: string, { os, libc, flavor }: ImageFacts): ImageFacts {
  const bare = decodeBare(repository, tag);
  return { ...bare, os, libc, flavor, isFips: true, access: 'subscription' };
}

/** `20260611-musl`: another day's build of the same edition. */
function ofDated({ repository, tag, tags }: Context, { shape, release }: TagWords): ImageFacts | null {
  const images = (tags.shapes.get(shape) ?? []).filter(
    ({ os }) => !release || os === `${release.id}:${release.version}`,
  );
  const facts = agreeing(images.map((image) => decodeImage(repository, tag, image)));
  return facts && { ...facts, status: null };
}

/** The line of a version that has a definition; of `24.9.0` it is `24`, of `3.13.5` it is `3.13`. */
function lineOf({ tags, repository }: Context, version: string): string | null {
  const numbers = version.split('.');
  const line = numbers.slice(0, repository.data.lineDepth ?? 1).join('.');
  return numbers.length >= (repository.data.lineDepth ?? 1) && tags.versions.has(line) ? line : null;
}

function isBefore({ versions }: Tags, version: string, line: string): boolean {
  const later = [...versions].filter((known) => known.startsWith(`${line}.`));
  return later.some(
    (known) => known.split('.').length >= version.split('.').length && compareVersions(version, known) < 0,
  );
}
