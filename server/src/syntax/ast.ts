import { DockerfileParser } from 'dockerfile-ast';
import type { Span } from '../text/span.js';
import { isSeparator, isSpace } from './characters.js';
import type { Escape } from './lines.js';

/**
 * The words of an instruction's arguments, as offsets into `text`, by dockerfile-ast. It is given one joined line at a
 * time, without Docker's keyword, and what it reads otherwise than Docker does is covered by letters first: version
 * 0.7.1 takes the lines of a heredoc written `<< EOF` for instructions, sees a continuation in two escape characters at
 * the end of a line, and loses an escape character before a space.
 */
export function divideWords(text: string): Span[] {
  return wordsOf(cover(text, isSeparator, (at) => (text[at] === '\\' ? 1 : 0)));
}

/** The same for ARG, ENV and LABEL, where quotes and the escape character hold a word together. */
export function divideQuotedWords(text: string, escape: Escape): Span[] {
  return wordsOf(cover(text, isSpace, (at) => heldLength(text, at, escape)));
}

const PREFIX = 'WORDS ';

function wordsOf(text: string): Span[] {
  const line = DockerfileParser.parse(PREFIX + text).getInstructions()[0];
  return (line?.getArguments() ?? []).map((argument) => {
    const { start, end } = argument.getRange();
    return { start: start.character - PREFIX.length, end: end.character - PREFIX.length };
  });
}

/** A text of the same length where gaps are spaces, and the characters that `held` counts from an offset are letters. */
function cover(text: string, isGap: (code: number) => boolean, held: (at: number) => number): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length;) {
    const gap = isGap(text.charCodeAt(at));
    const length = gap ? 1 : held(at);
    if (length > 0) {
      parts.push(text.slice(from, at), (gap ? ' ' : 'x').repeat(length));
      from = at + length;
    }
    at += Math.max(length, 1);
  }
  return parts.join('') + text.slice(from);
}

/** How many characters from `at` belong together: an escape with what it escapes, a quote up to its end. */
function heldLength(text: string, at: number, escape: Escape): number {
  const quote = text[at];
  if (quote === escape) return Math.min(2, text.length - at);
  if (quote === '\\') return 1;
  if (quote !== '"' && quote !== "'") return 0;
  let end = at + 1;
  while (end < text.length && text[end] !== quote) end += text[end] === escape && quote === '"' ? 2 : 1;
  return Math.min(end + 1, text.length) - at;
}
