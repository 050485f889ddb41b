type Entry<V> = { readonly version: number; readonly value: V };
type Store<V> = { readonly log: Map<string, Entry<V>[]>; latest: number };

/**
 * A map that remembers all its past. `with` returns a new view and leaves the old one as it was; taking a view and
 * changing the newest one cost the same however large the map is, so that every step of a stage can keep its own.
 */
export class Versioned<V> {
  private constructor(
    private readonly store: Store<V>,
    private readonly version: number,
  ) {}

  static empty<V>(): Versioned<V> {
    return new Versioned<V>({ log: new Map(), latest: 0 }, 0);
  }

  static from<V>(entries: Iterable<readonly [string, V]>): Versioned<V> {
    const log = new Map<string, Entry<V>[]>();
    for (const [key, value] of entries) log.set(key, [{ version: 0, value }]);
    return new Versioned<V>({ log, latest: 0 }, 0);
  }

  get(key: string): V | undefined {
    return this.find(this.store.log.get(key));
  }

  with(key: string, value: V): Versioned<V> {
    if (this.store.latest !== this.version) return Versioned.from(this.entries()).with(key, value);
    const version = ++this.store.latest;
    const history = this.store.log.get(key);
    if (history) history.push({ version, value });
    else this.store.log.set(key, [{ version, value }]);
    return new Versioned(this.store, version);
  }

  *entries(): IterableIterator<[string, V]> {
    for (const [key, history] of this.store.log) {
      const value = this.find(history);
      if (value !== undefined) yield [key, value];
    }
  }

  private find(history: readonly Entry<V>[] | undefined): V | undefined {
    if (!history) return undefined;
    let low = 0;
    let high = history.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((history[middle]?.version ?? Infinity) <= this.version) low = middle + 1;
      else high = middle;
    }
    return history[low - 1]?.value;
  }
}
