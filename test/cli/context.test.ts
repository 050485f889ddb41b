import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FindingJson } from '../../server/src/cli/check.js';
import type { Explanation } from '../../server/src/features/explain.js';
import { runCli } from '../support/run-cli.js';

const started = 'FROM alpine:3.22\nCOPY start.sh /start.sh\nENTRYPOINT ["/start.sh"]\n';
const files = { 'app/Dockerfile': started, 'app/start.sh': '#!/bin/bash\nexec httpd -f\n' };
const rule = 'script-entrypoint-no-interpreter';

test('text names the file and the line of a reason that lies elsewhere', async () => {
  const { status, out } = await runCli(['check', 'app/Dockerfile'], files);
  assert.equal(status, 1);
  assert.match(out, /^ {2}because app\/start\.sh:1: \S.*\.$/m);
});

test('json has the file and the range of such a reason', async () => {
  const { out } = await runCli(['check', '--format', 'json', 'app/Dockerfile'], files);
  const finding = (JSON.parse(out) as FindingJson[]).find((one) => one.rule === rule);
  const reason = finding?.because.find(({ file }) => file !== undefined);
  assert.equal(reason?.file, 'app/start.sh');
  assert.deepEqual(reason.range?.start, { line: 0, character: 0 });
});

test('--no-context reads nothing around the Dockerfile, nor is anything read for standard input', async () => {
  for (const args of [['--no-context', 'app/Dockerfile'], ['-']]) {
    const { out } = await runCli(['check', '--fail-on=never', ...args], { ...files, '-': started });
    assert.doesNotMatch(out, /start\.sh:1/, args.join(' '));
  }
});

test('json has the changes of other files that a fix makes', async () => {
  const dockerfile =
    'FROM node:24-alpine\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\nCMD ["node", "a.js"]\n';
  const around = { 'app/Dockerfile': dockerfile, 'app/package.json': '{}', 'app/node_modules/x/package.json': '{}' };
  const changesFor = async (more: Readonly<Record<string, string>>) => {
    const { out } = await runCli(['check', '--format', 'json', 'app/Dockerfile'], { ...around, ...more });
    const fixes = (JSON.parse(out) as FindingJson[]).flatMap((one) => one.fixes);
    return fixes.find(({ title }) => title === "Add 'node_modules' to .dockerignore")?.files;
  };
  const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 0 } });
  assert.deepEqual(await changesFor({}), [
    { file: 'app/.dockerignore', isNew: true, edits: [{ range: at(0), newText: 'node_modules\n' }] },
  ]);
  assert.deepEqual(await changesFor({ 'app/.dockerignore': '.git\n' }), [
    { file: 'app/.dockerignore', isNew: false, edits: [{ range: at(1), newText: 'node_modules\n' }] },
  ]);
});

const staged = 'ARG BASE=debian:13\nFROM $BASE AS first\nUSER 1000\nFROM scratch AS last\nCMD /server\n';

test('--target chooses the stage that is built, by name or number', async () => {
  const finals = async (...args: string[]) => {
    const { out } = await runCli(['explain', '--format=json', ...args, 'f'], { f: staged });
    return (JSON.parse(out) as Explanation).stages.map(({ final }) => final);
  };
  assert.deepEqual(await finals(), [false, true]);
  assert.deepEqual(await finals('--target', 'first'), [true, false]);
  assert.deepEqual(await finals('--target', 'FIRST'), [true, false]);
  assert.deepEqual(await finals('--target', '0'), [true, false]);
  assert.deepEqual(await finals('--target', 'last'), [false, true]);
  assert.equal((await runCli(['check', 'f'], { f: staged })).status, 1);
  assert.equal((await runCli(['check', '--target', 'first', 'f'], { f: staged })).status, 0, 'CMD is never run.');
});

test('a stage that is not there makes 2', async () => {
  for (const command of ['check', 'explain']) {
    const { status, err } = await runCli([command, '--target', 'none', 'f'], { f: staged });
    assert.deepEqual([status, err], [2, "distroless-guide: There is no stage 'none' in 'f'.\n"]);
  }
});

test('--build-arg gives a value', async () => {
  const { out } = await runCli(['explain', '--format=json', '--build-arg', 'BASE=alpine:3.22', 'f'], { f: staged });
  assert.equal((JSON.parse(out) as Explanation).stages[0]?.base.image, 'alpine:3.22');
});
