import type { World } from '../analyze.js';
import { extendCatalog } from '../catalog/catalog.js';
import { configFileName } from '../config/file-name.js';
import { readConfig } from '../config/read-config.js';
import { indexLines, positionAt } from '../text/lines.js';
import type { ConfigChoice } from './arguments.js';
import { printable } from './paint.js';
import type { Host } from './run.js';

export type Configs = {
  /** The world with what the config of a Dockerfile adds to it; null when the file of --config cannot be read. */
  readonly worldOf: (file: string) => World | null;
  /** True when a config file was not used because something is wrong with it. */
  readonly isBroken: () => boolean;
};

/** Finds and reads config files; each is read, and complained about, once. */
export function openConfigs(world: World, choice: ConfigChoice, host: Host): Configs {
  const worlds = new Map<string, World | null>();
  let isBroken = false;

  const complain = (text: string) => host.err(`distroless-guide: ${text}\n`);

  const load = (path: string): World | null => {
    const result = host.read(path);
    if ('problem' in result) {
      if (result.isMissing && choice === 'nearest') return null;
      isBroken = true;
      complain(`Cannot read '${path}': ${result.problem}.`);
      return choice === 'nearest' ? world : null;
    }
    const { addition, problem } = readConfig(result.text, path);
    if (problem) {
      const { line, character } = positionAt(indexLines(result.text), problem.span.start);
      const end = problem.severity === 'error' ? ' The file is not used.' : '';
      complain(`${path}:${line + 1}:${character + 1}: ${printable(problem.message)}${end}`);
    }
    isBroken ||= addition === null;
    return addition ? { ...world, catalog: extendCatalog(world.catalog, addition) } : world;
  };

  const kept = (path: string): World | null => {
    const found = worlds.get(path);
    if (found !== undefined) return found;
    const loaded = load(path);
    worlds.set(path, loaded);
    return loaded;
  };

  const nearest = (file: string): World => {
    for (const path of host.placesAbove(file, configFileName)) {
      const found = kept(path);
      if (found) return found;
    }
    return world;
  };

  const worldOf = (file: string): World | null => {
    if (choice === 'none') return world;
    return choice === 'nearest' ? nearest(file) : kept(choice.file);
  };
  return { worldOf, isBroken: () => isBroken };
}
