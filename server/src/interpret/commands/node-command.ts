import type { CommandContext } from './command.js';

/** A command that installs packages into a project. */
export type NodeCommand = {
  readonly tool: 'npm' | 'yarn' | 'pnpm' | 'bun';
  readonly action: string;
  /** The directory that the options name, null where it is not known; undefined for the working directory. */
  readonly root: string | null | undefined;
  /** Packages named on the command line, without their versions. */
  readonly packages: readonly string[];
  /** True when it takes what the lock file says, or fails. */
  readonly isFrozen: boolean;
  /** False when options choose some projects of a workspace. */
  readonly isWhole: boolean;
  readonly omitsDev: boolean;
};

const actions: Readonly<Record<NodeCommand['tool'], readonly string[]>> = {
  npm: 'ci i install install-clean clean-install ic add in isntall rebuild rb update up install-ci-test cit'.split(' '),
  yarn: ['', 'install', 'add'],
  pnpm: 'i install ci add deploy rebuild update'.split(' '),
  bun: 'i install ci add'.split(' '),
};

const rootOptions: Readonly<Record<NodeCommand['tool'], readonly string[]>> = {
  npm: ['--prefix', '-C'],
  yarn: ['--cwd'],
  pnpm: ['-C', '--dir', '--prefix'],
  bun: ['--cwd'],
};

/** Options that take the next word. */
const valued = new Set(
  (
    '--filter -F --workspace -w --registry --omit --include --cache --loglevel --network-timeout --mutex --modules-folder ' +
    '--cache-folder --store-dir --userconfig --only --reporter --network-concurrency --os --cpu --libc --fetch-timeout ' +
    '--fetch-retries --maxsockets --concurrency --prod-only --virtual-store-dir --modules-dir --lockfile-dir'
  ).split(' '),
);

/** Options with which nothing, or nothing of this project, is installed at the usual place. */
const elsewhere =
  /^(-g|--global|--location=global|--package-lock-only|--lockfile-only|--dry-run|--mode=.*|--modules-folder.*|--modules-dir.*|--help|-h|--version|-v)$/;

/** Reads npm, yarn, pnpm and bun; null for what installs nothing into a project. */
export function readNodeCommand({ words: given, lookup }: CommandContext): NodeCommand | null {
  const words = given[0] === 'corepack' ? given.slice(1) : given;
  const tool = words[0];
  if (tool !== 'npm' && tool !== 'yarn' && tool !== 'pnpm' && tool !== 'bun') return null;
  if (words.some((word) => elsewhere.test(word ?? ''))) return null;
  const { operands, root } = read(words.slice(1), rootOptions[tool]);
  const action = operands[0] === undefined ? '' : operands[0];
  // A word that is not known may be the action.
  if (action === null || !actions[tool].includes(action)) return null;
  const names = operands.slice(1).filter((word): word is string => word !== null);
  const packages = names.map((name) => name.replace(/(?<=.)@[^/]*$/, ''));
  const has = (pattern: RegExp) => words.some((word) => pattern.test(word ?? ''));
  const isFrozen = has(frozen) || cleanInstalls.has(`${tool} ${action}`);
  const isWhole = !has(/^(--filter|-F|--workspace|-w)(=|$)/) && !words.includes(null) && action !== 'deploy';
  const omitsDev = has(withoutDev) || lookup('NODE_ENV') === 'production' || lookup('npm_config_omit') === 'dev';
  const options = { isFrozen, isWhole, omitsDev };
  if (action !== 'deploy') return { tool, action: action || 'install', root, packages, ...options };
  return { tool, action, root: operands.length > 1 ? (operands[1] ?? null) : null, packages: [], ...options };
}

const frozen = /^--(frozen-lockfile|immutable)$/;
const cleanInstalls = new Set(['npm ci', 'npm clean-install', 'npm install-clean', 'npm ic', 'pnpm ci']);
const withoutDev = /^(--omit=dev|--production(=true)?|--prod|-P|--only=prod(uction)?)$/;

function read(words: readonly (string | null)[], roots: readonly string[]) {
  const operands: (string | null)[] = [];
  let root: string | null | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? null;
    const long = roots.find((name) => word?.startsWith(`${name}=`));
    if (long) root = word?.slice(long.length + 1);
    else if (word !== null && roots.includes(word)) root = words[++index] ?? null;
    else if (word !== null && word.startsWith('-')) index += valued.has(word) ? 1 : 0;
    else operands.push(word);
  }
  return { operands, root };
}
