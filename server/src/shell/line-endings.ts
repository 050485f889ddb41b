import { toSource, type MappedText, type Piece } from '../text/mapped.js';

/** The same text with CR LF turned into LF, as it is in a checkout for Linux; offsets still lead to the same characters. */
export function withoutCarriageReturns(source: MappedText): MappedText {
  if (!source.text.includes('\r\n')) return source;
  const kept = source.text.split('\r\n');
  const pieces: Piece[] = [];
  let at = 0;
  let from = 0;
  let next = 0;
  for (const [index, line] of kept.entries()) {
    // From the second line on, the LF before it belongs to it.
    const start = index === 0 ? 0 : from - 1;
    const end = from + line.length;
    pieces.push({ at, source: toSource(source, start) });
    for (; next < source.pieces.length && (source.pieces[next]?.at ?? 0) < end; next++) {
      const piece = source.pieces[next];
      if (piece && piece.at > start) pieces.push({ at: at + piece.at - start, source: piece.source });
    }
    at += end - start;
    from = end + 2;
  }
  return { ...source, text: kept.join('\n'), pieces };
}
