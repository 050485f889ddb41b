import type { MappedText } from '../text/mapped.js';
import { toSourceSpan } from '../text/mapped.js';
import type { Span } from '../text/span.js';
import { divideQuotedWords, divideWords } from './ast.js';
import { isSeparator, skipSpace } from './characters.js';
import type { Escape } from './lines.js';
import type { Assignment, Word } from './model.js';
import { endAfter } from './slice.js';
import { unquote } from './unquote.js';

/** A logical line and its escape character. All `Span`s beside it are offsets into the line's text. */
export type Source = { readonly line: MappedText; readonly escape: Escape };

export function wordAt({ line, escape }: Source, { start, end }: Span): Word {
  const text = line.text.slice(start, end);
  return { text, value: unquote(text, escape), span: spanAt(line, { start, end }) };
}

/** Into the document; an empty span stands behind the character before it. */
export function spanAt(line: MappedText, { start, end }: Span): Span {
  return start < end ? toSourceSpan(line, start, end) : endAfter(line, start);
}

/** Words of FROM, COPY, EXPOSE and the like: white space divides them, quotes and escapes do not count. */
export function plainWords(text: string, { start, end }: Span): Span[] {
  return divideWords(text.slice(start, end)).map((word) => ({ start: start + word.start, end: start + word.end }));
}

/** The offset of the first white space that ends a plain word, or `end`. */
export function separatorFrom(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && !isSeparator(text.charCodeAt(at))) at++;
  return at;
}

/** Words of ARG, ENV and LABEL: quotes and the escape character hold a word together. */
export function quotedWords({ line, escape }: Source, { start, end }: Span): Span[] {
  const words = divideQuotedWords(line.text.slice(start, end), escape);
  return words.map((word) => ({ start: start + word.start, end: start + word.end }));
}

/** `NAME=value …`, or the old `NAME value` that takes the rest of the line. */
export function readAssignments(source: Source, range: Span): Assignment[] {
  const { text } = source.line;
  const words = quotedWords(source, range);
  const [first] = words;
  if (!first || text.slice(first.start, first.end).includes('=')) {
    return words.map((word) => readAssignment(source, word));
  }
  const nameEnd = separatorFrom(text, first.start, range.end);
  const name = { start: first.start, end: nameEnd };
  const value = { start: skipSpace(text, nameEnd, range.end), end: range.end };
  return [assignment(source, name, value.start < value.end ? value : null)];
}

/** One word of ARG, ENV or LABEL; a word without = has no value. */
export function readAssignment(source: Source, { start, end }: Span): Assignment {
  const equals = start + source.line.text.slice(start, end).indexOf('=');
  if (equals < start) return assignment(source, { start, end }, null);
  return assignment(source, { start, end: equals }, { start: equals + 1, end });
}

function assignment(source: Source, name: Span, value: Span | null): Assignment {
  return {
    name: unquote(source.line.text.slice(name.start, name.end), source.escape),
    nameSpan: spanAt(source.line, name),
    value: value && wordAt(source, value),
    span: spanAt(source.line, { start: name.start, end: (value ?? name).end }),
  };
}
