import { findImageByText } from '../../catalog/catalog.js';
import type { ImageFacts } from '../../catalog/model.js';
import type { Analysis, Artifact } from '../../interpret/state.js';
import { isOlder } from '../hover/versions.js';
import { detailOf } from './describe.js';
import { tagsAt } from './image-tags.js';
import type { ImageName } from './images.js';
import type { Completion, Suggestion } from './model.js';
import type { Place } from './place.js';
import { rankImages, type Ranked } from './rank.js';
import { stagesBefore } from './stages.js';
import { partsOfLanguage, usefulTags } from './tags.js';
import { matches } from './typed.js';
import { readWish, type Wish } from './wish.js';

/** What may stand in FROM: earlier stages, images that fit the file with their tag, then every image by its name. */
export function bases(analysis: Analysis, place: Place): Completion | null {
  const wish = readWish(analysis, place.stage);
  const tags = tagsAt(analysis, place, wish);
  if (tags || /[$@:]/.test(place.typed)) return tags;
  const images = rankImages(analysis.catalog, wish);
  const items = [
    ...stagesBefore(analysis, place.stage),
    ...references(analysis, images, wish),
    ...images.map(({ image }) => (image === null ? scratch : named(image))),
  ];
  return { span: place.span, items: items.filter((item) => matches(place.typed, item)), isCapped: false };
}

const perFamily = 2;
const mostReferences = 12;

/** Whole references of the images that fit best. Their facts are asked for here, so there are few. */
function references({ catalog, today }: Analysis, images: readonly Ranked[], wish: Wish): Suggestion[] {
  const counts = new Map<string, number>();
  const found: Suggestion[] = [];
  for (const { image, distance } of images) {
    if (found.length >= mostReferences) break;
    if (!image || distance > 1 || image.isAlias || (counts.get(image.family) ?? 0) >= perFamily) continue;
    const [useful] = usefulTags(image.repository, { wish, today });
    const text = `${image.name}:${useful?.tag ?? ''}`;
    const facts = useful ? findImageByText(catalog, text) : null;
    if (!facts || !fits(facts, wish)) continue;
    counts.set(image.family, (counts.get(image.family) ?? 0) + 1);
    const detail = detailOf(facts);
    found.push({ ...named(image), label: text, text, detail, reference: text });
  }
  return found;
}

/** A shell to build with, and the version that the other stages have. */
function fits(facts: ImageFacts, { role, version, program }: Wish): boolean {
  const { runtime, purpose } = facts;
  if (role === 'build' && facts.shells.known && facts.shells.value.length === 0) return false;
  if (program && runtime.known && runtime.value === null) return loads(facts, program);
  if (version === null || (runtime.known && runtime.value === null)) return true;
  if (!runtime.known || !runtime.value?.version) return purpose === 'static';
  const parts = partsOfLanguage(runtime.value.name);
  const own = runtime.value.version.split('.').slice(0, parts);
  const wanted = version.split('.').slice(0, parts);
  const length = Math.min(own.length, wanted.length);
  return own.slice(0, length).join('.') === wanted.slice(0, length).join('.');
}

/** Whether a program finds its C library, and what the compilers of Rust and C++ link in besides. */
function loads({ libc, contents }: ImageFacts, { linkage, libc: built, language }: Artifact): boolean {
  if (linkage.known && linkage.value === 'static') return true;
  if (!libc.known || !built.known || libc.value.kind !== built.value.kind) return false;
  if (isOlder(libc.value.version, built.value.version)) return false;
  const support = contents.get('libgcc');
  return (language !== 'rust' && language !== 'c++') || (support?.known === true && support.value);
}

const scratch: Suggestion = {
  kind: 'image',
  label: 'scratch',
  text: 'scratch',
  hint: 'empty image',
  detail: 'no files at all · no libc · no shell · root',
  reference: null,
  isDeprecated: false,
};

function named({ name, familyTitle, isRetired, isDeprecated }: ImageName): Suggestion {
  return {
    kind: 'image',
    label: name,
    text: name,
    hint: familyTitle,
    detail: null,
    reference: name,
    isDeprecated: isRetired || isDeprecated,
  };
}
