import type { CatalogRepository } from './catalog.js';
import type { ImageData } from './data-model.js';
import { ofListedLine } from './listed-lines.js';
import { asCopy, ofSubscription } from './organisation.js';
import { decodeBare, decodeImage, decodeUnlisted, decodeWindows } from './decode.js';
import { agreeing, onlyBase, onRelease, withoutRelease, type Frozen } from './merge.js';
import type { ImageFacts } from './model.js';
import { findRelease, listReleases, type Release } from './releases.js';
import { hasSettledUser, isSettled } from './settled.js';
import { indexTags, plainTag, shorten, type Context, type Tags } from './tag-index.js';
import { compareVersions, isWindowsTag, readTag, type TagWords } from './tag-words.js';

/** What a tag of a known repository means. Null when no such tag is known to have been published. */
export function resolveTag(repository: CatalogRepository, tag: string): ImageFacts | null {
  const facts = findTag(repository, tag);
  return facts && repository.copyOf ? asCopy(facts, facts.family) : facts;
}

function findTag(repository: CatalogRepository, tag: string): ImageFacts | null {
  const tags = indexTags(repository);
  if (repository.copyOf && repository.data.scheme !== 'lines') return ofSubscription(repository, tags, tag);
  const context = { repository, tag, tags };
  const exact = tags.exact.get(tag) ?? tags.exact.get(plainTag(tag, repository)) ?? ofDate(tags, tag);
  if (exact) return tags.moving.has(tag) ? ofShape(context, readTag(tag)) : decodeImage(repository, tag, exact);
  const model = modelOf(repository.data.derived, tag);
  if (model !== null) return decodeUnlisted(repository, tag, { like: model, closed: false });
  if (repository.data.scheme === 'commit') return ofCommit(context);
  if (repository.data.scheme === 'strict') return null;
  if (repository.data.scheme === 'windows') return decodeWindows(repository, tag);
  if (repository.data.scheme === 'free') return ofSubscription(repository, tags, tag);
  if (repository.data.scheme === 'lines') return ofListedLine(context, ofRelease);
  if (repository.data.scheme === 'removed')
    return { ...decodeImage(repository, tag, {}), note: repository.vendor.removed?.note ?? null };
  if (isWindowsTag(tag)) return decodeWindows(repository, tag);
  if (repository.data.scheme === 'any') return decodeUnlisted(repository, tag);

  const frozen = tags.frozen.get(tag);
  if (frozen) return ofFrozen(context, withoutLineName(repository, readTag(tag)), frozen);
  const words = readTag(tag);
  return words.version === null ? ofRelease(context, words) : ofVersion(context, words, words.version);
}

/** `hydrogen-alpine` of node has the shape `alpine`. */
function withoutLineName({ data: { lineNames = {} } }: CatalogRepository, words: TagWords): TagWords {
  const shape = words.shape.split('-').filter((word) => !Object.hasOwn(lineNames, word));
  return { ...words, shape: shape.join('-') };
}

/** `latest-rust-1.97-slim` of cargo-chef: the image that the tag names. */
function modelOf(derived: CatalogRepository['data']['derived'], tag: string): string | null {
  for (const [pattern, image] of derived ?? []) {
    const match = new RegExp(`^(?:${pattern})$`).exec(tag);
    if (match) return image.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '');
  }
  return null;
}

/** `bookworm-20240812-slim`, `5.0-20260727`: a dated build of a distribution, which the rest of the tag names. */
function ofDate({ exact }: Tags, tag: string): ImageData | undefined {
  const undated = tag.replace(/-\d{8}(?:\.\d+)?(?=-|$)/, '');
  if (undated === tag) return undefined;
  const { release, version } = readTag(undated);
  const image = exact.get(undated);
  return release || image?.os?.endsWith(`:${version ?? ''}`) ? image : undefined;
}

/** `latest-amd64`, `debug-nonroot-<commit>`, `amd64-<commit>`: the same image for one architecture or one commit. */
function ofCommit({ repository, tag, tags }: Context): ImageFacts | null {
  const ofCommit = tag.replace(/(?:^|-)[0-9a-f]{40}$/, '');
  const plain = ofCommit.replace(/(?:^|-)(?:amd64|arm64|arm|s390x|ppc64le|riscv64)$/, '');
  const isBareArchitecture = plain === '' && ofCommit === tag;
  const image = isBareArchitecture ? undefined : tags.exact.get(plain || 'latest');
  return image ? decodeImage(repository, tag, image) : null;
}

/** A version that is not listed with this ending: a patch release of a line, another release, or a newer version. */
function ofVersion(context: Context, words: TagWords, version: string): ImageFacts | null {
  const { tags, repository } = context;
  const { steady, unlisted } = repository.data;
  if (unlisted && words.rest === '') return decodeUnlisted(repository, context.tag);
  const line = shorten(version);
  if (line !== null && tags.versions.has(line) && isPatchLine(context, line, words.shape)) {
    return ofPatch(context, words, { version, line });
  }
  if (tags.versions.has(version) && steady !== 'same') return ofRelease(context, words);
  if (steady) return words.release ? ofRelease(context, words) : ofSteady(context, words);
  return isBeyond(tags, version) ? ofRelease(context, words) : ofOldVersion(context, words);
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
  if (decoded && (words.release || isSame || listed?.os?.endsWith(`:${line}`))) return decoded;
  if (words.release) return ofRelease(context, words);
  const { base, isOlder } = patchBase(context, words.shape, { line, patch: Number(version.split('.').at(-1)) });
  if (base === 'unread' && decoded) {
    const isKnown = isSettled(context, words);
    return isKnown
      ? withoutRelease(olderBuild(context, decoded))
      : { ...decodeBare(repository, tag), eol: decoded.eol };
  }
  if (base === 'unread') return repository.data.steady ? ofSteady(context, words) : ofRelease(context, words);
  if (base) return ofFrozen(context, words, { base, until: frozen?.until ?? null, isPatch: isOlder });
  if (frozen) return ofFrozen(context, words, frozen);
  return decoded ?? (repository.data.steady ? ofSteady(context, words) : ofRelease(context, words));
}

function olderBuild(context: Context, facts: ImageFacts): ImageFacts {
  const { repository, tag } = context;
  return repository.data.evolving ? ofItsTime(context, onlyBase(facts, decodeBare(repository, tag))) : facts;
}

function ofItsTime({ repository, tag }: Context, facts: ImageFacts): ImageFacts {
  return hasSettledUser(repository) ? facts : { ...facts, user: decodeBare(repository, tag).user };
}

/** The tag of the nearest line that is known with the same ending. */
function ofLine(
  { tags, repository }: Context,
  { rest }: TagWords,
  line: string,
): { listed: ImageData | undefined; frozen: Frozen | undefined } {
  for (let name: string | null = line; name !== null; name = shorten(name)) {
    const tag = plainTag(rest ? `${name}-${rest}` : name, repository);
    const found = { listed: tags.exact.get(tag), frozen: tags.frozen.get(tag) };
    if (found.listed || found.frozen) return found;
  }
  return { listed: undefined, frozen: undefined };
}

/** A tag that names a distribution release, for which no image is listed. */
function ofRelease(context: Context, words: TagWords): ImageFacts | null {
  if (!context.tags.shapes.has(words.shape)) return withoutJdk(context, words);
  if (!words.release)
    return words.version !== null ? ofOtherVersion(context, words, words.version) : ofAlias(context, words);
  const { id, version, released } = words.release;
  const isOut = released === null ? id === 'mariner' : released <= context.repository.vendor.read;
  if (!isOut) return null;
  if (words.version !== null && !couldExist(context, words.version, words.release)) return null;
  const until = words.version === null ? null : lineEnd(context.tags, words.version);
  return ofFrozen(context, words, { base: `${id}:${version}`, until });
}

/** `11-jdk-slim-buster` is `11-slim-buster`: an image of Java without that word holds the JDK. */
function withoutJdk(context: Context, words: TagWords): ImageFacts | null {
  const shape = words.shape.replace(/^jdk-?/, '');
  return shape === words.shape ? null : ofRelease(context, { ...words, shape });
}

/**
 * A newer version than those read is like them but for its release; of an older one, and of one that may have moved to
 * another distribution, only the runtime is known.
 */
function ofOtherVersion(context: Context, words: TagWords, version: string): ImageFacts | null {
  const { repository, tag, tags } = context;
  if (!isBeyond(tags, version)) return decodeBare(repository, tag);
  const { listed } = ofLine(context, words, version);
  const facts = listed ? decodeImage(repository, tag, listed) : ofShape(context, words);
  if (!facts) return null;
  return isSettled(context, words) ? withoutRelease(facts) : decodeBare(repository, tag);
}

/** A version older than all that were read: where the kind of base has been the same all along, its release has not. */
function ofOldVersion(context: Context, words: TagWords): ImageFacts | null {
  const { repository, tag } = context;
  const alike = words.release ? ofRelease(context, words) : ofShape(context, words);
  if (!alike) return null;
  if (!words.release && !isSettled(context, words)) return { ...decodeBare(repository, tag), eol: null };
  const { eol, ...base } = ofItsTime(context, onlyBase(alike, decodeBare(repository, tag)));
  return words.release ? { ...base, eol } : withoutRelease({ ...base, eol: null });
}

/** `stable-musl`: a word for the newest of images that are all alike. */
function ofAlias(context: Context, words: TagWords): ImageFacts | null {
  const isAlias = /^(?:stable|latest|unstable)(?:-|$)/.test(context.tag);
  return isAlias && context.repository.data.steady ? ofSteady(context, words) : null;
}

/** A repository whose images have always been alike. */
function ofSteady(context: Context, words: TagWords): ImageFacts | null {
  const { repository, tag, tags } = context;
  const { shape } = words;
  const images = shape ? (tags.shapes.get(shape) ?? []) : [...tags.exact.values()];
  const facts = agreeing(images.map((image) => decodeImage(repository, tag, image)));
  if (!facts || repository.data.steady === 'same') return facts && { ...facts, status: null };
  if (words.version !== null && !isSettled(context, words)) return decodeBare(repository, tag);
  const told = repository.data.evolving ? onlyBase(facts, decodeBare(repository, tag)) : facts;
  return { ...withoutRelease(told), status: null };
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
  const blank = decodeBare(repository, tag);
  if (!release) return onUnreadRelease(decoded, blank, frozen);
  // Without an image to compare with, the shells of the release are not those of an image that takes them away.
  if (decoded.length === 0 && /distroless|chiseled/.test(words.shape)) return blank;
  return onRelease({ decoded, release, frozen, blank, isEvolving: repository.data.evolving ?? false });
}

/** A release too old to be listed: the kind of the distribution is known. */
function onUnreadRelease(decoded: readonly ImageFacts[], blank: ImageFacts, { until }: Frozen): ImageFacts {
  const alike = agreeing(decoded);
  const fate = until === null ? {} : { status: 'retired' as const, eol: until };
  return { ...(alike ? withoutRelease(onlyBase(alike, blank)) : blank), ...fate };
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

/** Newer than everything known of its own line: 3.99 of 3, 22.99 of 22, and 27 altogether. */
function isBeyond({ versions }: Tags, version: string): boolean {
  let line = shorten(version);
  while (line !== null && !versions.has(line)) line = shorten(line);
  const family = [...versions].filter((known) => line === null || known.startsWith(`${line}.`));
  return family.length > 0 && family.every((known) => compareVersions(version, known) > 0);
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
    ({ id, version, released }) =>
      id === release.id && !isInterim(id, version) && (released ?? '9') > (release.released ?? '9'),
  );
  return later.filter(({ released }) => released !== null && released < since).length < 2;
}

/** Ubuntu's releases between those with long-term support; no official image but its own is built on them. */
function isInterim(id: string, version: string): boolean {
  return id === 'ubuntu' && !/^\d?[02468]\.04$/.test(version);
}

function lineEnd({ frozen, exact }: Tags, version: string): string | null {
  for (let line: string | null = version; line !== null; line = shorten(line)) {
    const found = frozen.get(line) ?? frozen.get(`${line}-alpine`) ?? frozen.get(`${line}-jdk`);
    if (found) return found.until;
    if (exact.has(line)) return null;
  }
  return null;
}
