import { lockFiles } from '../../context/node/lock.js';
import { placedAt, replaced } from '../placements.js';
import type { StageState } from '../state.js';
import { resolvePath } from '../tree.js';
import { because, pathOf, type CommandContext, type CommandEffect } from './command.js';

/** After `uv lock`, `bundle lock --add-platform`, `npm update`: the lock file is no longer the one of the build context. */
export const rewriteLocks: CommandEffect = (state, given) => {
  const context = withoutRunner(given);
  const [tool = '', ...words] = context.words.map((word) => word ?? '');
  const rewriter = Object.hasOwn(rewriters, tool) ? rewriters[tool] : undefined;
  if (!rewriter || !isRewriting(rewriter, words)) return state;
  const folder = pathOf(context, folderOf(words) ?? '.');
  if (folder === null) return state;
  const { evidence } = because(context, `'${tool}' writes the lock file anew.`);
  return rewriter.files.reduce(
    (next, name) => withoutFile(next, resolvePath(folder, name), { evidence, given }),
    state,
  );
};

type Rewriter = {
  readonly files: readonly string[];
  /** Actions that resolve the packages anew. */
  readonly always: readonly string[];
  /** Actions that do so for packages that are named. */
  readonly named: readonly string[];
  /** Options with which any other action does so. */
  readonly options: readonly string[];
};

const words = (text: string) => text.split(' ');

const rewriters: Readonly<Record<string, Rewriter>> = {
  npm: {
    files: [...lockFiles.npm, 'package.json'],
    always: words('update up upgrade uninstall un unlink remove rm r dedupe ddp audit shrinkwrap pkg'),
    named: words('install i add'),
    options: ['--package-lock-only'],
  },
  yarn: {
    files: [...lockFiles.yarn, 'package.json'],
    always: words('add remove up upgrade dedupe import'),
    named: [],
    options: ['--mode=update-lockfile'],
  },
  pnpm: {
    files: [...lockFiles.pnpm, 'package.json'],
    always: words('add remove rm un uninstall update up upgrade import dedupe'),
    named: words('install i'),
    options: ['--lockfile-only', '--fix-lockfile'],
  },
  uv: {
    files: ['uv.lock', 'pyproject.toml'],
    always: words('lock add remove'),
    named: [],
    options: ['--upgrade', '-U', '--upgrade-package', '-P'],
  },
  poetry: { files: ['poetry.lock', 'pyproject.toml'], always: words('lock add remove update'), named: [], options: [] },
  pipenv: { files: ['Pipfile.lock'], always: words('lock update upgrade uninstall'), named: ['install'], options: [] },
  bundle: { files: ['Gemfile.lock', 'Gemfile'], always: words('lock update add remove'), named: [], options: [] },
};

function isRewriting({ always, named, options }: Rewriter, given: readonly string[]): boolean {
  if (given.some((word) => asking.has(word))) return false;
  const [action = '', ...operands] = given.filter((word) => !word.startsWith('-'));
  if (always.includes(action)) return true;
  if (given.some((word) => options.includes(word.replace(/=.*$/, '')) || options.includes(word))) return true;
  return named.includes(action) && operands.some((word) => /^(@[\w.-]+\/)?[A-Za-z][\w.-]*([@=<>~!].*)?$/.test(word));
}

/** Nothing is written: the lock is looked at, or something outside of the project is installed. */
const asking = new Set(
  words('--check --locked --frozen --dry-run --print -g --global --location=global --no-save --help -h global'),
);

/** `uv --directory api lock`, `npm --prefix web update`. */
function folderOf(given: readonly string[]): string | null {
  const at = given.findIndex((word) => /^(--directory|--project|--prefix|--cwd|--dir|-C)(=|$)/.test(word));
  const word = given[at];
  return word === undefined ? null : word.includes('=') ? word.slice(word.indexOf('=') + 1) : (given[at + 1] ?? null);
}

/** `python -m poetry lock`, `corepack pnpm update`. */
function withoutRunner(context: CommandContext): CommandContext {
  const [first = '', second] = context.words.map((word) => word ?? '');
  const count = first === 'corepack' || first === 'npx' ? 1 : /^python3?$/.test(first) && second === '-m' ? 2 : 0;
  const rest = context.words.slice(count);
  const name = (rest[0] ?? '').replace(/^.*\//, '').replace(/^bundler$/, 'bundle');
  return { ...context, words: [name, ...rest.slice(1)] };
}

type Rewriting = { readonly evidence: ReturnType<typeof because>['evidence']; readonly given: CommandContext };

/** What no copy brought needs no note. */
function withoutFile(state: StageState, path: string, { evidence, given }: Rewriting): StageState {
  return placedAt(state, path, given.buildContext) ? replaced(state, path, evidence) : state;
}
