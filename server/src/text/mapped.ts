import type { Span } from './span.js';

/**
 * Text gathered from several pieces of the document (line continuations and comments between them left out).
 * `pieces` are ordered; piece i covers `text` from `at` up to the next piece's `at`, and begins at `source` in the
 * document.
 */
export type MappedText = { readonly text: string; readonly pieces: readonly Piece[]; readonly span: Span };
export type Piece = { readonly at: number; readonly source: number };

export function mapped(text: string, source: number): MappedText {
  return { text, pieces: [{ at: 0, source }], span: { start: source, end: source + text.length } };
}

/** Where in the document the character at `offset` of the gathered text stands. */
export function toSource({ pieces, span }: MappedText, offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.at ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  return piece ? piece.source + (offset - piece.at) : span.start;
}

/** The span in the document from the first to the last character of a range of the gathered text. */
export function toSourceSpan(text: MappedText, start: number, end: number): Span {
  if (end <= start) {
    const at = toSource(text, start);
    return { start: at, end: at };
  }
  return { start: toSource(text, start), end: toSource(text, end - 1) + 1 };
}
