/** A range of the document: UTF-16 offsets, end exclusive. The only kind of position inside the core. */
export type Span = { readonly start: number; readonly end: number };

export function span(start: number, end: number): Span {
  return { start, end };
}

/** True when `offset` lies inside, or at either edge of, the span. */
export function touches(range: Span, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}
