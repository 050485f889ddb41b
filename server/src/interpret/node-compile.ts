import type { NodeLock } from '../context/node/lock.js';
import type { Evidence } from '../fact.js';
import { lockedAt, lockedPackages } from './node-lock.js';
import { sourcePackages } from './node-natives.js';
import type { Bundle, CommandStep, Step } from './state.js';
import { currentEntry, resolvePath } from './tree.js';

/** What a command makes node-gyp compile. */
export type Compiled = {
  /** For the start of a sentence. */
  readonly what: string;
  readonly because: readonly Evidence[];
};

/** What the command asks for, or what the lock file has it install; null when it shows nothing that is compiled. */
export function compiledByNpm(command: CommandStep, step: Step): Compiled | null {
  const what = askedFor(command);
  return what === null ? inLock(command, step) : { what, because: [] };
}

/** The packages that a command installed into its working directory. */
export function installedBy({ command, cwd }: CommandStep, { after }: Step): Bundle | null {
  const bundle = cwd === null ? null : currentEntry(after, resolvePath(cwd, 'node_modules'))?.bundle;
  return bundle?.built?.span.start === command.span.start ? bundle : null;
}

/** A package that comes as source alone, and without which the install fails. */
function inLock(command: CommandStep, step: Step): Compiled | null {
  const { lock, traits = [] } = installedBy(command, step) ?? {};
  if (!lock?.isWhole || traits.includes('no-scripts') || !hasSources(lock.lock)) return null;
  const found = lockedPackages(lock, false).find(({ name, isOptional, hasScript }) => {
    // pnpm from version 10 on runs the scripts of packages only where it is told to.
    const mayBeBuilt = lock.lock.tool !== 'pnpm' || hasScript === true;
    return isOptional === false && mayBeBuilt && sourcePackages.has(name);
  });
  return found ? { what: `'${found.name}'`, because: [lockedAt(lock, found)] } : null;
}

const kept = new WeakMap<NodeLock, boolean>();

function hasSources(lock: NodeLock): boolean {
  const found = kept.get(lock) ?? lock.packages.some(({ name }) => sourcePackages.has(name));
  kept.set(lock, found);
  return found;
}

function askedFor({ words }: CommandStep): string | null {
  const given = words.map((word) => word ?? '');
  if (given.includes('--ignore-scripts')) return null;
  const isInstall = /^(npm|yarn|pnpm)$/.test(given[0] ?? '');
  const gyp = given[0] === 'npx' || given[0] === 'pnpx' ? given.slice(1) : given;
  if (gyp[0] === 'node-gyp' && /^(re)?build$/.test(gyp[1] ?? '')) return 'The addon';
  if (!isInstall) return null;
  if (given.some((word) => /^--build-from-source/.test(word))) return 'What has native code';
  if (!/^(install|i|add)$/.test(given[1] ?? '')) return null;
  const names = given.slice(2).map((word) => word.replace(/(?<=.)@.*$/, ''));
  const name = names.find((one) => one === 'pg-native' || sourcePackages.has(one));
  return name === undefined ? null : `'${name}'`;
}
