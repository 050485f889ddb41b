import type { CatalogRepository } from './catalog.js';
import type { ImageData } from './data-model.js';
import { decodeBare, decodeImage, decodeWindows } from './decode.js';
import { agreeing, onRelease, withoutRelease, type Frozen } from './merge.js';
import type { ImageFacts } from './model.js';
import { findRelease, listReleases, type Release } from './releases.js';
import { indexTags, shorten, type Tags } from './tag-index.js';
import { compareVersions, isWindowsTag, readTag, type TagWords } from './tag-words.js';

/** What a tag of a known repository means. Null when no such tag is known to have been published. */
export function resolveTag(repository: CatalogRepository, tag: string): ImageFacts | null {
  const tags = indexTags(repository);
  const context = { repository, tag, tags };
  const exact = tags.exact.get(tag) ?? tags.exact.get(plainTag(tag));
  if (exact) return tags.moving.has(tag) ? ofShape(context, readTag(tag)) : decodeImage(repository, tag, exact);
  if (repository.data.scheme === 'commit') return ofCommit(context);
  if (repository.data.scheme === 'strict') return null;
  if (repository.data.scheme === 'removed')
    return { ...decodeImage(repository, tag, {}), note: repository.vendor.removed?.note ?? null };
  if (isWindowsTag(tag)) return decodeWindows(repository, tag);

  const frozen = tags.frozen.get(tag);
  if (frozen) return ofFrozen(context, readTag(tag), frozen);
  const words = readTag(tag);
  return words.version === null ? ofRelease(context, words) : ofVersion(context, words, words.version);
}

/** Endings and words that do not change what a tag means: the architecture, and Debian 13 where it is the default. */
function plainTag(tag: string): string {
  return tag.replace(/-(?:amd64|arm64v8|arm32v7)$/, '').replace(/-debian(?:13)?(?=-|$)/, '');
}

type Context = { readonly repository: CatalogRepository; readonly tag: string; readonly tags: Tags };

/** `latest-amd64`, `debug-nonroot-<commit>`: the same image for one architecture or one commit. */
function ofCommit({ repository, tag, tags }: Context): ImageFacts | null {
  const match =
    /^(?:([a-z\d-]+?)-)?(?:(?:amd64|arm64|arm|s390x|ppc64le|riscv64)|(?:(?:amd64|arm64|arm|s390x|ppc64le|riscv64)-)?[0-9a-f]{40})$/.exec(
      tag,
    );
  const isBare = /^[a-z]/.test(tag) && match?.[1] === undefined && !/[0-9a-f]{40}$/.test(tag);
  const image = match && !isBare ? tags.exact.get(match[1] ?? 'latest') : undefined;
  return image ? decodeImage(repository, tag, image) : null;
}

/** A version that is not listed with this ending: a patch release of a line, another release, or a newer version. */
function ofVersion(context: Context, words: TagWords, version: string): ImageFacts | null {
  const { tags, repository } = context;
  if (tags.versions.has(version) && repository.data.steady !== 'same') return ofRelease(context, words);
  const line = shorten(version);
  if (line !== null && tags.versions.has(line) && isPatchLine(context, line, words.shape))
    return ofPatch(context, words, { version, line });
  if (isBeyond(tags, version)) return ofRelease(context, words);
  return repository.data.steady ? ofSteady(context, words) : null;
}

/** `3.13.5` of the line `3.13`: a patch release stays on the base it had when the next one came. */
function ofPatch(
  context: Context,
  words: TagWords,
  { version, line }: { version: string; line: string },
): ImageFacts | null {
  const { repository, tag } = context;
  const { listed, frozen } = ofLine(context, words, line);
  const decoded = listed ? decodeImage(repository, tag, listed) : null;
  const isSame = repository.data.steady === 'same' && !words.shape.includes('alpine');
  if (words.release || isSame || listed?.os?.endsWith(`:${line}`)) return decoded ?? ofRelease(context, words);
  const { base, isOlder } = patchBase(context, words.shape, { line, patch: Number(version.split('.').at(-1)) });
  if (base === 'unread') return decoded ? withoutRelease(decoded) : ofRelease(context, words);
  if (base) return ofFrozen(context, words, { base, until: frozen?.until ?? null, isPatch: isOlder });
  return frozen ? ofFrozen(context, words, frozen) : (decoded ?? ofRelease(context, words));
}

/** The tag of the nearest line that is known with the same ending. */
function ofLine(
  { tags }: Context,
  { rest }: TagWords,
  line: string,
): { listed: ImageData | undefined; frozen: Frozen | undefined } {
  for (let name: string | null = line; name !== null; name = shorten(name)) {
    const tag = plainTag(rest ? `${name}-${rest}` : name);
    const found = { listed: tags.exact.get(tag), frozen: tags.frozen.get(tag) };
    if (found.listed || found.frozen) return found;
  }
  return { listed: undefined, frozen: undefined };
}

/** A tag that names a distribution release, for which no image is listed. */
function ofRelease(context: Context, words: TagWords): ImageFacts | null {
  if (!context.tags.shapes.has(words.shape)) return null;
  if (!words.release) return words.version !== null ? ofOtherVersion(context, words, words.version) : null;
  const { id, version, released } = words.release;
  if (released === null || released > context.repository.vendor.read) return null;
  if (words.version !== null && !couldExist(context, words.version, words.release)) return null;
  const until = words.version === null ? null : lineEnd(context.tags, words.version);
  return ofFrozen(context, words, { base: `${id}:${version}`, until });
}

/** A newer version than those read is like them but for its release; of an older one only the runtime is known. */
function ofOtherVersion(context: Context, words: TagWords, version: string): ImageFacts | null {
  const shape = isBeyond(context.tags, version) ? ofShape(context, words) : null;
  return shape ? withoutRelease(shape) : decodeBare(context.repository, context.tag);
}

/** A repository whose images have always been alike. */
function ofSteady({ repository, tag, tags }: Context, { shape }: TagWords): ImageFacts | null {
  const images = shape ? (tags.shapes.get(shape) ?? []) : [...tags.exact.values()];
  const facts = agreeing(images.map((image) => decodeImage(repository, tag, image)));
  return facts && (repository.data.steady === 'same' ? facts : withoutRelease(facts));
}

/** Only what all images of the shape have in common. */
function ofShape({ repository, tag, tags }: Context, words: TagWords): ImageFacts | null {
  const images = tags.shapes.get(words.shape);
  return images ? agreeing(images.map((image) => decodeImage(repository, tag, image))) : null;
}

function ofFrozen({ repository, tag, tags }: Context, words: TagWords, frozen: Frozen): ImageFacts | null {
  const [id = '', version = ''] = frozen.base.split(':');
  const release = findRelease(id, version);
  const images = tags.shapes.get(words.shape) ?? [];
  const same = images.filter(({ os }) => os?.startsWith(`${id}:`) ?? false);
  const alike = same.filter(({ os }) => os === `${id}:${release?.version ?? version}`);
  const candidates = alike.length > 0 ? alike : same;
  const decoded = candidates.map((image) => decodeImage(repository, tag, image));
  if (!release) return decodeBare(repository, tag);
  return onRelease({ decoded, release, frozen, blank: decodeBare(repository, tag) });
}

type Patch = { readonly line: string; readonly patch: number };

/**
 * The base of a patch release: null for that of its line, `unread` when the sources do not tell. Lines that never moved
 * are not listed.
 */
function patchBase(
  { repository }: Context,
  shape: string,
  { line, patch }: Patch,
): { base: string | null; isOlder: boolean } {
  const patches = repository.data.history?.patches;
  const lines = patches?.[shape];
  if (!lines) return { base: 'unread', isOlder: false };
  const steps = lines[line]?.split(' ');
  const last = Number(steps?.at(-1));
  if (!steps || patch > last) return { base: null, isOlder: false };
  let base: string | null = null;
  for (let index = 0; index + 1 < steps.length; index += 2)
    if (Number(steps[index]) <= patch) base = steps[index + 1] ?? base;
  return { base: base === '?' ? 'unread' : base, isOlder: patch < last };
}

/** Whether what follows the line is a patch number: no version below the line has versions below itself. */
function isPatchLine({ tags, repository }: Context, line: string, shape: string): boolean {
  if (repository.data.history?.patches?.[shape]?.[line] !== undefined) return true;
  const depth = line.split('.').length;
  if (repository.data.lineDepth !== undefined) return depth === repository.data.lineDepth;
  return ![...tags.versions].some((version) => version.startsWith(`${line}.`) && version.split('.').length > depth + 1);
}

function isBeyond({ newest }: Tags, version: string): boolean {
  return newest !== null && compareVersions(version, newest) > 0;
}

/**
 * A release that came out after the line was built for the last time has no image of it, and neither has one that was
 * two releases behind when the line began: the Docker Official Images are built for the two newest releases.
 */
function couldExist({ tags, repository }: Context, version: string, release: Release): boolean {
  const end = lineEnd(tags, version);
  if (end !== null && release.released !== null && release.released > end) return false;
  const since = repository.data.history?.since?.[version.split('.').slice(0, 2).join('.')];
  if (!since) return true;
  const later = listReleases().filter(
    ({ id, released }) => id === release.id && (released ?? '9') > (release.released ?? '9'),
  );
  return later.filter(({ released }) => released !== null && released < since).length < 2;
}

function lineEnd({ frozen, exact }: Tags, version: string): string | null {
  for (let line: string | null = version; line !== null; line = shorten(line)) {
    const found = frozen.get(line) ?? frozen.get(`${line}-alpine`) ?? frozen.get(`${line}-jdk`);
    if (found) return found.until;
    if (exact.has(line)) return null;
  }
  return null;
}
