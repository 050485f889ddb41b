import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExplainedFact, Explanation } from '../../server/src/features/explain.js';
import { runCli } from '../support/run-cli.js';

async function explain(text: string): Promise<Explanation> {
  const { status, out, err } = await runCli(['explain', '--format=json', 'Dockerfile'], { Dockerfile: text });
  assert.deepEqual([status, err], [0, '']);
  return JSON.parse(out) as Explanation;
}

/** The value of a known fact, which must have a reason; `undefined` for one that is not known. */
function value<T>(fact: ExplainedFact<T> | undefined): T | undefined {
  assert.ok(fact);
  for (const { message } of fact.because) assert.match(message, /\S/);
  if (!fact.known) return undefined;
  assert.ok(fact.because.length > 0, 'A known fact has a reason.');
  return fact.value;
}

const keys = [
  ...['os', 'libc', 'shell', 'packageManager', 'user', 'workdir', 'entrypoint', 'cmd', 'runtime', 'status', 'eol'],
  'contains',
];

test('every stage has its place and all facts', async () => {
  const { file, stages } = await explain(
    'ARG BASE=golang:1.25\nFROM ${BASE} AS build\nRUN go build -o /app .\nFROM build\nFROM scratch AS last\n',
  );
  assert.equal(file, 'Dockerfile');
  assert.deepEqual(
    stages.map(({ facts, ...place }) => {
      assert.deepEqual(Object.keys(facts), keys);
      return place;
    }),
    [
      {
        index: 0,
        name: 'build',
        line: 2,
        final: false,
        base: { reference: '${BASE}', image: 'golang:1.25', stage: null },
      },
      { index: 1, name: null, line: 4, final: false, base: { reference: 'build', image: null, stage: 0 } },
      { index: 2, name: 'last', line: 5, final: true, base: { reference: 'scratch', image: null, stage: null } },
    ],
  );
});

test('scratch: known to hold nothing', async () => {
  const [stage] = (await explain('FROM scratch\nUSER 1000\nWORKDIR /srv\nCMD ["/app", "-v"]\n')).stages;
  assert.ok(stage);
  const { facts } = stage;
  assert.deepEqual(value(facts.libc), { kind: 'none', version: null });
  for (const fact of [facts.os, facts.shell, facts.packageManager, facts.entrypoint, facts.runtime]) {
    assert.equal(value<unknown>(fact), null);
  }
  assert.deepEqual(value(facts.user), { name: null, uid: 1000 });
  assert.equal(value(facts.workdir), '/srv');
  assert.deepEqual(value(facts.cmd), ['/app', '-v']);
  assert.equal(value(facts.contains['ca-certificates']), false);
  assert.deepEqual(
    facts.workdir.because.map(({ line }) => line),
    [3],
  );
});

test('an image of the catalog: its facts, with where they were read', async () => {
  const [stage] = (await explain('FROM gcr.io/distroless/static-debian13:nonroot\n')).stages;
  assert.ok(stage);
  const { facts } = stage;
  assert.equal(value(facts.os)?.id, 'debian');
  assert.equal(value(facts.shell), null);
  assert.equal(value(facts.packageManager), null);
  assert.equal(value(facts.user)?.uid, 65532);
  assert.equal(value(facts.contains['ca-certificates']), true);
  assert.match(facts.shell.because[0]?.message ?? '', /read \d{4}-\d{2}-\d{2}\)\.$/);
});

test('an image that nobody knows: nothing is known, and the reason says so', async () => {
  const [stage] = (await explain('FROM registry.example.com/team/base:1\n')).stages;
  assert.ok(stage);
  for (const fact of [stage.facts.libc, stage.facts.shell, stage.facts.status, stage.facts.eol]) {
    assert.equal(value<unknown>(fact), undefined);
    assert.match(fact.because[0]?.message ?? '', /registry\.example\.com/);
  }
});

test('text says the same for people', async () => {
  const text = 'FROM scratch AS base\nFROM base\nUSER 1000\n';
  const { status, out } = await runCli(['explain', 'Dockerfile'], { Dockerfile: text });
  assert.equal(status, 0);
  assert.match(out, /^Dockerfile:1: stage 0 'base' from scratch$/m);
  assert.match(out, /^Dockerfile:2: stage 1 from base \(stage 0\), the final stage$/m);
  assert.match(out, /^ {2}shell {12}none$/m);
  assert.match(out, /^ {2}user {13}1000\n {6}line 3: \S.*$/m);
});

test('a file without stages, and one that is missing', async () => {
  assert.deepEqual((await explain('# nothing\n')).stages, []);
  assert.equal((await runCli(['explain', 'f'], { f: '' })).out, 'f: there are no stages.\n');
  assert.deepEqual(await runCli(['explain', 'missing']), {
    status: 2,
    out: '',
    err: "distroless-guide: Cannot read 'missing': there is no such file.\n",
  });
});

test('--format mermaid prints the stages as a flowchart, and an empty one where there are none', async () => {
  const files = { Dockerfile: 'FROM golang:1.26 AS build\nFROM scratch\nCOPY --from=build /app /app\n', empty: '' };
  const { status, out, err } = await runCli(['explain', '--format=mermaid', 'Dockerfile'], files);
  assert.deepEqual([status, err], [0, '']);
  assert.match(out, /^flowchart LR\n/);
  assert.match(out, /stage0 -\. "\/app" \.-> stage1/);
  const empty = await runCli(['explain', '--format=mermaid', 'empty'], files);
  assert.equal(empty.status, 0);
  assert.doesNotMatch(empty.out, /stage/);
});
