import assert from 'node:assert/strict';
import { spawn, type SpawnOptions } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root, textOf } from '../support/repository.js';

// The bundle as it is shipped, in a process of its own.
let folder = '';
let cli = '';

// Required when the test runs, so that the bundler is not bundled into it.
const esbuild = createRequire(join(root, 'package.json'))('esbuild') as typeof import('esbuild');

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'distroless-guide-cli-'));
  cli = join(folder, 'cli.js');
  const entryPoints = [join(root, 'server/src/cli.ts')];
  esbuild.buildSync({ entryPoints, outfile: cli, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
});

after(() => rmSync(folder, { recursive: true, force: true }));

type Run = { readonly status: number | null; readonly out: string; readonly err: string };

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const options: SpawnOptions = { cwd: folder, env: { ...process.env, ...env }, stdio: 'pipe' };
  return spawn(process.execPath, [cli, ...args], options);
}

function run(args: readonly string[], input = ''): Promise<Run> {
  const child = start(args);
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, out, err })));
}

const broken = 'FROM scratch\nCOPY server /server\nCMD /server\n';

test('reads files and standard input, with or without a byte order mark', async () => {
  writeFileSync(join(folder, 'Dockerfile'), broken);
  writeFileSync(join(folder, 'Dockerfile.bom'), `\ufeff${broken.replaceAll('\n', '\r\n')}`);
  const fromFile = await run(['check', 'Dockerfile']);
  assert.equal(fromFile.status, 1, fromFile.err);
  assert.match(fromFile.out, /^Dockerfile:3:5: error/m);
  assert.equal((await run(['check', 'Dockerfile.bom'])).out, fromFile.out.replaceAll('Dockerfile', 'Dockerfile.bom'));
  assert.equal((await run(['check', '-'], broken)).out, fromFile.out.replaceAll('Dockerfile', '<stdin>'));
});

test('a directory and a missing file are told apart, with status 2', async () => {
  assert.deepEqual(await run(['explain', '.']), {
    status: 2,
    out: '',
    err: "distroless-guide: Cannot read '.': it is a directory.\n",
  });
  assert.match((await run(['check', 'missing'])).err, /there is no such file/);
});

test('config files are looked for up to the current folder, and beside files that are elsewhere', async () => {
  const image = 'registry.corp.example/team/base';
  const config = (shells: string) => JSON.stringify({ images: { [image]: { shells, user: 'app', entrypoint: null } } });
  const outside = mkdtempSync(join(tmpdir(), 'distroless-guide-outside-'));
  try {
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    writeFileSync(join(folder, 'a', 'b', 'Dockerfile'), `FROM ${image}:1\nCMD /server\n`);
    writeFileSync(join(folder, 'distroless.config.json'), config(''));
    assert.match((await run(['check', 'a/b/Dockerfile'])).out, /has no shell \(distroless\.config\.json\)/);
    assert.match((await run(['check', '-'], `FROM ${image}\nCMD /server\n`)).out, /shell-form-cmd-no-shell/);
    writeFileSync(join(folder, 'a', 'distroless.config.json'), config('/bin/sh'));
    assert.equal((await run(['check', 'a/b/Dockerfile'])).status, 0);
    mkdirSync(join(outside, 'x'));
    writeFileSync(join(outside, 'x', 'Dockerfile'), `FROM ${image}:1\nCMD /server\n`);
    writeFileSync(join(outside, 'distroless.config.json'), config(''));
    assert.equal((await run(['check', join(outside, 'x', 'Dockerfile')])).status, 0);
    writeFileSync(join(outside, 'x', 'distroless.config.json'), config(''));
    assert.equal((await run(['check', join(outside, 'x', 'Dockerfile')])).status, 1);
  } finally {
    rmSync(outside, { recursive: true, force: true });
    rmSync(join(folder, 'distroless.config.json'), { force: true });
  }
});

test('files around a Dockerfile are read below the current folder, and below its own when it lies elsewhere', async () => {
  const text = 'FROM alpine:3.22\nCOPY start.sh /start.sh\nENTRYPOINT ["/start.sh"]\n';
  const outside = mkdtempSync(join(tmpdir(), 'distroless-guide-outside-'));
  try {
    mkdirSync(join(folder, 'app'), { recursive: true });
    for (const where of [join(folder, 'app'), outside]) {
      writeFileSync(join(where, 'Dockerfile'), text);
      writeFileSync(join(where, 'start.sh'), '#!/bin/bash\nexec httpd -f\n', { mode: 0o755 });
    }
    assert.match((await run(['check', 'app/Dockerfile'])).out, /because app\/start\.sh:1: /);
    const elsewhere = join(outside, 'Dockerfile');
    assert.ok((await run(['check', elsewhere])).out.includes(`because ${join(outside, 'start.sh')}:1: `));
    assert.doesNotMatch((await run(['check', '--no-context', elsewhere])).out, /start\.sh:1/);
    rmSync(join(folder, 'app', 'start.sh'));
    symlinkSync(join(outside, 'start.sh'), join(folder, 'app', 'start.sh'));
    assert.doesNotMatch((await run(['check', 'app/Dockerfile'])).out, /start\.sh:1/);
  } finally {
    rmSync(outside, { recursive: true, force: true });
    rmSync(join(folder, 'app'), { recursive: true, force: true });
  }
});

test('the version is that of the manifest', async () => {
  const { version } = JSON.parse(textOf('package.json')) as { version: string };
  assert.deepEqual(await run(['--version']), { status: 0, out: `${version}\n`, err: '' });
});

test('no colours where there is no terminal', async () => {
  assert.ok(!(await run(['check', '-'], broken)).out.includes('\u001b'));
});

test('large output arrives whole', async () => {
  const stages = 'FROM registry.example.com/a\n'.repeat(300);
  const { status, out } = await run(['explain', '--format=json', '-'], stages);
  assert.equal(status, 0);
  assert.equal((JSON.parse(out) as { stages: unknown[] }).stages.length, 300);
});

test('a reader that goes away ends the program in peace', async () => {
  writeFileSync(join(folder, 'Dockerfile.long'), 'FROM registry.example.com/a\n'.repeat(2000));
  const child = start(['explain', 'Dockerfile.long']);
  let err = '';
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdout?.once('data', () => child.stdout?.destroy());
  const status = await new Promise((resolve) => child.on('close', resolve));
  assert.deepEqual([status, err], [0, '']);
});

test('lsp --stdio answers, and ends when told to', async () => {
  const child = start(['lsp', '--stdio']);
  let out = '';
  const answered = new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('"id":1')) resolve();
    });
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const send = (message: object) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  await answered;
  assert.match(out, /"capabilities":\{/);
  send({ id: 2, method: 'shutdown' });
  send({ method: 'exit' });
  assert.equal(await closed, 0);
});
