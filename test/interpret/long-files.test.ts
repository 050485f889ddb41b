import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analysisOf } from '../support/checks.js';
import { fileFact } from '../../server/src/interpret/query.js';

function repeat(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

test('a stage of sixty thousand instructions', () => {
  const kinds = [
    (i: number) => `RUN echo ${i}`,
    (i: number) => `COPY f${i}.txt /d/`,
    (i: number) => `ENV E${i}=$E${i - 3}`,
  ];
  const { stages } = analysisOf(`FROM debian:12\n${repeat(60_000, (i) => (kinds[i % 3] ?? assert.fail())(i))}`);
  const [stage] = stages;
  assert.equal(stage?.steps.length, 60_000);
  assert.equal(stage && fileFact(stage.end, '/d/f59998.txt').known, true);
});

test('twenty thousand stages, each based on the one before', () => {
  const { stages } = analysisOf(
    repeat(20_000, (i) => (i === 0 ? 'FROM alpine:3.20 AS s0' : `FROM s${i - 1} AS s${i}\nRUN touch /f${i}`)),
  );
  const last = stages.at(-1) ?? assert.fail();
  assert.equal(stages.length, 20_000);
  assert.deepEqual(
    ['/f1', '/f19999'].map((path) => fileFact(last.end, path).known),
    [true, true],
  );
});

test('thousands of stages that branch off one, and copy from the one before', () => {
  const branches = repeat(
    5000,
    (i) => `FROM base AS b${i}\nCOPY --from=${i === 0 ? 'base' : `b${i - 1}`} /d /d\nRUN touch /d/x${i}`,
  );
  const { stages } = analysisOf(`FROM debian:12 AS base\n${repeat(5000, (i) => `RUN touch /d/f${i}`)}\n${branches}`);
  const last = stages.at(-1) ?? assert.fail();
  assert.equal(fileFact(last.end, '/d/x4999').known, true);
  assert.equal(fileFact(last.end, '/d/f4999').known, true);
});

test('thousands of packages installed and removed', () => {
  const lines = repeat(5000, (i) => `RUN apk add -t .g${i} p${i}`) + '\n' + repeat(5000, (i) => `RUN apk del .g${i}`);
  const [stage] = analysisOf(`FROM alpine:3.20\n${lines}`).stages;
  const installed = [...(stage?.end.packages.entries() ?? [])].filter(([, item]) => item.installed);
  assert.equal(stage?.end.packages.get('p4999')?.installed, false);
  assert.deepEqual(installed, []);
});
