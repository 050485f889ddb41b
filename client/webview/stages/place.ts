import type { Cell, PlacedRow } from './layout.js';
import type { Row } from './order.js';

const gap = { node: 16, link: 10, rows: 26 };
const rounds = 12;

/** Gives every cell its x, without overlaps and in the order of its row, and every row its y. */
export function placeRows(rows: readonly Row[]): readonly PlacedRow[] {
  for (const row of rows) spread(row, () => null);
  for (let round = 0; round < rounds; round++) {
    const downwards = round % 2 === 0;
    for (const row of downwards ? rows : rows.toReversed()) {
      spread(row, (cell) => meanCentre(downwards ? cell.before : cell.after) ?? meanCentre(cell.after));
    }
  }
  for (const row of rows) spread(row, (cell) => (cell.isNode ? null : meanCentre([...cell.before, ...cell.after])));
  const left = Math.min(0, ...rows.flat().map(({ x }) => x));
  for (const cell of rows.flat()) cell.x -= left;
  let y = 0;
  return rows.map((cells) => {
    const height = Math.max(0, ...cells.map((cell) => cell.height));
    const placed = { cells, y, height };
    y += height + gap.rows;
    return placed;
  });
}

/** Cells that want the same room, and the place that suits all of them best. */
type Block = { readonly cells: Cell[]; weight: number; sum: number; width: number };

/**
 * Brings each cell as near to where it wants to be as order and gaps allow, by least squares: cells that would overlap
 * become one block, which stands at the weighted mean of their wishes. A cell without a wish stays where it is.
 */
function spread(row: Row, wish: (cell: Cell) => number | null): void {
  const blocks: Block[] = [];
  for (const cell of row) {
    const wanted = (wish(cell) ?? cell.x + cell.width / 2) - cell.width / 2;
    // Links weigh more than nodes, so that long ones become straight; what has no wish is not moved for the others.
    const weight = wish(cell) === null ? 100 : cell.isNode ? 1 : 2;
    blocks.push({ cells: [cell], weight, sum: weight * wanted, width: cell.width });
    settle(blocks);
  }
  for (const block of blocks) setBlock(block);
}

/** Joins the last block with those before it for as long as they want the same room. */
function settle(blocks: Block[]): void {
  for (;;) {
    const [before, last] = blocks.slice(-2);
    if (!before || !last) return;
    const room = before.width + gapBetween(before.cells.at(-1), last.cells[0]);
    if (startOf(before) + room <= startOf(last)) return;
    blocks.splice(-2, 2, merged(before, last, room));
  }
}

function startOf({ sum, weight }: Block): number {
  return sum / weight;
}

function merged(before: Block, last: Block, room: number): Block {
  before.cells.push(...last.cells);
  return {
    cells: before.cells,
    weight: before.weight + last.weight,
    sum: before.sum + last.sum - last.weight * room,
    width: room + last.width,
  };
}

function setBlock(block: Block): void {
  let x = startOf(block);
  for (const [index, cell] of block.cells.entries()) {
    cell.x = x;
    x += cell.width + gapBetween(cell, block.cells[index + 1]);
  }
}

function gapBetween(left: Cell | undefined, right: Cell | undefined): number {
  return left?.isNode && right?.isNode ? gap.node : gap.link;
}

function meanCentre(cells: readonly Cell[]): number | null {
  if (cells.length === 0) return null;
  return cells.reduce((sum, { x, width }) => sum + x + width / 2, 0) / cells.length;
}
