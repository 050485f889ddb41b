import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDebianPackages, findOnPath, hasLibrary } from './debian.mjs';

/** The newest line of code-server that runs on Node 20. It is VS Code 1.100.3 with the Node extension host. */
const version = '4.100.3';

/** Modules with native code that the server cannot do without. */
const nativeModules = ['@parcel/watcher', '@vscode/spdlog', 'native-watchdog', 'kerberos', '@vscode/deviceid'];

/** An npm step is given up after this time. */
const stepTimeout = 10 * 60 * 1000;

/**
 * Installs code-server into a cache outside the repository, unless it is there, and returns its entry script.
 * Needs the npm registry, a C++ compiler and a few Debian packages; takes a few minutes the first time.
 */
export function ensureCodeServer() {
  const root = join(
    process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
    'distroless-guide',
    `code-server-${version}`,
  );
  const entry = join(root, 'node_modules/code-server/out/node/entry.js');
  if (existsSync(join(root, 'ready'))) return entry;

  ensureBuildTools();
  console.log(`Setting up code-server ${version} in ${root} (a few minutes, once).`);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'package.json'), '{ "private": true }\n');
  npm(root, 'install', `code-server@${version}`, '--ignore-scripts');
  process.env.npm_config_nodedir = ensureNodeHeaders(root);
  installEditor(join(root, 'node_modules/code-server/lib/vscode'));
  npm(root, 'rebuild', 'argon2');
  run(root, process.execPath, [entry, '--version']);
  writeFileSync(join(root, 'ready'), '');
  return entry;
}

/**
 * Does by hand what code-server's post-install step does, because that step downloads ripgrep from GitHub.
 *
 * @param {string} folder the VS Code part of code-server
 */
function installEditor(folder) {
  npm(folder, 'install', '--omit=dev', '--ignore-scripts');
  for (const name of nativeModules) npm(folder, 'rebuild', name);
  // The compiler succeeds for node-pty; its post-install step then fails on a file that is not in this package.
  npmMayFail(folder, 'rebuild', 'node-pty');
  if (!existsSync(join(folder, 'node_modules.asar'))) symlinkSync('node_modules', join(folder, 'node_modules.asar'));
  mkdirSync(join(folder, 'node_modules/@vscode/ripgrep/bin'), { recursive: true });
  copyFileSync(findOnPath('rg'), join(folder, 'node_modules/@vscode/ripgrep/bin/rg'));
  npm(join(folder, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
}

/**
 * Finds the headers of this Node, which the native modules are compiled against; the npm package of this very
 * version of Node has them when the installed Node came without.
 *
 * @param {string} root
 */
function ensureNodeHeaders(root) {
  const packaged = `node-${process.platform}-${process.arch}`;
  const places = [dirname(dirname(realpathSync(process.execPath))), join(root, 'node_modules', packaged)];
  const found = () => places.find((place) => existsSync(join(place, 'include/node/node.h')));
  if (!found()) npm(root, 'install', `${packaged}@${process.versions.node}`, '--ignore-scripts');
  return found() ?? '';
}

function ensureBuildTools() {
  const program = (name) => () => findOnPath(name) !== null;
  ensureDebianPackages(
    {
      'g++': program('g++'),
      make: program('make'),
      python3: program('python3'),
      ripgrep: program('rg'),
      'pkg-config': program('pkg-config'),
      'libkrb5-dev': () => existsSync('/usr/include/krb5.h') || hasLibrary('krb5'),
      'libsecret-1-dev': () => hasLibrary('libsecret-1'),
      'libx11-dev': () => hasLibrary('x11'),
      'libxkbfile-dev': () => hasLibrary('xkbfile'),
    },
    'building code-server',
  );
}

function npm(folder, ...args) {
  run(folder, 'npm', args);
}

function npmMayFail(folder, ...args) {
  spawnSync('npm', args, { cwd: folder, stdio: 'ignore', timeout: stepTimeout });
}

function run(folder, program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: stepTimeout,
    // Without the last of these, some install steps first try to download a binary from elsewhere.
    env: { ...process.env, npm_config_audit: 'false', npm_config_fund: 'false', npm_config_build_from_source: 'true' },
  });
  if (status === 0) return;
  throw new Error(`${program} ${args.join(' ')} failed in ${folder}: ${error ?? ''}\n${stdout}\n${stderr}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(ensureCodeServer());
