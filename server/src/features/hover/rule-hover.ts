import { readIgnoreComments } from '../../rules/ignore-comments.js';
import { rules } from '../../rules/index.js';
import type { Dockerfile } from '../../syntax/model.js';
import { type Span, touches } from '../../text/span.js';
import { code, link, page } from './markdown.js';

/** A rule named in an ignore comment: what it is about and why. */
export function ruleHoverAt(file: Dockerfile, offset: number): { markdown: string; span: Span } | null {
  const comment = file.comments.find(({ span }) => touches(span, offset));
  if (!comment) return null;
  const ids = readIgnoreComments({ ...file, comments: [comment] }).flatMap((one) => one.ids);
  const id = ids.find(({ span }) => touches(span, offset));
  const rule = id && rules.find(({ meta }) => meta.id === id.id);
  if (!id || !rule) return null;
  const reference = rule.docs.references[0] ?? null;
  const title = `**${rule.meta.summary}** · ${code(rule.meta.id)} · ${rule.meta.severity}`;
  return { markdown: page(title, rule.docs.why, link('Read more', reference)), span: id.span };
}
