import type { Status } from '../protocol.js';

/** What is broken at present; tells the client when that changes. */
export class StatusBoard {
  readonly #faults = new Map<string, string>();
  readonly #send: (status: Status) => void;
  #last = '';

  constructor(
    readonly factsDate: string | null,
    send: (status: Status) => void,
  ) {
    this.#send = send;
  }

  /** `message` null: the piece of work named by `key` is in order again. True when the message is a new one. */
  set(key: string, message: string | null): boolean {
    const isNew = message !== null && this.#faults.get(key) !== message;
    if (message === null) this.#faults.delete(key);
    else this.#faults.set(key, message);
    this.announce();
    return isNew;
  }

  /** Forget all that concerns one document. */
  forget(uri: string): void {
    for (const key of this.#faults.keys()) if (key.endsWith(` ${uri}`)) this.#faults.delete(key);
    this.announce();
  }

  announce(): void {
    const [message = ''] = this.#faults.values();
    const status: Status = { state: this.#faults.size > 0 ? 'error' : 'ok', message, factsDate: this.factsDate };
    const text = JSON.stringify(status);
    if (text === this.#last) return;
    this.#last = text;
    this.#send(status);
  }
}
