import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Makes sure that Debian packages are there. When some are missing it installs them, if it runs as root and
 * there is apt-get; otherwise it throws an error that names the command to run.
 *
 * @param {Record<string, () => boolean>} packages package name -> whether it is there
 * @param {string} purpose what they are needed for
 */
export function ensureDebianPackages(packages, purpose) {
  const missing = () => Object.keys(packages).filter((name) => !packages[name]());
  const names = missing();
  if (names.length === 0) return;

  if (process.getuid?.() !== 0 || findOnPath('apt-get') === null) {
    const command = `sudo apt-get install -y --no-install-recommends ${names.join(' ')}`;
    throw new Error(`Missing for ${purpose}: ${names.join(', ')}. On Debian or Ubuntu, run: ${command}`);
  }

  console.log(`Installing Debian packages for ${purpose}: ${names.join(', ')}.`);
  apt('update', '-q');
  apt('install', '-y', '-q', '--no-install-recommends', ...names);
  const left = missing();
  if (left.length > 0) throw new Error(`apt-get succeeded, yet these are still missing: ${left.join(', ')}.`);
}

/**
 * @param {string} program
 * @returns {string | null} its full path, or null when it is not on the PATH
 */
export function findOnPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const names = process.platform === 'win32' ? [`${program}.cmd`, `${program}.exe`] : [program];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path)) ?? null;
}

/** Tells whether a library with its headers is there, as far as pkg-config knows. */
export function hasLibrary(name) {
  return spawnSync('pkg-config', ['--exists', name]).status === 0;
}

function apt(...args) {
  const options = ['-o', 'Dpkg::Use-Pty=0', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
  const { status } = spawnSync('apt-get', [...options, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 15 * 60 * 1000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`apt-get ${args[0]} failed with exit code ${status}.`);
}
