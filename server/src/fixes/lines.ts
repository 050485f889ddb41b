import type { Span } from '../text/span.js';

/** The span widened to whole lines, its line ending included; null when something else stands on them. */
export function entirely(text: string, span: Span): Span | null {
  let start = span.start;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  if (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') return null;
  let end = span.end;
  while (text[end] === ' ' || text[end] === '\t') end++;
  if (end < text.length && text[end] !== '\n' && text[end] !== '\r') return null;
  if (text[end] === '\r') end++;
  if (text[end] === '\n') end++;
  return { start, end };
}
