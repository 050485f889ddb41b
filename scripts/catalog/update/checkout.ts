import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Upstream } from './difference.js';

/**
 * A checkout of an upstream repository: a work tree, or a git directory without one, of which `ref` is read. A work tree
 * with changes of its own has no commit. Throws when the folder does not exist. Nothing in it is run.
 */
export function openCheckout(folder: string, ref = 'HEAD'): Upstream {
  if (!isFolder(folder)) throw new Error(`'${folder}' is no folder.`);
  return isGitDirectory(folder) ? openGitDirectory(folder, ref) : openWorkTree(folder);
}

/** Names of the branches of a checkout; empty when it is none. */
export function branchesOf(folder: string): readonly string[] {
  if (!isGitDirectory(folder) && !existsSync(join(folder, '.git'))) return [];
  const text = git(folder, ['for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads', 'refs/remotes/origin']);
  return (text ?? '')
    .split('\n')
    .map((name) => name.replace(/^origin\//, ''))
    .filter(Boolean);
}

/** The files of one branch, from the git directory whether or not there is a work tree; null when it is not there. */
export function openBranch(folder: string, branch: string): Upstream | null {
  if (!branchesOf(folder).includes(branch)) return null;
  const place = isGitDirectory(folder) ? folder : join(folder, '.git');
  const ref = [`refs/heads/${branch}`, `refs/remotes/origin/${branch}`].find((name) =>
    git(folder, ['rev-parse', '--verify', '--quiet', name]),
  );
  return ref ? openGitDirectory(place, ref) : null;
}

function openWorkTree(folder: string): Upstream {
  return {
    read: (path) => readText(join(folder, path)),
    list: (below) =>
      filesBelow(join(folder, below))
        .map((path) => relative(folder, path).split(sep).join('/'))
        .sort(),
    ...headOf(isClean(folder) ? folder : null, 'HEAD'),
  };
}

function openGitDirectory(folder: string, ref: string): Upstream {
  const paths = (git(folder, ['ls-tree', '-r', '--name-only', '-z', ref]) ?? '').split('\0').filter(Boolean).sort();
  return {
    read: (path) => (paths.includes(path) ? git(folder, ['show', `${ref}:${path}`]) : null),
    list: (below) => paths.filter((path) => below === '' || path.startsWith(`${below}/`)),
    ...headOf(folder, ref),
  };
}

function headOf(folder: string | null, ref: string): Pick<Upstream, 'commit' | 'day'> {
  const text = folder === null ? null : git(folder, ['show', '--no-patch', '--abbrev=12', '--format=%h %cs', ref]);
  const [commit = null, day = null] = text?.trim().split(' ') ?? [];
  return { commit, day };
}

function isClean(folder: string): boolean {
  return existsSync(join(folder, '.git')) && git(folder, ['status', '--porcelain']) === '';
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function isGitDirectory(folder: string): boolean {
  return existsSync(join(folder, 'HEAD')) && existsSync(join(folder, 'objects'));
}

function git(folder: string, args: readonly string[]): string | null {
  const place = isGitDirectory(folder) ? ['--git-dir', folder] : ['-C', folder];
  try {
    return execFileSync('git', [...place, ...args], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return null;
  }
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === '.git' ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
