/** What needs what, by name. */
export type Edges = Map<string, readonly string[]>;

/** Everything that the names need, those included. */
export function reachable(
  edges: ReadonlyMap<string, readonly string[]>,
  names: readonly string[],
): ReadonlySet<string> {
  const found = new Set(names);
  const open = [...found];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const next of edges.get(name) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}
