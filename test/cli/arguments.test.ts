import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArguments } from '../../server/src/cli/arguments.js';
import { runCli } from '../support/run-cli.js';

const plainBuild = { target: null, buildArgs: {}, readsContext: true };

test('check takes files, a format and a level', () => {
  assert.deepEqual(readArguments(['check', 'a', 'b']), {
    command: 'check',
    format: 'text',
    failOn: 'error',
    config: 'nearest',
    build: plainBuild,
    files: ['a', 'b'],
  });
  assert.deepEqual(readArguments(['check', '--format', 'json', '--fail-on=info', '-']), {
    command: 'check',
    format: 'json',
    failOn: 'info',
    config: 'nearest',
    build: plainBuild,
    files: ['-'],
  });
  assert.deepEqual(readArguments(['--fail-on', 'never', 'check', '--', '--odd']), {
    command: 'check',
    format: 'text',
    failOn: 'never',
    config: 'nearest',
    build: plainBuild,
    files: ['--odd'],
  });
});

test('check and explain take what docker build would', () => {
  const args = ['--target=app', '--build-arg', 'A=1', '--build-arg=B=x=y', '--build-arg', 'C=', '--no-context', 'a'];
  const build = { target: 'app', buildArgs: { A: '1', B: 'x=y', C: '' }, readsContext: false };
  for (const command of ['check', 'explain']) {
    const request = readArguments([command, ...args]);
    assert.deepEqual('build' in request && request.build, build);
  }
  const odd = readArguments(['check', '--build-arg', '__proto__=1', 'a']);
  assert.deepEqual('build' in odd && Object.entries(odd.build.buildArgs), [['__proto__', '1']]);
});

test('explain takes one file, lsp takes --stdio', () => {
  for (const format of ['json', 'mermaid'])
    assert.deepEqual(readArguments(['explain', 'a', `--format=${format}`]), {
      command: 'explain',
      format,
      config: 'nearest',
      build: plainBuild,
      file: 'a',
    });
  assert.deepEqual(readArguments(['lsp', '--stdio']), { command: 'lsp' });
  assert.deepEqual(readArguments(['lsp', '--stdio', '--clientProcessId=12']), { command: 'lsp' });
});

for (const [args, message] of [
  [[], 'A command is missing.'],
  [['inspect', 'a'], "There is no command 'inspect'."],
  [['check'], 'check needs at least one FILE.'],
  [['check', '--format', 'xml', 'a'], "--format is text or json, not 'xml'."],
  [['check', '--format', 'mermaid', 'a'], "--format is text or json, not 'mermaid'."],
  [['explain', '--format', 'xml', 'a'], "--format is text, json or mermaid, not 'xml'."],
  [['check', '--fail-on', 'hint', 'a'], "--fail-on is error, warning, info or never, not 'hint'."],
  [['check', '--fail-on=', 'a'], "--fail-on is error, warning, info or never, not ''."],
  [['check', '--stdio', 'a'], 'check does not take --stdio.'],
  [['check', '--build-arg', 'A', 'a'], "--build-arg is NAME=VALUE, not 'A'."],
  [['explain', '--build-arg', '=1', 'a'], "--build-arg is NAME=VALUE, not '=1'."],
  [['check', '--target=', 'a'], '--target needs the name or the number of a stage.'],
  [['lsp', '--stdio', '--no-context'], 'lsp does not take --no-context.'],
  [['explain'], 'explain needs exactly one FILE.'],
  [['explain', 'a', 'b'], 'explain needs exactly one FILE.'],
  [['explain', '--fail-on', 'never', 'a'], 'explain does not take --fail-on.'],
  [['lsp'], 'lsp needs --stdio.'],
  [['lsp', '--stdio', 'a'], 'lsp takes no FILE.'],
  [['check', '--quiet', 'a'], "Unknown option '--quiet'."],
] as const) {
  test(`wrong usage: ${args.join(' ') || 'nothing'}`, async () => {
    assert.deepEqual(readArguments(args), { command: 'usage', message });
    const { status, out, err } = await runCli(args, { a: 'FROM scratch\n' });
    assert.equal(status, 2);
    assert.equal(out, '');
    assert.ok(err.startsWith(`distroless-guide: ${message}\nUsage: distroless-guide check `), err);
  });
}

test('--format without a value is wrong usage', async () => {
  const { status, err } = await runCli(['check', '--format']);
  assert.equal(status, 2);
  assert.match(err, /^distroless-guide: .*--format/);
});

test('help and version go to standard output', async () => {
  for (const args of [['--help'], ['-h'], ['check', '--help']]) {
    const { status, out, err } = await runCli(args);
    assert.deepEqual([status, err], [0, '']);
    for (const line of out.split('\n')) assert.ok(line.length <= 96, line);
    assert.match(out, /--fail-on error\|warning\|info\|never/);
  }
  assert.deepEqual(await runCli(['--version']), { status: 0, out: '1.2.3\n', err: '' });
});

test('lsp starts the server and leaves the status to it', async () => {
  assert.deepEqual(await runCli(['lsp', '--stdio']), { status: null, out: 'server', err: '' });
});
