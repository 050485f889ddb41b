import type { Cell } from './layout.js';

export type Row = readonly Cell[];

const sweeps = 8;

/**
 * Puts the cells of each row into an order with few crossings: each goes to the mean place of its neighbours in the row
 * above, then below, by turns. Cells without neighbours and equal ones stay as they were. The best order seen is kept.
 */
export function orderRows(rows: readonly Row[]): readonly Row[] {
  let current = rows;
  let best = rows;
  let fewest = crossings(rows);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    current = sweep % 2 === 0 ? swept(current, 'before') : swept(current.toReversed(), 'after').toReversed();
    const count = crossings(current);
    if (count < fewest) [best, fewest] = [current, count];
  }
  return best;
}

function swept(rows: readonly Row[], side: 'before' | 'after'): Row[] {
  const places = new Map<Cell, number>();
  return rows.map((row) => {
    const wanted = row.map((cell, index) => ({ cell, at: meanPlace(cell[side], places) ?? index }));
    const next = wanted.toSorted((a, b) => a.at - b.at).map(({ cell }) => cell);
    for (const [index, cell] of next.entries()) places.set(cell, index);
    return next;
  });
}

function meanPlace(neighbours: readonly Cell[], places: ReadonlyMap<Cell, number>): number | null {
  if (neighbours.length === 0) return null;
  return neighbours.reduce((sum, cell) => sum + (places.get(cell) ?? 0), 0) / neighbours.length;
}

/** How many pairs of links cross between all rows. */
function crossings(rows: readonly Row[]): number {
  return rows.reduce((sum, row, index) => sum + crossingsBelow(row, rows[index + 1] ?? []), 0);
}

/** Counts inversions with a Fenwick tree, so that wide rows stay cheap. */
function crossingsBelow(row: Row, below: Row): number {
  const places = new Map(below.map((cell, index) => [cell, index]));
  const ends = row.flatMap(({ after }) => after.map((cell) => places.get(cell) ?? 0).toSorted((a, b) => a - b));
  const tree = new Array<number>(below.length + 1).fill(0);
  let count = 0;
  for (const [seen, end] of ends.entries()) {
    let notRight = 0;
    for (let at = end + 1; at > 0; at -= at & -at) notRight += tree[at] ?? 0;
    count += seen - notRight;
    for (let at = end + 1; at < tree.length; at += at & -at) tree[at] = (tree[at] ?? 0) + 1;
  }
  return count;
}
