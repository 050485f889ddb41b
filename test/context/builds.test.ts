import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBake } from '../../server/src/context/bake.js';
import type { Build } from '../../server/src/context/builds.js';
import { readCompose } from '../../server/src/context/compose.js';
import { finalStage } from '../../server/src/interpret/processes.js';
import { allFindings, analysisOf } from '../support/checks.js';
import type { MemoryFiles } from '../support/memory-tree.js';

function compose(text: string, folder = ''): readonly Build[] {
  return readCompose({ path: 'compose.yaml', uri: null, text }, { folder, hasEnvironment: false });
}

function bake(text: string, path = 'docker-bake.hcl'): readonly Build[] {
  return readBake({ path, uri: null, text }, { folder: '', hasEnvironment: false });
}

function plain(builds: readonly Build[]): unknown {
  return builds.map(({ name, context, dockerfile, target, args }) => {
    const given = [...args].map(([key, { value }]) => `${key}=${value ?? '?'}`);
    return [name, context, dockerfile, target ? target.value : null, ...given];
  });
}

test('a compose file: short and long form, defaults, what is elsewhere', () => {
  const builds = compose(
    `
services:
  short:
    build: ./app
  long:
    image: example
    build:
      context: .
      dockerfile: docker/web.Dockerfile
      target: runtime
      args:
        VERSION: "24"
        PLAIN: 1
        WITH: \${WITH:-default}
        WITHOUT: \${WITHOUT}
  list:
    build: { context: ../other, args: [A=1, B] }
  remote:
    build: https://example.com/repository.git
  inline:
    build:
      context: .
      dockerfile_inline: FROM scratch
  none:
    image: example
`,
    'deploy',
  );
  assert.deepEqual(plain(builds), [
    ['short', 'deploy/app', 'deploy/app/Dockerfile', null],
    ['long', 'deploy', 'deploy/docker/web.Dockerfile', 'runtime', 'VERSION=24', 'PLAIN=1', 'WITH=default', 'WITHOUT=?'],
    ['list', 'other', 'other/Dockerfile', null, 'A=1'],
    ['remote', null, null, null],
    ['inline', 'deploy', null, null],
  ]);
});

test('places in a compose file', () => {
  const text =
    'services:\n  # app: no\n  app:\n    build:\n      context: .\n      target: prod\n      args:\n        - NODE=24\n  b:\n    build: .\n';
  const [app] = compose(text);
  assert.ok(app?.target);
  assert.equal(text.slice(app.span.start, app.span.end), 'app');
  assert.equal(text.slice(app.target.span.start, app.target.span.end), 'target: prod');
  const node = app.args.get('NODE');
  assert.equal(node && text.slice(node.span.start, node.span.end), 'NODE=24');
});

test('anchors and merge keys', () => {
  const builds = compose(
    'x-b: &b\n  context: .\n  target: prod\nservices:\n  a:\n    build:\n      <<: *b\n      args: { A: 1 }\n',
  );
  assert.deepEqual(plain(builds), [['a', '', 'Dockerfile', 'prod', 'A=1']]);
});

test('a bake file: variables, inheritance, templates', () => {
  const builds = bake(`
# comment
variable "TAG" { default = "24" }
variable "NONE" {}
group "default" { targets = ["app", "tool"] }
target "_base" {
  dockerfile = "docker/Dockerfile"
  args = {
    NODE = TAG
    FULL = "node:\${TAG}-slim" // comment
    OPEN = "\${NONE}"
    CALL = upper("x")
  }
}
target "app" {
  inherits = ["_base"]
  context = "."
  target = "runtime"
  platforms = [
    "linux/amd64",
    "linux/arm64",
  ]
  cache-from = [{ type = "gha", scope = "a" }]
}
target "tool" {
  context = "https://example.com/x.git"
}
target "many" {
  matrix = { x = ["a"] }
}
`);
  assert.deepEqual(plain(builds), [
    ['_base', '', 'docker/Dockerfile', null, 'NODE=24', 'FULL=node:24-slim', 'OPEN=?', 'CALL=?'],
    ['app', '', 'docker/Dockerfile', 'runtime', 'NODE=24', 'FULL=node:24-slim', 'OPEN=?', 'CALL=?'],
    ['tool', null, null, null],
    ['many', '', 'Dockerfile', null],
  ]);
});

test('a bake file in JSON', () => {
  const text = JSON.stringify({
    variable: { V: { default: '1' } },
    target: { app: { target: 'prod', args: { A: '${V}' } } },
  });
  assert.deepEqual(plain(bake(text, 'docker-bake.json')), [['app', '', 'Dockerfile', 'prod', 'A=1']]);
});

test('what cannot be read gives no builds', () => {
  const deep = '['.repeat(500);
  for (const text of [
    '',
    '{',
    ': :',
    'services: 1',
    `services: ${deep}`,
    'services:\n  a:\n    build: [1]',
    '\0',
    'a: &a [*a]',
  ])
    assert.deepEqual(compose(text), [], text.slice(0, 20));
  for (const text of [
    '{',
    'target "a" {',
    `a = ${deep}`,
    'target "a" { x = "',
    '<<EOF',
    '"'.repeat(99),
    'a '.repeat(99),
  ])
    assert.deepEqual(bake(text), [], text.slice(0, 20));
  for (const text of ['', '1', '[]', '{"target": {"a": 1']) assert.deepEqual(bake(text, 'docker-bake.json'), [], text);
});

test('a target that inherits from itself ends', () => {
  const builds = bake('target "a" { inherits = ["b"] }\ntarget "b" { inherits = ["a"]\n target = "x" }\n');
  assert.deepEqual(plain(builds), [
    ['a', '', 'Dockerfile', 'x'],
    ['b', '', 'Dockerfile', 'x'],
  ]);
});

const stages = `
FROM node:24-alpine AS base
FROM base AS prod
CMD ["node", "a.js"]
FROM base AS test
CMD ["node", "test.js"]
`;

function finalName(files: MemoryFiles, text = stages): string | null | undefined {
  return finalStage(analysisOf(text, { files }))?.name;
}

test('the final stage is the last one, unless a build names another', () => {
  const target = (name: string) => ({
    'compose.yaml': `services:\n  app:\n    build:\n      context: .\n      target: ${name}\n`,
  });
  assert.equal(finalName({}), 'test');
  assert.equal(finalName(target('prod')), 'prod');
  assert.equal(finalName(target('PROD')), 'prod');
  assert.equal(finalName(target('1')), 'prod');
  assert.equal(finalName(target('nothing')), 'test');
  assert.equal(finalName({ 'docker-bake.hcl': 'target "x" { target = "prod" }' }), 'prod');
});

test('a stage for work on the project does not become the final one', () => {
  const text = 'FROM alpine AS dev\nFROM alpine AS prod\n';
  assert.equal(
    finalName({ 'compose.yml': 'services:\n  app:\n    build:\n      context: .\n      target: dev\n' }, text),
    'prod',
  );
});

test('another Dockerfile is not meant', () => {
  assert.equal(
    finalName({ 'compose.yaml': 'services:\n  app:\n    build:\n      context: ./other\n      target: prod\n' }),
    'test',
  );
});

test('what another build makes is needed as well', () => {
  const files = { 'compose.yaml': 'services:\n  app:\n    build:\n      context: .\n      target: prod\n' };
  assert.deepEqual(
    analysisOf(stages, { files }).stages.map(({ isNeeded }) => isNeeded),
    [true, true, true],
  );
  assert.deepEqual(
    analysisOf(stages).stages.map(({ isNeeded }) => isNeeded),
    [true, false, true],
  );
});

test('build arguments of a build file count, and the reason is told', () => {
  const text = 'ARG BASE\nFROM ${BASE}\nCMD echo hello\n';
  const files = {
    'compose.yaml':
      'services:\n  app:\n    build:\n      context: .\n      args:\n        BASE: gcr.io/distroless/static-debian13\n',
  };
  const base = analysisOf(text, { files }).stages[0]?.base;
  assert.equal(base?.kind === 'image' && base.reference?.text, 'gcr.io/distroless/static-debian13');
  const finding = allFindings(text, { files }).find(({ rule }) => rule.meta.id === 'shell-form-cmd-no-shell');
  assert.ok(finding);
  assert.deepEqual(
    allFindings(text).filter(({ severity }) => severity === 'error'),
    [],
  );
  const other = { ...files, 'docker-bake.hcl': 'target "x" { args = { BASE = "alpine" } }' };
  assert.equal(analysisOf(text, { files: other }).buildArgs.get('BASE'), undefined);
});

test('the context of a build is the root', () => {
  const files = {
    'compose.yaml': 'services:\n  app:\n    build:\n      context: .\n      dockerfile: docker/Dockerfile\n',
  };
  const { root, isSure, because } = analysisOf('FROM alpine\nCOPY . .\n', { files, path: 'docker/Dockerfile' }).context;
  assert.equal(root, '');
  assert.ok(isSure);
  assert.equal(because?.kind, 'file');
});
