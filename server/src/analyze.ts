import { loadCatalog } from './catalog/catalog.js';
import { interpret, type World } from './interpret/interpret.js';
import type { Analysis } from './interpret/state.js';
import { parseDockerfile } from './syntax/parse.js';

export type { Analysis, World };

/** Everything the project knows about a Dockerfile. Never throws; what cannot be known is unknown in the result. */
export function analyze(text: string, world: World): Analysis {
  return interpret(parseDockerfile(text), world);
}

/** The world of an ordinary session: the built-in catalog and the day, as YYYY-MM-DD. */
export function createWorld(today: string, buildArgs: Readonly<Record<string, string>> = {}): World {
  return { catalog: loadCatalog(), today, buildArgs };
}
