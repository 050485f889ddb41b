import type { LayoutLink, LayoutNode } from './layout.js';

/**
 * The layer of each node, from 0 at the top: one below the lowest node that it takes something from. A node that
 * takes nothing stands just above the first that takes from it. Links that close a circle do not count.
 */
export function rankNodes(nodes: readonly LayoutNode[], links: readonly LayoutLink[]): ReadonlyMap<string, number> {
  const ids = new Set(nodes.map(({ id }) => id));
  const after = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of links) {
    if (from !== to && ids.has(from) && ids.has(to)) after.get(from)?.push(to);
  }
  const { order, forward } = sorted(nodes, after);
  const ranks = new Map<string, number>(nodes.map(({ id }) => [id, 0]));
  const rankOf = (id: string) => ranks.get(id) ?? 0;
  for (const id of order) {
    for (const next of forward.get(id) ?? []) ranks.set(next, Math.max(rankOf(next), rankOf(id) + 1));
  }
  const taken = new Set([...forward.values()].flat());
  for (const { id } of nodes) {
    const followers = forward.get(id) ?? [];
    if (!taken.has(id) && followers.length > 0) ranks.set(id, Math.min(...followers.map(rankOf)) - 1);
  }
  return ranks;
}

type Sorted = {
  /** Each node after those that lead to it. */
  readonly order: readonly string[];
  readonly forward: ReadonlyMap<string, readonly string[]>;
};

/** Goes through the graph in depth, with a stack of its own: a file may have thousands of stages. */
function sorted(nodes: readonly LayoutNode[], after: ReadonlyMap<string, readonly string[]>): Sorted {
  const state = new Map<string, 'open' | 'done'>();
  const finished: string[] = [];
  const forward = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { id: start } of nodes) {
    if (state.has(start)) continue;
    const stack = [{ id: start, next: 0 }];
    state.set(start, 'open');
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const follower = after.get(top.id)?.[top.next++];
      if (follower === undefined) {
        state.set(top.id, 'done');
        finished.push(top.id);
        stack.pop();
        continue;
      }
      if (state.get(follower) === 'open') continue;
      forward.get(top.id)?.push(follower);
      if (state.has(follower)) continue;
      state.set(follower, 'open');
      stack.push({ id: follower, next: 0 });
    }
  }
  return { order: finished.toReversed(), forward };
}
