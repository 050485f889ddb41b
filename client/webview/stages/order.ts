import type { Cell } from './layout.js';

export type Row = readonly Cell[];

const sweeps = 8;

/** Other orders to start from, and how many cells are few enough to try them. */
const attempts = 12;
const fewCells = 500;

/**
 * Puts the cells of each row into an order with few crossings: each goes to the mean place of its neighbours in the row
 * above, then below, by turns. Cells without neighbours, and equal ones, stay as they were. The best order seen is
 * kept. That depends on where it starts, so a small graph with crossings is tried from some other orders, too: always
 * the same ones, so that the picture stays the same.
 */
export function orderRows(rows: readonly Row[]): readonly Row[] {
  let best = untangled(rows);
  const count = rows.reduce((sum, row) => sum + row.length, 0);
  for (let attempt = 1; attempt <= attempts && best.crossings > 0 && count <= fewCells; attempt++) {
    const other = untangled(rows.map((row) => mixed(row, attempt)));
    if (other.crossings < best.crossings) best = other;
  }
  return facing(best.rows, rows);
}

/** The picture or its mirror image, which has as few crossings: the one with more cells in the order of the file. */
function facing(ordered: readonly Row[], asWritten: readonly Row[]): readonly Row[] {
  const mirrored = ordered.map((row) => row.toReversed());
  return inversions(mirrored, asWritten) < inversions(ordered, asWritten) ? mirrored : ordered;
}

function inversions(rows: readonly Row[], asWritten: readonly Row[]): number {
  const places = new Map(asWritten.flat().map((cell, index) => [cell, index]));
  const steps = rows.flatMap((row) => row.slice(1).map((cell, index) => [row[index], cell] as const));
  return steps.filter(([left, right]) => left && (places.get(left) ?? 0) > (places.get(right) ?? 0)).length;
}

type Ordered = { readonly rows: readonly Row[]; readonly crossings: number };

function untangled(rows: readonly Row[]): Ordered {
  let current = rows;
  let best: Ordered = { rows, crossings: crossings(rows) };
  for (let sweep = 0; sweep < sweeps && best.crossings > 0; sweep++) {
    current = sweep % 2 === 0 ? swept(current, 'before') : swept(current.toReversed(), 'after').toReversed();
    const count = crossings(current);
    if (count < best.crossings) best = { rows: current, crossings: count };
  }
  return best;
}

/** A row in an order that depends on nothing but a number. */
function mixed(row: Row, seed: number): Row {
  const rest = [...row];
  return row.map((_, index) => rest.splice((seed * 7919 + index * 104729) % rest.length, 1)[0]).filter(isThere);
}

function isThere(cell: Cell | undefined): cell is Cell {
  return cell !== undefined;
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
