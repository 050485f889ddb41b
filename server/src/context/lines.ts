import type { Span } from '../text/span.js';

export type Line = {
  /** Without the spaces around it. */
  readonly text: string;
  readonly indent: number;
  /** Where `text` stands. */
  readonly span: Span;
};

/** Longer lines hold nothing that is looked for. */
const longest = 20_000;

/** The lines of a text that are neither empty nor comments. */
export function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start < text.length;) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const raw = text.slice(start, Math.min(end, start + longest));
    const content = raw.trim();
    const indent = raw.length - raw.trimStart().length;
    const from = start + indent;
    start = end + 1;
    if (content === '' || content.startsWith('#')) continue;
    yield { text: content, indent, span: { start: from, end: from + content.length } };
  }
}
