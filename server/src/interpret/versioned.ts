type Entry<V> = { readonly version: number; readonly value: V };
type Store<V> = {
  readonly log: Map<string, Entry<V>[]>;
  /** The key that version number i + 1 changed. */
  readonly changes: string[];
  /** What this store continues, when it was branched off; its own entries come first. */
  readonly parent: Versioned<V> | null;
};

/**
 * A map that remembers all its past. `with` returns a new view and leaves the old one as it was; taking a view and
 * changing it cost the same however large the map is, so that every step of a stage can keep its own.
 */
export class Versioned<V> {
  private constructor(
    private readonly store: Store<V>,
    private readonly version: number,
  ) {}

  static empty<V>(): Versioned<V> {
    return new Versioned<V>({ log: new Map(), changes: [], parent: null }, 0);
  }

  static from<V>(entries: Iterable<readonly [string, V]>): Versioned<V> {
    const log = new Map<string, Entry<V>[]>();
    for (const [key, value] of entries) log.set(key, [{ version: 0, value }]);
    return new Versioned<V>({ log, changes: [], parent: null }, 0);
  }

  get(key: string): V | undefined {
    return this.find(this.store.log.get(key)) ?? this.store.parent?.get(key);
  }

  with(key: string, value: V): Versioned<V> {
    const { log, changes } = this.store;
    if (changes.length !== this.version) return this.branch().with(key, value);
    changes.push(key);
    const version = changes.length;
    const history = log.get(key);
    if (history) history.push({ version, value });
    else log.set(key, [{ version, value }]);
    return new Versioned(this.store, version);
  }

  /** Every key with its value; keys that a branch changed come first. */
  *entries(): IterableIterator<[string, V]> {
    for (const [key, history] of this.store.log) {
      const value = this.find(history);
      if (value !== undefined) yield [key, value];
    }
    if (!this.store.parent) return;
    for (const [key, value] of this.store.parent.entries()) {
      if (this.find(this.store.log.get(key)) === undefined) yield [key, value];
    }
  }

  /** The keys that were set since an earlier view of the same map, some perhaps more than once. */
  changedSince(earlier: Versioned<V>): readonly string[] {
    if (earlier.store === this.store) return this.store.changes.slice(earlier.version, this.version);
    const own = this.store.changes.slice(0, this.version);
    const { parent } = this.store;
    return parent ? [...own, ...parent.changedSince(earlier)] : [...this.store.log.keys()];
  }

  /** Small stores at the end of a chain are put together, so that a chain of branches stays short. */
  private branch(): Versioned<V> {
    let size = this.store.log.size;
    let parent = this.store.parent;
    const merged: Versioned<V>[] = [this];
    while (parent && parent.store.log.size <= 2 * size) {
      merged.push(parent);
      size += parent.store.log.size;
      parent = parent.store.parent;
    }
    if (merged.length === 1) return new Versioned({ log: new Map(), changes: [], parent: this }, 0);
    const log = new Map<string, Entry<V>[]>();
    for (const view of merged.reverse()) {
      for (const [key, history] of view.store.log) {
        const value = view.find(history);
        if (value !== undefined) log.set(key, [{ version: 0, value }]);
      }
    }
    return new Versioned({ log, changes: [], parent }, 0);
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
