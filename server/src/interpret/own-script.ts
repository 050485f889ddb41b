import type { BuildContext } from '../context/context.js';
import { knownFalse, knownTrue } from '../fact.js';
import type { Interpreter } from './interpreters.js';
import { placedAt, surelyLacks } from './placements.js';
import type { ProcessUse } from './processes.js';
import { fileFact, resolvePath } from './query.js';

/**
 * Whether the word that an interpreter takes for a script names a file (or a folder) of the image: null where that is not
 * known, as after a copy of files that are not listed.
 */
export function isOwnScript({ argv, at }: ProcessUse, { name }: Interpreter, context: BuildContext): boolean | null {
  const { workdir } = at;
  const [word = ''] = argv;
  if (!workdir.known) return null;
  const paths = ['', ...(endings[name] ?? [])].map((ending) => resolvePath(workdir.value, `${word}${ending}`));
  if (paths.some((path) => knownTrue(fileFact(at, path)) || placedAt(at, path, context))) return true;
  return paths.every((path) => knownFalse(fileFact(at, path)) || surelyLacks(at, path, context)) ? false : null;
}

/** What is put behind the word. Source: https://nodejs.org/api/modules.html#all-together */
const endings: Readonly<Partial<Record<Interpreter['name'], readonly string[]>>> = {
  node: ['.js', '.json', '.node', '/package.json', '/index.js'],
  python: ['/__main__.py'],
  java: ['.class'],
};
