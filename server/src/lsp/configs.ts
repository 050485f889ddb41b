import { extendCatalog, type Catalog } from '../catalog/catalog.js';
import { configFileName } from '../config/file-name.js';
import type { ConfigProblem } from '../config/problem.js';
import { readConfig, type ConfigReading } from '../config/read-config.js';
import type { StatusBoard } from './status.js';
import type { WorkspaceFiles } from './workspace-files.js';

export type ConfigParts = {
  readonly files: WorkspaceFiles;
  readonly status: StatusBoard;
  readonly builtIn: Catalog;
};

type Config = { readonly reading: ConfigReading; readonly catalog: Catalog };

/** How many texts of config files are kept read: a workspace has one or a few. */
const mostConfigs = 16;

/** What the config files of the workspace add to the catalog. The same text of the same file gives the same catalog. */
export class Configs {
  readonly #parts: ConfigParts;
  readonly #kept = new Map<string, Config>();
  readonly #broken = new Set<string>();

  constructor(parts: ConfigParts) {
    this.#parts = parts;
  }

  /** The catalog for a document: with the nearest config file, or the built-in one where that is broken or missing. */
  async catalogOf(document: string): Promise<Catalog> {
    const found = await this.#parts.files.nearest(document, configFileName);
    if (!found) return this.#parts.builtIn;
    const { reading, catalog } = this.#read(found.uri, found.text);
    this.#tell(found.uri, reading.problem);
    return catalog;
  }

  problemOf(uri: string, text: string): ConfigProblem | null {
    return this.#read(uri, text).reading.problem;
  }

  /** After a change, what was broken is told anew. */
  forget(): void {
    for (const uri of this.#broken) this.#parts.status.set(`config ${uri}`, null);
    this.#broken.clear();
  }

  #read(uri: string, text: string): Config {
    const source = this.#sourceOf(uri);
    const key = `${source}\n${text}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const reading = readConfig(text, source);
    const { builtIn } = this.#parts;
    const config = { reading, catalog: reading.addition ? extendCatalog(builtIn, reading.addition) : builtIn };
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size >= mostConfigs) this.#kept.delete(oldest);
    this.#kept.set(key, config);
    return config;
  }

  #tell(uri: string, problem: ConfigProblem | null): void {
    if (problem?.severity !== 'error') return;
    this.#broken.add(uri);
    this.#parts.status.set(`config ${uri}`, `'${this.#sourceOf(uri)}' is not used: ${problem.message}`);
  }

  #sourceOf(uri: string): string {
    return this.#parts.files.pathInside(uri) ?? configFileName;
  }
}
