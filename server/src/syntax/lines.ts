import type { MappedText, Piece } from '../text/mapped.js';
import { isSpace, skipSpace, trimEnd } from './characters.js';
import type { Comment, Dockerfile } from './model.js';
import { slice } from './slice.js';

export type Escape = Dockerfile['escape'];

/** A line of the document: `end` is before its line break (all trailing CRs belong to it), `next` after it. */
export type Line = { readonly start: number; readonly end: number; readonly next: number };

/** One instruction's own text, joined over its continuations; `next` is where the line after it starts. */
export type LogicalLine = {
  readonly text: MappedText;
  readonly comments: readonly Comment[];
  /** The last character that belongs to it, a continuation that nothing follows included. */
  readonly end: number;
  readonly next: number;
};

/** Docker's parser ends a line at LF only; a CR elsewhere is white space. */
export function lineFrom(text: string, start: number): Line {
  const feed = text.indexOf('\n', start);
  const stop = feed < 0 ? text.length : feed;
  let end = stop;
  while (end > start && text.charCodeAt(end - 1) === 13) end--;
  return { start, end, next: feed < 0 ? text.length : feed + 1 };
}

/** The comment on a line, or null when the line is not one. */
export function commentOn(text: string, line: Line): Comment | null {
  const start = skipSpace(text, line.start, line.end);
  if (start === line.end || text[start] !== '#') return null;
  const from = skipSpace(text, start + 1, line.end);
  return { text: text.slice(from, trimEnd(text, from, line.end)), span: { start, end: line.end } };
}

/**
 * Joins the lines of one instruction as Docker does: comment and blank lines between continuations fall away, leading
 * white space of a continued line stays.
 */
export function readLogicalLine(text: string, first: Line, escape: Escape): LogicalLine {
  const parts: string[] = [];
  const pieces: Piece[] = [];
  const comments: Comment[] = [];
  let length = 0;
  let line = first;
  let dangling = -1;
  for (;;) {
    const comment = line === first ? null : commentOn(text, line);
    const ignored = comment !== null || (line !== first && isBlank(text, line));
    const cut = ignored ? -1 : continuationAt(text, line, escape);
    if (comment) comments.push(comment);
    if (!ignored) {
      const part = text.slice(line.start, cut < 0 ? line.end : cut);
      if (part !== '') pieces.push({ at: length, source: line.start });
      parts.push(part);
      length += part.length;
      dangling = cut + 1;
    }
    if ((!ignored && cut < 0) || line.next >= text.length) break;
    line = lineFrom(text, line.next);
  }
  const joined = trimmed(parts.join(''), pieces, first.start);
  return { text: joined, comments, end: Math.max(dangling, joined.span.end), next: line.next };
}

/**
 * The offset of the escape character that continues a line, or -1. One that follows another escape character is itself
 * escaped; Docker looks one character back and no further (setEscapeToken in BuildKit's frontend/dockerfile/parser).
 */
function continuationAt(text: string, line: Line, escape: Escape): number {
  let last = line.end - 1;
  while (last >= line.start && (text[last] === ' ' || text[last] === '\t')) last--;
  if (last < line.start || text[last] !== escape) return -1;
  return last > line.start && text[last - 1] === escape ? -1 : last;
}

function isBlank(text: string, line: Line): boolean {
  for (let at = line.start; at < line.end; at++) if (!isSpace(text.charCodeAt(at))) return false;
  return true;
}

function trimmed(text: string, pieces: Piece[], source: number): MappedText {
  const start = skipSpace(text, 0, text.length);
  const end = trimEnd(text, start, text.length);
  if (start === end) return { text: '', pieces: [{ at: 0, source }], span: { start: source, end: source } };
  const whole = { text, pieces, span: { start: source, end: source } };
  return slice(whole, start, end);
}
