import { fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import vm from 'node:vm';

/** Carries messages to one running server and back. */
export type Transport = {
  readonly send: (message: unknown) => void;
  readonly listen: (receive: (message: unknown) => void) => void;
  /** Settles when the server has ended, with the exit code where there is one. */
  readonly ended: Promise<number | null>;
  readonly kill: () => void;
};

export type StreamTransport = Transport & {
  /** Sends text as it is, for messages that are none. */
  readonly sendRaw: (text: string) => void;
  /** Closes the stream that the server reads. */
  readonly hangUp: () => void;
};

/** The Node server in a process of its own, spoken to over its standard streams. */
export function startProcess(): StreamTransport {
  const server = spawn(process.execPath, [bundle('node'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  server.stdin.on('error', () => {
    // The server has ended before reading all of it: `ended` tells.
  });
  const sendRaw = (text: string) => void server.stdin.write(text);
  return {
    sendRaw,
    hangUp: () => void server.stdin.end(),
    send: (message) => {
      const body = JSON.stringify(message);
      sendRaw(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    },
    listen: (receive) => readMessages(server.stdout, receive),
    ended: new Promise((resolve) => server.once('exit', resolve)),
    kill: () => server.kill(),
  };
}

/** The Node server as VS Code starts it: messages are handed over as they are. */
export function startFork(): Transport {
  const server = fork(bundle('node'), ['--node-ipc'], { execArgv: [] });
  server.on('error', () => {
    // The server has ended before it was told all: `ended` tells.
  });
  return {
    send: (message) => void server.send(message as object),
    listen: (receive) => void server.on('message', receive),
    ended: new Promise((resolve) => server.once('exit', resolve)),
    kill: () => server.kill(),
  };
}

/** The web server in a context that has what a web worker has, and nothing of Node. */
export function startWorker(): Transport {
  let receive: (message: unknown) => void = () => undefined;
  let end: (code: null) => void = () => undefined;
  const ended = new Promise<null>((resolve) => (end = resolve));
  const context: vm.Context = {
    console,
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    queueMicrotask,
    TextDecoder,
    TextEncoder,
    addEventListener: () => undefined,
    postMessage: (message: unknown) => receive(JSON.parse(JSON.stringify(message))),
    close: () => end(null),
  };
  context['self'] = context;
  vm.createContext(context);
  vm.runInContext(readFileSync(bundle('browser'), 'utf8'), context);
  const deliver = vm.runInContext('(text) => self.onmessage({ data: JSON.parse(text) })', context) as Deliver;
  return {
    send: (message) => setImmediate(deliver, JSON.stringify(message)),
    listen: (handler) => (receive = handler),
    ended,
    kill: () => end(null),
  };
}

type Deliver = (text: string) => void;

// Required when the test runs, so that the bundler is not bundled into it.
const esbuild = createRequire(join(process.cwd(), 'package.json'))('esbuild') as typeof import('esbuild');

const entryPoints = { node: 'server/src/main.ts', browser: 'server/src/browser.ts' };
const built = new Map<string, string>();

/** Bundles the server from its sources, as esbuild.mjs does, into a folder that goes when the tests end. */
function bundle(platform: 'node' | 'browser'): string {
  const known = built.get(platform);
  if (known) return known;
  const folder = mkdtempSync(join(tmpdir(), 'distroless-guide-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'server.js');
  esbuild.buildSync({
    bundle: true,
    entryPoints: [entryPoints[platform]],
    format: platform === 'node' ? 'cjs' : 'iife',
    outfile: file,
    platform,
    target: 'es2022',
    logLevel: 'warning',
  });
  built.set(platform, file);
  return file;
}

function readMessages(stream: NodeJS.ReadableStream, receive: (message: unknown) => void): void {
  let buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const headerEnd = buffer.indexOf('\r\n\r\n');
      if (headerEnd < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.toString('ascii', 0, headerEnd))?.[1]);
      const end = headerEnd + 4 + length;
      if (buffer.length < end) return;
      const message: unknown = JSON.parse(buffer.toString('utf8', headerEnd + 4, end));
      buffer = buffer.subarray(end);
      receive(message);
    }
  });
}
