/** How one kind of question is put to the host, undefined where it has no answer, and when two answers are the same. */
export type Asking<T> = {
  readonly ask: (path: string) => Promise<T | undefined>;
  readonly isSame: (a: T, b: T) => boolean;
  /** What an answer takes of the room, in any unit, and how much room there is. */
  readonly weigh: (answer: T) => number;
  readonly mostWeight: number;
  readonly mostAnswers: number;
};

type Entry<T> = { answer: T | undefined; reading: Promise<void> | null; isLate: boolean };

/** Answers of the host by path. Each is asked for once, and again when told that it may have changed. */
export class Answers<T> {
  readonly #asking: Asking<T>;
  readonly #entries = new Map<string, Entry<T>>();
  #weight = 0;

  constructor(asking: Asking<T>) {
    this.#asking = asking;
  }

  get paths(): Iterable<string> {
    return this.#entries.keys();
  }

  has(path: string): boolean {
    return this.#entries.has(path);
  }

  /** Undefined where there is no answer, or none yet. */
  get(path: string): T | undefined {
    return this.#entries.get(path)?.answer;
  }

  /** True when an answer is to come, and worth waiting for. */
  isOpen(path: string): boolean {
    const entry = this.#entries.get(path);
    if (!entry) return this.#entries.size < this.#asking.mostAnswers;
    return entry.reading !== null && !entry.isLate;
  }

  /** Settles when the answer is there. True when it came after all had given up waiting for it. */
  async load(path: string): Promise<boolean> {
    const known = this.#entries.get(path);
    if (known) {
      await known.reading;
      return false;
    }
    if (this.#entries.size >= this.#asking.mostAnswers) return false;
    const entry: Entry<T> = { answer: undefined, reading: null, isLate: false };
    this.#entries.set(path, entry);
    entry.reading = this.#fill(path, entry);
    await entry.reading;
    return entry.isLate && this.#entries.get(path) === entry;
  }

  /** Asks again; the old answer stands until then, and stays when the new one is the same. True when it is not. */
  async reload(path: string): Promise<boolean> {
    const entry = this.#entries.get(path);
    if (!entry) return false;
    const before = entry.answer;
    await entry.reading;
    await this.#fill(path, entry);
    return entry.answer !== before;
  }

  /** Nobody waits any longer for what has not come yet. */
  giveUp(): void {
    for (const entry of this.#entries.values()) entry.isLate ||= entry.reading !== null;
  }

  /** Forgets the answers of which this is true; answers whether there were any. */
  drop(isDropped: (path: string) => boolean): boolean {
    const before = this.#entries.size;
    for (const [path, { answer }] of this.#entries) {
      if (!isDropped(path)) continue;
      this.#entries.delete(path);
      this.#weight -= this.#weigh(answer);
    }
    return this.#entries.size < before;
  }

  async #fill(path: string, entry: Entry<T>): Promise<void> {
    const answer = await this.#ask(path);
    entry.reading = null;
    if (this.#entries.get(path) !== entry) return;
    const old = entry.answer;
    if (old !== undefined && answer !== undefined && this.#asking.isSame(old, answer)) return;
    const weight = this.#weight - this.#weigh(old) + this.#weigh(answer);
    const fits = weight <= this.#asking.mostWeight;
    entry.answer = fits ? answer : undefined;
    this.#weight = fits ? weight : this.#weight - this.#weigh(old);
  }

  async #ask(path: string): Promise<T | undefined> {
    try {
      return await this.#asking.ask(path);
    } catch {
      return undefined;
    }
  }

  #weigh(answer: T | undefined): number {
    return answer === undefined ? 0 : this.#asking.weigh(answer);
  }
}
