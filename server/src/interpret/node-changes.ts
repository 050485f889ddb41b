import type { BuildContext } from '../context/context.js';
import { memo } from '../context/memo.js';
import { readManifest } from '../context/node/package-json.js';
import type { SourceFile } from '../text/source-file.js';
import { placedAt } from './placements.js';
import type { Analysis, StageState } from './state.js';
import { baseName, currentEntry, openFolder, resolvePath } from './tree.js';

type Project = {
  /** The offset in the Dockerfile where its scripts arrive. */
  readonly since: number;
  /** The package.json that its packages are installed by; null when it is not known. */
  readonly manifest: SourceFile | null;
};

/**
 * Whether a RUN may write the scripts of a project anew. Of most commands the state tells; those that do what the project
 * says (npm run, npx, tsc, vite) count as changing nothing there, but may write any file.
 */
export function mayRewrite({ stages }: Analysis, { since, manifest }: Project): boolean {
  const scripts = manifest && readManifest(manifest)?.scripts;
  const hasHooks = !scripts || hooks.some((name) => scripts.has(name));
  return stages.some(({ steps }) =>
    steps.some(({ instruction, commands }) => {
      if (instruction.kind !== 'run' || instruction.isOnbuild || instruction.span.start < since) return false;
      return commands.some(({ words }) => !isPlain(words, hasHooks));
    }),
  );
}

type Image = { readonly end: StageState; readonly context: BuildContext };

/** Whether something was put into node_modules, where a package lies, after the install. */
export function isReplaced({ end: state, context }: Image, modules: string, name: string): boolean {
  const path = resolvePath(modules, name);
  if (placedAt(state, `${path}/package.json`, context)) return true;
  const installed = currentEntry(state, modules)?.order ?? -1;
  return currentEntry(state, path) !== null || (openFolder(state, `${path}/index.js`)?.order ?? -1) > installed;
}

/** Whether the loader of glibc may find the libc of musl, which programs that are linked against that ask for. */
export const mayHoldMusl: (state: StageState) => boolean = memo((state: StageState) => {
  const isOpen = ['/lib', '/lib64', '/usr/lib', '/usr/local/lib'].some((folder) => openFolder(state, `${folder}/libc`));
  if (isOpen || state.env.get('LD_LIBRARY_PATH')) return true;
  return [...state.files.entries()].some(([path, { kind }]) => kind !== 'absent' && /\/(libc\.|ld-)musl/.test(path));
});

/** What an install runs. Source: https://docs.npmjs.com/cli/v11/using-npm/scripts#life-cycle-operation-order. */
const hooks = 'preinstall install postinstall prepublish preprepare prepare postprepare dependencies'.split(' ');

const installs: ReadonlyMap<string, readonly string[]> = new Map([
  ['npm', ['', 'ci', 'clean-install', 'i', 'install', 'rebuild']],
  ['yarn', ['', 'install']],
  ['pnpm', ['', 'i', 'install', 'rebuild']],
]);

const upkeep = 'audit cache config fetch prune set store'.split(' ');

/** They write no script of their own accord; where cp, mv, rm and echo do, the state tells. */
const plain = new Set(
  (
    ': [ addgroup adduser apk apt apt-get cat cd chgrp chmod chown cp dnf echo env export false groupadd groupmod id ' +
    'install ln ls microdnf mkdir mv printf pwd rm set sleep tdnf test touch true umask unset update-ca-certificates ' +
    'useradd usermod yum'
  ).split(' '),
);

function isPlain(given: readonly (string | null)[], hasHooks: boolean): boolean {
  const words = given[0] === 'corepack' && given[1] !== 'enable' && given[1] !== 'prepare' ? given.slice(1) : given;
  const [program, ...rest] = words;
  // Assignments alone.
  if (program === undefined) return true;
  const name = program === null ? '' : baseName(program);
  const own = installs.get(name);
  if (!own)
    return plain.has(name) || name === 'corepack' || (name === 'node' && /^(-v|--version)$/.test(rest[0] ?? ''));
  const action = rest.find((word) => !word?.startsWith('-'));
  if (action === null) return false;
  return own.includes(action ?? '') ? !hasHooks || rest.includes('--ignore-scripts') : upkeep.includes(action ?? '');
}
