// Opens the samples in VS Code with this extension, built from this folder: npm start [-- OPTION…]
import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './editor/install.mjs';
import { findOnPath } from './editor/debian.mjs';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const defaultPort = 8765;

const help = `Usage: npm start [-- OPTION…]

Installs what is missing, builds the extension and opens the samples in VS Code for the web.

  --port N     serve on this port of 127.0.0.1 (default ${defaultPort}, or any free port when it is taken)
  --no-open    do not open a browser
  --no-build   serve what was built before
  --desktop    use the VS Code on this machine (the program 'code' on the PATH) instead of the browser
  --help       show this text`;

const options = {
  port: { type: 'string' },
  'no-open': { type: 'boolean', default: false },
  'no-build': { type: 'boolean', default: false },
  desktop: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

try {
  await main(parseArgs({ options }).values);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

async function main({ port, 'no-open': noOpen, 'no-build': noBuild, desktop, help: wantsHelp }) {
  if (wantsHelp) return console.log(help);
  if (Number(process.versions.node.split('.')[0]) < 20) throw new Error('This needs Node 20 or newer.');
  if (port !== undefined && !/^\d{1,5}$/.test(port)) throw new Error(`Not a port number: ${port}`);

  ensureDependencies();
  if (!noBuild) buildExtension();
  if (desktop) return openDesktop();

  const { url, close } = await serve(port === undefined ? null : Number(port));
  const address = `${url}?open=go-static/Dockerfile`;
  console.log(`\nVS Code for the web with Distroless Guide: ${address}`);
  console.log('Edits stay in the browser. After a change to the code: npm run build, then reload the page.');
  console.log('Press Ctrl+C to stop.');
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, close);
  if (!noOpen) openBrowser(address);
}

function buildExtension() {
  const { status } = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: project, stdio: 'inherit' });
  if (status !== 0) throw new Error('The build failed.');
}

async function serve(port) {
  const { startWebHost } = await import('./editor/web-host.mjs');
  try {
    return await startWebHost({ port: port ?? defaultPort });
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error;
    if (port !== null) throw new Error(`Port ${port} is taken.`, { cause: error });
    return startWebHost({ port: 0 });
  }
}

function openBrowser(address) {
  const [program, ...args] = { darwin: ['open', address], win32: ['explorer', address] }[process.platform] ?? [
    'xdg-open',
    address,
  ];
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!hasDisplay || findOnPath(program) === null) return;
  spawn(program, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

function openDesktop() {
  const code = findOnPath('code');
  if (code === null) throw new Error("There is no program 'code' on the PATH. Without --desktop a browser is enough.");
  const args = ['--new-window', `--extensionDevelopmentPath=${project}`, join(project, 'samples')];
  // On Windows, code is a batch file, and only a shell starts those.
  const isWindows = process.platform === 'win32';
  const quoted = isWindows ? args.map((argument) => `"${argument}"`) : args;
  const { status } = spawnSync(isWindows ? `"${code}"` : code, quoted, { stdio: 'inherit', shell: isWindows });
  if (status !== 0) throw new Error(`code ended with exit code ${status}.`);
}
