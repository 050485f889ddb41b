/** A replaced piece of a document: its first and last line, counted from 0, and the text that took its place. */
export type LineChange = {
  readonly start: number;
  readonly startCharacter: number;
  readonly end: number;
  readonly text: string;
};

/** Where a line is after changes, in the order in which the editor reports them; a line that is replaced goes to their start. */
export function movedLine(line: number, changes: readonly LineChange[]): number {
  return changes.reduce(movedByOne, line);
}

function movedByOne(line: number, { start, startCharacter, end, text }: LineChange): number {
  const added = text.split(/\r\n|\r|\n/).length - 1;
  // Text put in front of a line pushes that line down, as Enter at its beginning does.
  const isInFront = start === end && start === line && startCharacter === 0 && /[\r\n]$/.test(text);
  if (line < start || (line === start && !isInFront)) return line;
  if (isInFront || line > end) return line + added - (end - start);
  return line === end ? start + added : start;
}
