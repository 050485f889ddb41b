import type { Settings } from '../protocol.js';
import { defaultSettings, readSettings } from './settings.js';

/** `ask` gets the `distroless` section that holds for a document; `log` is told once about each bad value. */
export type SettingsSource = {
  readonly ask: (uri: string) => Promise<unknown>;
  readonly log: (line: string) => void;
};

/** The settings of each open document, asked for once and kept until they change. */
export class SettingsStore {
  readonly #source: SettingsSource;
  readonly #byUri = new Map<string, Promise<Settings>>();
  readonly #logged = new Set<string>();

  constructor(source: SettingsSource) {
    this.#source = source;
  }

  settingsOf(uri: string): Promise<Settings> {
    const kept = this.#byUri.get(uri);
    if (kept) return kept;
    const asked = this.#ask(uri);
    this.#byUri.set(uri, asked);
    return asked;
  }

  forget(uri: string): void {
    this.#byUri.delete(uri);
  }

  forgetAll(): void {
    this.#byUri.clear();
  }

  async #ask(uri: string): Promise<Settings> {
    try {
      const { settings, problems } = readSettings(await this.#source.ask(uri));
      problems.forEach((problem) => this.#logOnce(problem));
      return settings;
    } catch (error) {
      this.#logOnce(`The settings could not be read, the defaults are used: ${String(error)}`);
      return defaultSettings;
    }
  }

  #logOnce(line: string): void {
    if (this.#logged.has(line)) return;
    this.#logged.add(line);
    this.#source.log(line);
  }
}
