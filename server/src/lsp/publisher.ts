import { guarded } from './guard.js';
import { diagnosticsOf } from './handlers/diagnostic.js';
import type { Session } from './session.js';

/** Milliseconds that a document must be left alone before its diagnostics are pushed. */
const delay = 150;

/** Pushes diagnostics to a client that cannot pull them. */
export class Publisher {
  readonly #session: Session;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Push soon; a later call for the same document replaces an earlier one. */
  schedule(uri: string): void {
    this.#cancel(uri);
    this.#timers.set(
      uri,
      setTimeout(() => {
        this.#timers.delete(uri);
        void guarded(this.#session, 'Diagnostics', { uri, run: () => this.#publish(uri), fallback: undefined });
      }, delay),
    );
  }

  async scheduleUnlessWaitingForSave(uri: string): Promise<void> {
    const { run } = await this.#session.settings.settingsOf(uri);
    if (run === 'onType' && this.#session.documents.get(uri)) this.schedule(uri);
  }

  async close(uri: string): Promise<void> {
    this.#cancel(uri);
    await this.#session.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  async #publish(uri: string): Promise<void> {
    const { documents, connection } = this.#session;
    const document = documents.get(uri);
    if (!document) return;
    const diagnostics = await diagnosticsOf(this.#session, document);
    if (documents.get(uri) !== document) return;
    await connection.sendDiagnostics({ uri, version: document.version, diagnostics });
  }

  #cancel(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
  }
}
