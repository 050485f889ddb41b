// Serves VS Code with the Node extension host and a packaged extension:
// node scripts/editor/code-server.mjs EXTENSION.vsix FOLDER STATE, where STATE is an empty folder for its settings.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { ensureCodeServer } from './code-server-setup.mjs';

const startTimeout = 60_000;

const settings = {
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.commandCenter.enabled': false,
  'extensions.autoCheckUpdates': false,
  'files.autoSave': 'off',
  'telemetry.telemetryLevel': 'off',
};

const [vsix, folder, state] = process.argv.slice(2).map((argument) => resolve(argument));
if (state === undefined) {
  console.error('usage: node scripts/editor/code-server.mjs EXTENSION.vsix FOLDER STATE');
  process.exit(2);
}

const entry = ensureCodeServer();
const places = ['--user-data-dir', join(state, 'user'), '--extensions-dir', join(state, 'extensions')];
const environment = { ...process.env, XDG_CONFIG_HOME: join(state, 'config'), XDG_DATA_HOME: join(state, 'data') };
// A server that finds this variable takes itself for a command inside the terminal of another one.
delete environment.VSCODE_IPC_HOOK_CLI;
writeSettings();
install();
await serve(await freePort());

function writeSettings() {
  mkdirSync(join(state, 'user/User'), { recursive: true });
  writeFileSync(join(state, 'user/User/settings.json'), JSON.stringify(settings));
}

function install() {
  const args = [entry, ...places, '--install-extension', vsix];
  const options = { encoding: 'utf8', env: environment, timeout: startTimeout };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  if (status !== 0) throw new Error(`code-server did not install ${vsix}.\n${stdout}\n${stderr}`);
}

async function serve(port) {
  const quiet = ['--auth', 'none', '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'];
  const address = ['--bind-addr', `127.0.0.1:${port}`];
  const args = [entry, ...quiet, '--disable-getting-started-override', ...places, ...address, folder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'], env: environment });
  child.once('exit', (code) => process.exit(code ?? 1));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill('SIGTERM'));

  await answers(`http://127.0.0.1:${port}/healthz`);
  console.log(`Open http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`);
}

async function answers(url) {
  const deadline = Date.now() + startTimeout;
  while (Date.now() < deadline) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((wake) => setTimeout(wake, 200));
  }
  throw new Error(`code-server did not answer at ${url}.`);
}

function freePort() {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}
