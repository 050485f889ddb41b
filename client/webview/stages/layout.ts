import { orderRows, type Row } from './order.js';
import { placeRows } from './place.js';
import { rankNodes } from './rank.js';

/** Sizes and coordinates are in CSS pixels; y grows downwards. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Point = { readonly x: number; readonly y: number };
export type Size = { readonly width: number; readonly height: number };

export type LayoutNode = Size & { readonly id: string };
export type LayoutLink = { readonly from: string; readonly to: string; readonly label: Size | null };

export type Layout = Size & {
  readonly nodes: ReadonlyMap<string, Box>;
  /** As many as there are links, in their order; `points` go from the edge of one node to that of the other. */
  readonly links: readonly PlacedLink[];
};

export type PlacedLink = { readonly points: readonly Point[]; readonly label: Box | null };

/**
 * A place on a row: a node, or the point where a link passes the row. Rows of nodes and of labels take turns, so that
 * no label ever lies on a node or on another label.
 */
export type Cell = Size & { readonly key: string; readonly isNode: boolean; before: Cell[]; after: Cell[]; x: number };

/** More places than this are a picture that nobody can read, and that takes long to work out. */
const mostCells = 6000;

/** Draws a graph in layers, from the top down. Null when it is too large to be drawn; a link to no node is not. */
export function layOut(nodes: readonly LayoutNode[], links: readonly LayoutLink[]): Layout | null {
  if (nodes.length + links.length > mostCells) return null;
  const ranks = rankNodes(nodes, links);
  const spans = links.map(({ from, to }) => Math.abs((ranks.get(from) ?? 0) - (ranks.get(to) ?? 0)));
  if (nodes.length + spans.reduce((sum, span) => sum + 2 * span, 0) > mostCells) return null;
  const grid = gridOf(nodes, links, ranks);
  const rows = placeRows(orderRows(grid.rows));
  return drawing({ nodes, links, grid, rows });
}

type Grid = {
  readonly rows: readonly Row[];
  readonly cells: ReadonlyMap<string, Cell>;
  /** The cells that each link passes, from the upper node to the lower; empty for a link from a node to itself. */
  readonly chains: readonly (readonly Cell[])[];
};

function gridOf(nodes: readonly LayoutNode[], links: readonly LayoutLink[], ranks: ReadonlyMap<string, number>): Grid {
  const rows: Cell[][] = Array.from({ length: 2 * Math.max(0, ...ranks.values()) + 1 }, () => []);
  const cells = new Map<string, Cell>();
  for (const { id, width, height } of nodes) {
    const cell = newCell(id, { width, height }, true);
    cells.set(id, cell);
    rows[2 * (ranks.get(id) ?? 0)]?.push(cell);
  }
  const rowOf = (id: string) => 2 * (ranks.get(id) ?? 0);
  const chains = links.map(({ from, to, label }, index) => {
    const [top, bottom] = rowOf(from) <= rowOf(to) ? [from, to] : [to, from];
    const [first, last] = [cells.get(top), cells.get(bottom)];
    if (!first || !last || first === last) return [];
    const chain = [first];
    for (let row = rowOf(top) + 1; row < rowOf(bottom); row++) {
      const size = row === rowOf(bottom) - 1 && label ? label : { width: 10, height: 0 };
      const cell = newCell(`link ${index} row ${row}`, size, false);
      rows[row]?.push(cell);
      chain.push(cell);
    }
    chain.push(last);
    join(chain);
    return chain;
  });
  return { rows, cells, chains };
}

function newCell(key: string, { width, height }: Size, isNode: boolean): Cell {
  return { key, width, height, isNode, before: [], after: [], x: 0 };
}

function join(chain: readonly Cell[]): void {
  for (const [index, cell] of chain.entries()) {
    const next = chain[index + 1];
    if (!next) continue;
    cell.after.push(next);
    next.before.push(cell);
  }
}

type Drawn = {
  readonly nodes: readonly LayoutNode[];
  readonly links: readonly LayoutLink[];
  readonly grid: Grid;
  readonly rows: readonly PlacedRow[];
};

/** Cells with their x, and where the row begins and how high it is. */
export type PlacedRow = { readonly cells: readonly Cell[]; readonly y: number; readonly height: number };

function drawing({ nodes, links, grid, rows }: Drawn): Layout {
  const boxes = new Map<Cell, Box>();
  for (const { cells, y, height } of rows) {
    for (const cell of cells) boxes.set(cell, boxIn(cell, y, height));
  }
  const all = [...boxes.values()];
  const last = rows.at(-1);
  const hasLoop = links.some(({ from, to }) => from === to);
  return {
    width: Math.max(0, ...all.map(({ x, width }) => x + width)) + (hasLoop ? loopWidth : 0),
    height: last ? last.y + last.height : 0,
    nodes: new Map(nodes.map(({ id }) => [id, boxOf(boxes, grid.cells.get(id))])),
    links: links.map((link, index) => placedLink({ link, chain: grid.chains[index] ?? [], grid, boxes })),
  };
}

const loopWidth = 18;

function boxIn({ x, width, height, isNode }: Cell, y: number, rowHeight: number): Box {
  return { x, y: isNode ? y + (rowHeight - height) / 2 : y, width, height: isNode ? height : rowHeight };
}

function boxOf(boxes: ReadonlyMap<Cell, Box>, cell: Cell | undefined): Box {
  return (cell && boxes.get(cell)) ?? { x: 0, y: 0, width: 0, height: 0 };
}

type Placing = {
  readonly link: LayoutLink;
  readonly chain: readonly Cell[];
  readonly grid: Grid;
  readonly boxes: ReadonlyMap<Cell, Box>;
};

function placedLink({ link, chain, grid, boxes }: Placing): PlacedLink {
  const [first, last] = [chain[0], chain.at(-1)];
  if (!first || !last) return { points: loopAt(boxOf(boxes, grid.cells.get(link.from))), label: null };
  const top = boxOf(boxes, first);
  const bottom = boxOf(boxes, last);
  const between = chain.slice(1, -1);
  const passed = between.map((cell) => boxOf(boxes, cell));
  const points = [
    { x: portOf(first, first.after, chain[1]), y: top.y + top.height },
    ...passed.flatMap(({ x, y, width, height }) => [
      { x: x + width / 2, y },
      { x: x + width / 2, y: y + height },
    ]),
    { x: portOf(last, last.before, chain.at(-2)), y: bottom.y },
  ];
  const isUpwards = first.key !== link.from;
  const place = passed.at(-1);
  const label = link.label && place ? labelIn(place, link.label) : null;
  return { points: isUpwards ? points.toReversed() : points, label };
}

function labelIn({ x, y, width, height }: Box, size: Size): Box {
  return { x: x + (width - size.width) / 2, y: y + (height - size.height) / 2, ...size };
}

/** Links leave and reach a node side by side, in the order of where they lead. */
function portOf(node: Cell, neighbours: readonly Cell[], neighbour: Cell | undefined): number {
  const centre = ({ x, width }: Cell) => x + width / 2;
  const sorted = neighbours.toSorted((a, b) => centre(a) - centre(b));
  const index = neighbour ? sorted.indexOf(neighbour) : 0;
  return node.x + (node.width * (index + 1)) / (sorted.length + 1);
}

/** A node that takes from itself, which Docker refuses, is drawn all the same. */
function loopAt({ x, y, width, height }: Box): Point[] {
  const right = x + width;
  const out = right + loopWidth - 6;
  return [
    { x: right, y: y + height * 0.7 },
    { x: out, y: y + height * 0.7 },
    { x: out, y: y + height * 0.3 },
    { x: right, y: y + height * 0.3 },
  ];
}
