/** A range of the document: UTF-16 offsets, end exclusive. The only kind of position inside the core. */
export type Span = { readonly start: number; readonly end: number };

export function span(start: number, end: number): Span {
  return { start, end };
}

/** True when `offset` lies inside, or at either edge of, the span. */
export function touches(range: Span, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

/** True when the two spans share at least one character. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The smallest span that holds all of the given ones; undefined for none. */
export function enclosing(spans: readonly Span[]): Span | undefined {
  const [first, ...rest] = spans;
  if (!first) return undefined;
  return rest.reduce((all, one) => span(Math.min(all.start, one.start), Math.max(all.end, one.end)), first);
}
