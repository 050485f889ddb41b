import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareBroken, compareMended, plainOutput } from '../../scripts/lab/compare.js';
import { commandOf, healthCommand } from '../../scripts/lab/container.js';
import { localName } from '../../scripts/lab/assemble.js';
import type { LabCase } from '../../scripts/lab/model.js';
import { proofPage } from '../../scripts/lab/report.js';

const example: LabCase = {
  rule: 'a-rule',
  context: {},
  fails: 'start',
  quote: 'exec: "/bin/sh": stat /bin/sh: no such file or directory',
  remedy: 'fix',
};

test('what runc logs in quotes is read as a person reads it', () => {
  const output = 'level=error msg="exec: \\"/bin/sh\\": stat /bin/sh: no such file or directory"';
  assert.deepEqual(compareBroken(example, { failed: 'start', output }), []);
  assert.equal(plainOutput('one\\ntwo'), 'one\ntwo');
});

test('a failure that does not come, comes elsewhere or reads otherwise is a difference', () => {
  const said = example.quote;
  assert.deepEqual(compareBroken(example, { failed: null, output: said }), [
    'It should fail at the start, and nothing failed.',
  ]);
  assert.deepEqual(compareBroken(example, { failed: 'build', output: said }), [
    'It should fail at the start, and failed at the build.',
  ]);
  assert.deepEqual(compareBroken(example, { failed: 'start', output: '\nother\n' }), [
    `It should say '${said}', and said: other`,
  ]);
  assert.deepEqual(compareBroken({ ...example, seen: 'other' }, { failed: 'start', output: 'other' }), []);
});

test('a mended image must pass everything', () => {
  assert.deepEqual(compareMended({ failed: null, output: '' }), []);
  assert.deepEqual(compareMended({ failed: 'health', output: '' }), [
    'Mended, it still fails at the health check: nothing',
  ]);
});

test('the command is ENTRYPOINT with CMD, the health check its own', () => {
  assert.deepEqual(commandOf({ Entrypoint: ['java', '-jar'], Cmd: ['a.jar'] }), ['java', '-jar', 'a.jar']);
  assert.deepEqual(commandOf({ Entrypoint: null, Cmd: ['a'] }), ['a']);
  assert.equal(healthCommand({}), null);
  assert.equal(healthCommand({ Healthcheck: { Test: ['NONE'] } }), null);
  assert.deepEqual(healthCommand({ Healthcheck: { Test: ['CMD', '/app', 'check'] } }), ['/app', 'check']);
  assert.deepEqual(healthCommand({ Healthcheck: { Test: ['CMD-SHELL', 'a || b'] } }), ['/bin/sh', '-c', 'a || b']);
  assert.deepEqual(healthCommand({ Healthcheck: { Test: ['CMD-SHELL', 'a'] }, Shell: ['/bin/ash', '-c'] }), [
    '/bin/ash',
    '-c',
    'a',
  ]);
});

test('names without a registry are those of Docker Hub', () => {
  assert.equal(localName('debian:13'), 'docker.io/library/debian:13');
  assert.equal(localName('team/image'), 'docker.io/team/image');
  assert.equal(localName('gcr.io/distroless/static-debian13'), 'gcr.io/distroless/static-debian13');
  assert.equal(localName('localhost:5000/a'), 'localhost:5000/a');
});

test('the page tells cases, remedies, stand-ins and reasons', () => {
  const instead = { dockerfile: 'FROM scratch\n', because: 'It is smaller.' };
  const unmended: LabCase = { ...example, variant: 'again', instead, remedy: { notStaged: 'it needs | a network' } };
  const page = proofPage({
    results: [
      { labCase: example, fix: 'Rewrite CMD in exec form', differences: [] },
      { labCase: unmended, fix: null, differences: [] },
    ],
    notStaged: [{ rule: 'other-rule', because: 'It needs Kubernetes.' }],
    roots: { static: { about: 'No C library.', packages: [], finish: '' } },
    references: new Map([
      ['static', ['example.com/static:1']],
      ['unused', []],
    ]),
    versions: ['glibc 2.36'],
  });
  for (const part of [
    `| [a-rule](rules/a-rule.md) | start | \`${example.quote}\` | Rewrite CMD in exec form |`,
    `| [a-rule](rules/a-rule.md), again | start | \`${example.quote}\` | not tried |`,
    '**a-rule (again).** It is smaller.\n\n```dockerfile\nFROM scratch\n```',
    '| `example.com/static:1` | No C library. |',
    '| [other-rule](rules/other-rule.md) | It needs Kubernetes. |',
    '| a-rule (again) | it needs \\| a network |',
    'promise: glibc 2.36.',
  ])
    assert.ok(page.includes(part), `Missing: ${part}`);
  assert.ok(!page.includes('unused'));
});
