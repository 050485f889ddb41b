import fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layOut, type Box, type Layout, type LayoutLink, type LayoutNode } from '../../client/webview/stages/layout.js';
import { rankNodes } from '../../client/webview/stages/rank.js';

test('what a stage takes from stands above it', () => {
  const { nodes } = drawn(['image', 'build', 'final'], ['image build', 'build final', 'image final']);
  assert.ok(boxOf(nodes, 'image').y < boxOf(nodes, 'build').y);
  assert.ok(boxOf(nodes, 'build').y < boxOf(nodes, 'final').y);
});

test('an image stands just above the first stage that uses it', () => {
  const nodes = ['golang', 'build', 'distroless', 'final'].map(node);
  const ranks = rankNodes(nodes, ['golang build', 'build final', 'distroless final'].map(link));
  assert.deepEqual([...ranks.values()], [0, 1, 1, 2]);
});

test('two stages that are not joined stay in the order of the file', () => {
  const ids = ['a', 'b', 'c', 'd'];
  const { nodes } = drawn(ids, []);
  const lefts = ids.map((id) => boxOf(nodes, id).x);
  assert.deepEqual(
    lefts,
    lefts.toSorted((a, b) => a - b),
  );
});

test('links that cross in the order of the file are drawn apart', () => {
  const { nodes } = drawn(['a', 'b', 'x', 'y'], ['a y', 'b x']);
  const isBefore = (left: string, right: string) => boxOf(nodes, left).x < boxOf(nodes, right).x;
  assert.equal(isBefore('a', 'b'), isBefore('y', 'x'));
});

test('the build context stands between two stages that copy from it, so that no lines cross', () => {
  const ids = ['golang', 'build', 'node', 'assets', 'context', 'final'];
  const pairs = ['golang build', 'node assets', 'context build', 'context assets', 'build final', 'assets final'];
  const { nodes } = drawn(ids, pairs);
  const [golang = 0, context = 0, node = 0] = ['golang', 'context', 'node'].map((id) => boxOf(nodes, id).x);
  assert.ok(Math.min(golang, node) < context && context < Math.max(golang, node));
});

test('sixty stages on one image lie side by side', () => {
  const ids = ['image', ...Array.from({ length: 60 }, (_, index) => `stage${index}`)];
  const layout = drawn(
    ids,
    ids.slice(1).map((id) => `image ${id}`),
  );
  assertSound(layout, 60);
  assert.ok(layout.width > 60 * 100);
});

test('a circle, a link from a node to itself and one to nowhere do not stop the drawing', () => {
  const layout = drawn(['a', 'b', 'c'], ['a b', 'b c', 'c a', 'b b', 'a gone']);
  assert.equal(layout.links.length, 5);
  for (const [index, { points }] of layout.links.slice(0, 4).entries()) assert.ok(points.length > 1, `link ${index}`);
  const back = layout.links[2]?.points ?? [];
  assert.ok((back[0]?.y ?? 0) > (back.at(-1)?.y ?? 0), 'The link that closes the circle goes up.');
});

test('a graph too large to be read is not drawn', () => {
  const ids = Array.from({ length: 400 }, (_, index) => `n${index}`);
  const chain = ids.slice(1).map((id, index) => `${ids[index]} ${id}`);
  const long = ids.slice(2).map((id) => `n0 ${id}`);
  assert.equal(layOut(ids.map(node), [...chain, ...long].map(link)), null);
  assert.notEqual(layOut(ids.map(node), chain.map(link)), null);
});

test('nothing is drawn of nothing', () => {
  assert.deepEqual(layOut([], [])?.height, 0);
});

test('whatever the graph: no overlap, every link from node to node, the same picture each time', () => {
  const pairs = fc.array(fc.tuple(fc.nat(14), fc.nat(14), fc.boolean()), { maxLength: 40 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 15 }), pairs, (count, raw) => {
      const nodes = Array.from({ length: count }, (_, index) => node(`n${index}`, index));
      const links = raw.map(([from, to, hasLabel]): LayoutLink => {
        const label = hasLabel ? { width: 60 + from * 5, height: 20 } : null;
        return { from: `n${from % count}`, to: `n${to % count}`, label };
      });
      const layout = layOut(nodes, links);
      assert.ok(layout);
      assertSound(layout, links.length);
      assertJoined(layout, links);
      assert.deepEqual(layOut(nodes, links), layout);
    }),
    { numRuns: 300 },
  );
});

function node(id: string, index = 0): LayoutNode {
  return { id, width: 100 + (index % 3) * 30, height: 40 + (index % 2) * 20 };
}

function link(pair: string): LayoutLink {
  const [from = '', to = ''] = pair.split(' ');
  return { from, to, label: null };
}

function drawn(ids: readonly string[], pairs: readonly string[]): Layout {
  const layout = layOut(
    ids.map((id) => node(id)),
    pairs.map(link),
  );
  assert.ok(layout);
  return layout;
}

function boxOf(nodes: Layout['nodes'], id: string): Box {
  const box = nodes.get(id);
  assert.ok(box, id);
  return box;
}

/** No node and no label lies on another, and everything lies within the picture. */
function assertSound(layout: Layout, links: number): void {
  assert.equal(layout.links.length, links);
  const boxes = [...layout.nodes.values(), ...layout.links.flatMap(({ label }) => label ?? [])];
  for (const [index, box] of boxes.entries()) {
    assert.ok(box.x >= -0.01 && box.y >= 0 && box.x + box.width <= layout.width + 0.01, JSON.stringify(box));
    assert.ok(box.y + box.height <= layout.height + 0.01, JSON.stringify(box));
    for (const other of boxes.slice(index + 1)) assert.ok(!overlap(box, other), JSON.stringify([box, other]));
  }
}

function overlap(a: Box, b: Box): boolean {
  const within = 0.01;
  const beside = a.x + a.width <= b.x + within || b.x + b.width <= a.x + within;
  return !beside && !(a.y + a.height <= b.y + within || b.y + b.height <= a.y + within);
}

/** Both ends of a link are on the edge of their nodes, and none of its points is inside of a node. */
function assertJoined({ nodes, links }: Layout, asked: readonly LayoutLink[]): void {
  for (const [index, { points }] of links.entries()) {
    const { from = '', to = '' } = asked[index] ?? {};
    const [first, last] = [points[0], points.at(-1)];
    assert.ok(first && last);
    assert.ok(isOnEdge(first, boxOf(nodes, from)), `${from} ${to}`);
    assert.ok(isOnEdge(last, boxOf(nodes, to)), `${from} ${to}`);
    for (const point of points) for (const box of nodes.values()) assert.ok(!isInside(point, box), `${from} ${to}`);
  }
}

function isInside({ x, y }: { x: number; y: number }, box: Box): boolean {
  return x > box.x + 1 && x < box.x + box.width - 1 && y > box.y + 1 && y < box.y + box.height - 1;
}

function isOnEdge(point: { x: number; y: number }, box: Box): boolean {
  const isWithin = point.x >= box.x - 1 && point.x <= box.x + box.width + 1;
  return isWithin && point.y >= box.y - 1 && point.y <= box.y + box.height + 1 && !isInside(point, box);
}
