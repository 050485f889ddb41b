import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArguments } from '../../server/src/cli/arguments.js';
import { runCli } from '../support/run-cli.js';

const name = 'registry.corp.example/team/base';
const dockerfile = `FROM ${name}:1\nCMD /app/server\n`;
const withoutShell = JSON.stringify({ images: { [name]: { shells: '', user: 'app', entrypoint: null } } });
const withShell = JSON.stringify({ images: { [name]: { shells: '/bin/sh', user: 'app', entrypoint: null } } });
const clean = 'No findings in 1 file.\n';

test('the nearest config file above the Dockerfile counts', async () => {
  const files = { 'api/Dockerfile': dockerfile, 'distroless.config.json': withoutShell };
  const found = await runCli(['check', 'api/Dockerfile'], files);
  assert.deepEqual([found.status, found.err], [1, '']);
  assert.match(found.out, /\[shell-form-cmd-no-shell\]/);
  assert.match(found.out, /has no shell \(distroless\.config\.json\)\./);
  const nearer = await runCli(['check', 'api/Dockerfile'], { ...files, 'api/distroless.config.json': withShell });
  assert.deepEqual(nearer, { status: 0, out: clean, err: '' });
});

test('each file has its own config', async () => {
  const files = {
    'a/Dockerfile': dockerfile,
    'b/Dockerfile': dockerfile,
    'a/distroless.config.json': withoutShell,
    'b/distroless.config.json': withShell,
  };
  const { out } = await runCli(['check', 'a/Dockerfile', 'b/Dockerfile'], files);
  assert.deepEqual(out.match(/^\w\/Dockerfile/gm), ['a/Dockerfile']);
});

test('--config names another file, --no-config leaves all out', async () => {
  const files = { Dockerfile: dockerfile, 'distroless.config.json': withShell, 'ci.json': withoutShell };
  assert.equal((await runCli(['check', '--config', 'ci.json', 'Dockerfile'], files)).status, 1);
  assert.equal((await runCli(['check', '--config=ci.json', '-'], { ...files, '-': dockerfile })).status, 1);
  const none = { ...files, 'distroless.config.json': withoutShell };
  assert.deepEqual(await runCli(['check', '--no-config', 'Dockerfile'], none), { status: 0, out: clean, err: '' });
});

test('explain tells the facts of private images', async () => {
  const files = { Dockerfile: dockerfile, 'distroless.config.json': withoutShell };
  const { out, status } = await runCli(['explain', 'Dockerfile'], files);
  assert.equal(status, 0);
  assert.match(
    out,
    /shell +none\n +'registry\.corp\.example\/team\/base:1' has no shell \(distroless\.config\.json\)\./,
  );
});

test('a broken config is told once and makes the status 2; the files are checked without it', async () => {
  const files = { 'a/Dockerfile': dockerfile, 'b/Dockerfile': dockerfile, 'distroless.config.json': '{\n  "x": 1 }' };
  const result = await runCli(['check', 'a/Dockerfile', 'b/Dockerfile'], files);
  assert.deepEqual(result, {
    status: 2,
    out: 'No findings in 2 files.\n',
    err:
      "distroless-guide: distroless.config.json:2:3: There is no key 'x' here: " +
      'the keys are $schema, images, mirrors, prefer. The file is not used.\n',
  });
  assert.equal((await runCli(['explain', 'a/Dockerfile'], files)).status, 2);
});

test('a warning about a config leaves the status alone', async () => {
  const config = JSON.stringify({ images: { [name]: { like: 'debain:13' } } });
  const { status, err } = await runCli(['check', 'Dockerfile'], {
    Dockerfile: dockerfile,
    'distroless.config.json': config,
  });
  assert.equal(status, 0);
  assert.match(err, /^distroless-guide: distroless\.config\.json:1:\d+: Nothing is known about 'debain:13'.*\.\n$/);
});

test('a config file that is named and not there checks nothing', async () => {
  const result = await runCli(['check', '--config', 'no.json', 'Dockerfile'], { Dockerfile: dockerfile });
  assert.deepEqual(
    [result.status, result.err],
    [2, "distroless-guide: Cannot read 'no.json': there is no such file.\n"],
  );
  assert.equal((await runCli(['explain', '--config', 'no.json', 'Dockerfile'], { Dockerfile: dockerfile })).out, '');
});

test('the options are for check and explain, and exclude each other', () => {
  const configOf = (...args: string[]) => {
    const request = readArguments(args);
    return 'config' in request ? request.config : 'message' in request ? request.message : null;
  };
  assert.deepEqual(configOf('check', '--config', 'x', 'a'), { file: 'x' });
  assert.equal(configOf('explain', '--no-config', 'a'), 'none');
  assert.equal(configOf('check', '--no-config', '--config=x', 'a'), '--config and --no-config do not go together.');
  assert.equal(configOf('explain', '--no-config', '--config=x', 'a'), '--config and --no-config do not go together.');
  assert.equal(configOf('lsp', '--stdio', '--no-config'), 'lsp does not take --no-config.');
});
