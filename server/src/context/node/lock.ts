import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { nameOf } from '../file-tree.js';
import { memo } from '../memo.js';
import { readNpmLock } from './npm-lock.js';
import { readPnpmLock } from './pnpm-lock.js';
import { readYarnLock } from './yarn-lock.js';

/** A package as a lock file has it. Null wherever the format does not tell. */
export type LockedPackage = {
  readonly name: string;
  readonly version: string;
  /** The key of its entry. */
  readonly span: Span;
  /** Empty: any, as far as the lock file tells. */
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  readonly libc: readonly string[];
  /** Whether it has a script that runs when it is installed. */
  readonly hasScript: boolean | null;
  /** True when it is only needed by packages that may be missing. */
  readonly isOptional: boolean | null;
  /** True when only the development of the project needs it. */
  readonly isDev: boolean | null;
  /** Whether the project itself asks for it, to run. */
  readonly isDirect: boolean | null;
  readonly dependencies: readonly string[];
  readonly optionalDependencies: readonly string[];
};

export type NodeLock = {
  readonly tool: 'npm' | 'yarn' | 'pnpm';
  /**
   * Whether `libc` decides what is installed: npm and pnpm go by what the lock file says, and take a package without it
   * on every libc; yarn 1 does not look at it. Null for lock files that leave it to what the registry says.
   */
  readonly decidesLibc: boolean | null;
  readonly packages: readonly LockedPackage[];
};

/** By file name, in the order in which a tool looks for them. */
export const lockFiles = {
  npm: ['npm-shrinkwrap.json', 'package-lock.json'],
  yarn: ['yarn.lock'],
  pnpm: ['pnpm-lock.yaml'],
} as const;

/** A lock file of npm, yarn or pnpm, told by its name; null when it cannot be read. */
export const readNodeLock: (file: SourceFile) => NodeLock | null = memo((file) => {
  const name = nameOf(file.path);
  if (name === 'yarn.lock') return readYarnLock(file);
  if (name === 'pnpm-lock.yaml') return readPnpmLock(file);
  return /\.json$/.test(name) ? readNpmLock(file) : null;
});
