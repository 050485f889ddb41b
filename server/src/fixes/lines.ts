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

/**
 * What to take out so that a word of a list is gone: its whole line where it has one of its own, else the white space
 * next to it as well. Null where that would tear a comment or a quoted text.
 */
export function listedWord(text: string, { start, end }: Span): Span | null {
  const before = /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(0, start));
  const after = text.slice(end);
  if (!before) {
    const gap = /[ \t]+$/.exec(text.slice(0, start));
    return gap && /^(\s|;|$)/.test(after) ? { start: start - gap[0].length, end } : null;
  }
  const indent = start - (before[1] ?? '').length;
  const continued = /^[ \t]*[\\`][ \t]*\r?\n/.exec(after);
  if (continued) return { start: indent, end: end + continued[0].length };
  const inLine = /^[ \t]+(?=\S)/.exec(after);
  if (inLine) return { start, end: end + inLine[0].length };
  const previous = /([^\r\n]*?)([ \t]*[\\`][ \t]*\r?\n)$/.exec(text.slice(0, indent));
  if (!previous || /^[ \t]*#/.test(previous[1] ?? '') || !/^[ \t]*(\r?\n|$)/.test(after)) return null;
  return { start: indent - (previous[2] ?? '').length, end };
}
