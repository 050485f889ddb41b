import type { Analysis } from '../../interpret/state.js';
import { imageNames } from './images.js';
import { tagsAt } from './image-tags.js';
import type { Completion, Suggestion } from './model.js';
import type { Place } from './place.js';
import { stagesBefore } from './stages.js';
import { matches } from './typed.js';

/** Images that people take single programs from. */
const wanted: readonly string[] = [
  'ghcr.io/astral-sh/uv',
  'composer',
  'busybox',
  'oven/bun',
  'denoland/deno',
  'golang',
  'node',
  'alpine',
];

/** What COPY --from and the from of a mount may name: the stages above, then a few images. */
export function sources(analysis: Analysis, place: Place): Completion | null {
  const tags = tagsAt(analysis, place, { role: 'run', version: null });
  if (tags || /[$@:]/.test(place.typed)) return tags;
  const items = [...stagesBefore(analysis, place.stage), ...images(analysis)];
  return { span: place.span, items: items.filter((item) => matches(place.typed, item)), isCapped: false };
}

function images({ catalog }: Analysis): Suggestion[] {
  const byName = new Map(imageNames(catalog).map((image) => [image.name, image]));
  return wanted.flatMap((name): Suggestion[] => {
    const image = byName.get(name);
    if (!image || image.isRetired || image.isDeprecated) return [];
    const hint = image.familyTitle;
    return [{ kind: 'image', label: name, text: name, hint, detail: null, reference: name, isDeprecated: false }];
  });
}
