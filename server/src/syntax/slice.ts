import type { MappedText } from '../text/mapped.js';
import { toSource, toSourceSpan } from '../text/mapped.js';
import type { Span } from '../text/span.js';

/** The part of a gathered text from `start` to `end`, with its own pieces; its span is tight around its characters. */
export function slice(whole: MappedText, start: number, end: number): MappedText {
  const text = whole.text.slice(start, end);
  const span = toSourceSpan(whole, start, end);
  const pieces = [{ at: 0, source: text === '' ? span.start : toSource(whole, start) }];
  for (let index = pieceAfter(whole, start); index < whole.pieces.length; index++) {
    const piece = whole.pieces[index];
    if (!piece || piece.at >= end) break;
    pieces.push({ at: piece.at - start, source: piece.source });
  }
  return { text, pieces, span };
}

/** The empty span just behind the character before `offset`, on that character's line. */
export function endAfter(whole: MappedText, offset: number): Span {
  const at = offset > 0 ? toSource(whole, offset - 1) + 1 : toSource(whole, 0);
  return { start: at, end: at };
}

function pieceAfter({ pieces }: MappedText, offset: number): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.at ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
