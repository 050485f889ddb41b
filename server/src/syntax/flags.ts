import type { Span } from '../text/span.js';
import { isSpace, skipSpace } from './characters.js';
import type { Escape } from './lines.js';
import type { Flag } from './model.js';
import { unquoteFlag } from './unquote.js';
import type { Source } from './words.js';
import { spanAt } from './words.js';

/** The flags that stand directly behind the keyword, and what is left of `range` after them. */
export function readFlags(source: Source, range: Span): { flags: Flag[]; rest: Span } {
  const { text } = source.line;
  const flags: Flag[] = [];
  let at = skipSpace(text, range.start, range.end);
  while (text.startsWith('--', at) && at < range.end) {
    const end = flagEnd(text, at, { end: range.end, escape: source.escape });
    const isLast = end - at === 2;
    if (!isLast) flags.push(readFlag(source, { start: at, end }));
    at = skipSpace(text, end, range.end);
    if (isLast) break;
  }
  return { flags, rest: { start: at, end: range.end } };
}

function readFlag({ line, escape }: Source, { start, end }: Span): Flag {
  const text = line.text.slice(start, end);
  const equals = text.indexOf('=');
  const nameEnd = equals < 0 ? text.length : equals;
  return {
    name: unquoteFlag(text.slice(2, nameEnd), escape).toLowerCase(),
    value: equals < 0 ? null : unquoteFlag(text.slice(equals + 1), escape),
    span: spanAt(line, { start, end }),
    valueSpan: spanAt(line, { start: equals < 0 ? end : start + equals + 1, end }),
  };
}

function flagEnd(text: string, from: number, { end, escape }: { end: number; escape: Escape }): number {
  let quote = '';
  let at = from;
  for (; at < end; at++) {
    const character = text[at] ?? '';
    if (quote === '' && isSpace(text.charCodeAt(at))) break;
    if (character === escape) at++;
    else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
  }
  return Math.min(at, end);
}
