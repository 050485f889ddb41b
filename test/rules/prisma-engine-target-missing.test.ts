import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/prisma-engine-target-missing.js';
import { checkRule, checkSilent, findingsOf } from '../support/checks.js';

const schema = (lines = '', provider = 'prisma-client-js') => `generator client {
  provider = "${provider}"
${lines}
}
`;
const manifest = '{ "dependencies": { "@prisma/client": "^6.19.0" } }';
const project = (text = schema(), packageJson = manifest) => ({
  files: { 'package.json': packageJson, 'prisma/schema.prisma': text, 'server.js': '' },
});
const distroless = 'gcr.io/distroless/nodejs24-debian13';
const app = (generate: string, { builder = 'node:24-alpine', final = distroless, from = '/app' } = {}) => `
FROM ${builder} AS build
WORKDIR /app
COPY . .
RUN npm ci
RUN ${generate}
FROM ${final}
WORKDIR /app
COPY --from=build ${from} ${from}
CMD ["server.js"]
`;
const count = (text = schema(), generate = 'npx prisma generate', images = {}) =>
  findingsOf(rule, app(generate, images), project(text)).length;

test('reports a client that is generated on musl and runs on glibc', () => {
  checkRule(
    rule,
    `
FROM node:24-alpine AS build
WORKDIR /app
COPY package.json server.js ./
COPY prisma ./prisma
RUN npm install && npx prisma generate
FROM gcr.io/distroless/nodejs24-debian13
COPY --from=build /app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: The Prisma client is generated without an engine for glibc, which this image has.
CMD ["/app/server.js"]
`,
    project(),
  );
});

test('and the other way, with engines that do not fit', () => {
  assert.equal(count(schema(), 'npx prisma generate', { builder: 'node:24', final: 'node:24-alpine3.22' }), 1);
  assert.equal(count(schema('  binaryTargets = ["native", "linux-musl-arm64-openssl-3.0.x"]')), 1);
  assert.equal(count(schema('  binaryTargets = [\n    "native",\n  ]')), 1);
  assert.equal(count(schema(), 'yarn prisma generate --schema=./prisma/schema.prisma'), 1);
});

test('is silent where the engine is named, or both stages have one libc', () => {
  assert.equal(count(schema('  binaryTargets = ["native", "debian-openssl-3.0.x"]')), 0);
  assert.equal(count(schema('  binaryTargets = [\n    "native", // here\n    "rhel-openssl-3.0.x",\n  ]')), 0);
  assert.equal(count(schema('  binaryTargets = ["native", "something-new"]')), 0);
  assert.equal(count(schema(), 'npx prisma generate', { builder: 'node:24' }), 0);
});

test('is silent about clients without an engine of native code', () => {
  assert.equal(count(schema('  engineType = "client"')), 0);
  assert.equal(count(schema('  previewFeatures = ["queryCompiler", "driverAdapters"]')), 0);
  assert.equal(count(schema('  previewFeatures = ["driverAdapters"]', 'prisma-client')), 0);
  assert.equal(count(schema('', 'prisma-erd-generator')), 0);
  assert.equal(count(schema(), 'npx prisma generate --no-engine'), 0);
  const seven = project(schema(), '{ "dependencies": { "@prisma/client": "^7.0.0" } }');
  checkSilent(rule, app('npx prisma generate'), seven);
});

test('is silent where the version, the schema or a value is not known', () => {
  checkSilent(rule, app('npx prisma generate'), project(schema(), '{}'));
  checkSilent(rule, app('npx prisma generate'));
  assert.equal(count(schema('  binaryTargets = env("TARGETS")')), 0);
  assert.equal(count(schema(), 'npx prisma migrate deploy'), 0);
  assert.equal(count(schema(), 'test -f x && npx prisma generate || true'), 0);
  assert.equal(count(schema(), 'npx prisma generate', { final: 'registry.example.com/node' }), 0);
});

test('follows what is copied', () => {
  assert.equal(count(schema(), 'npx prisma generate', { from: '/app/node_modules' }), 1);
  assert.equal(count(schema(), 'npx prisma generate', { from: '/app/dist' }), 0);
  const own = schema('  output = "../generated"');
  assert.equal(count(own, 'npx prisma generate', { from: '/app/generated' }), 1);
  assert.equal(count(own, 'npx prisma generate', { from: '/app/node_modules' }), 0);
});

test('fix: names the engines of the final image', () => {
  const edit = (text: string) => {
    const [finding] = findingsOf(rule, app('npx prisma generate'), project(text));
    const [fix] = finding?.fixes() ?? [];
    assert.equal(fix?.title, "Add 'debian-openssl-3.0.x' to binaryTargets in schema.prisma");
    const [change] = fix.files ?? [];
    assert.equal(change?.path, 'prisma/schema.prisma');
    return change.edits.map((one) => `${text.slice(one.span.start, one.span.end)} > ${one.text.trim()}`);
  };
  const list = '["native", "debian-openssl-3.0.x", "linux-arm64-openssl-3.0.x"]';
  assert.deepEqual(edit(schema('  binaryTargets = ["native"]')), [`["native"] > ${list}`]);
  assert.deepEqual(edit(schema()), [` > binaryTargets = ${list}`]);
});
