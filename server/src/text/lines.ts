import type { Span } from './span.js';

/** Zero-based line and UTF-16 column, as the language server protocol counts them. */
export type Position = { readonly line: number; readonly character: number };

/** Line starts of a document, for turning offsets into positions and back. LF, CRLF and CR end a line. */
export type LineIndex = { readonly length: number; readonly starts: readonly number[] };

export function indexLines(text: string): LineIndex {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return { length: text.length, starts };
}

export function lineAt(index: LineIndex, offset: number): number {
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((index.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function positionAt(index: LineIndex, offset: number): Position {
  const clamped = Math.max(0, Math.min(offset, index.length));
  const line = lineAt(index, clamped);
  return { line, character: clamped - (index.starts[line] ?? 0) };
}

export function offsetAt(index: LineIndex, position: Position): number {
  if (position.line < 0) return 0;
  if (position.line >= index.starts.length) return index.length;
  const start = index.starts[position.line] ?? index.length;
  const next = index.starts[position.line + 1] ?? index.length;
  return Math.min(start + Math.max(0, position.character), next);
}

/** The span of a whole line, its line ending included. */
export function lineSpan(index: LineIndex, line: number): Span {
  return { start: index.starts[line] ?? index.length, end: index.starts[line + 1] ?? index.length };
}
