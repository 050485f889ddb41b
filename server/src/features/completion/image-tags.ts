import type { Analysis } from '../../interpret/state.js';
import { expandWord } from '../../stages/expand.js';
import { repositoryOf } from './images.js';
import type { Completion, Suggestion } from './model.js';
import type { Place } from './place.js';
import { usefulTags, type TagOrder, type UsefulTag } from './tags.js';
import { matches } from './typed.js';

const mostTags = 60;

/** The tags of the image whose name stands before the colon; null without a colon, and for images not in the catalog. */
export function tagsAt(analysis: Analysis, { typed, span }: Place, wish: TagOrder['wish']): Completion | null {
  const colon = typed.lastIndexOf(':');
  if (colon <= typed.lastIndexOf('/') || typed.includes('@')) return null;
  const written = typed.slice(0, colon);
  const name = meant(analysis, written);
  const repository = name === null ? null : repositoryOf(analysis.catalog, name);
  if (!repository) return null;
  const tags = usefulTags(repository, { wish, today: analysis.today });
  const items = tags.map((tag) => toItem(tag, { written, name })).filter((item) => matches(typed, item));
  return { span, items: items.slice(0, mostTags), isCapped: items.length > mostTags };
}

function toItem({ tag, system }: UsefulTag, { written, name }: { written: string; name: string | null }): Suggestion {
  return {
    kind: 'tag',
    label: tag,
    text: `${written}:${tag}`,
    hint: system,
    detail: null,
    reference: `${name ?? ''}:${tag}`,
    isDeprecated: false,
  };
}

/** The name with build arguments put in; null when one of them is not known. */
function meant({ buildArgs, file: { escape } }: Analysis, written: string): string | null {
  if (!written.includes('$')) return written;
  const lookup = (name: string) => (buildArgs.has(name) ? buildArgs.get(name) : null);
  return expandWord(written, { lookup, isUnset: (name) => buildArgs.get(name) === null, escape }).value;
}
