import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/node-modules-libc-mismatch.js';
import { checkRule, findingsOf } from '../support/checks.js';
import { distrolessNode, nodeApp, programOf, project, type Locked } from '../support/node-project.js';

const sharp = {
  sharp: { dependencies: ['detect-libc'], script: true, choices: ['@img/sharp-linux-x64', '@img/sharp-linuxmusl-x64'] },
};
const both = { '@img/sharp-linux-x64': { libc: 'glibc' }, '@img/sharp-linuxmusl-x64': { libc: 'musl' } };
const withoutLibc = { '@img/sharp-linux-x64': {}, '@img/sharp-linuxmusl-x64': {} };
const bcrypt = { bcrypt: { dependencies: ['@mapbox/node-pre-gyp', 'node-addon-api'], script: true } };

const found = (packages: Locked, { install = 'RUN npm ci', final = distrolessNode, builder = 'node:24-alpine' } = {}) =>
  findingsOf(rule, nodeApp(builder, final, install), { files: project(packages) }).map(({ severity, message }) => {
    return `${severity} ${message.replace(/^.*: /, '')}`;
  });

const imported = (name: string) => `error 'server.js' imports '${name}', which will not load.`;

test('is an error for what the lock file chooses by libc', () => {
  checkRule(
    rule,
    `
FROM node:24-alpine AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY server.js ./
FROM gcr.io/distroless/nodejs24-debian13
COPY --from=build /app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/app/node_modules' is installed for musl, and this image has glibc: 'server.js' imports 'sharp', which will not load.
CMD ["/app/server.js"]
`,
    { files: project({ ...sharp, ...both }) },
  );
  assert.deepEqual(found({ ...sharp, ...both }, { builder: 'node:24', final: 'node:24-alpine' }), [imported('sharp')]);
});

test('points at the package in the lock file', () => {
  const [finding] = findingsOf(rule, nodeApp('node:24-alpine', distrolessNode), {
    files: project({ ...sharp, ...both }),
  });
  const [first] = finding?.because ?? [];
  assert.ok(first?.kind === 'file');
  assert.equal(first.file.path, 'package-lock.json');
  assert.equal(first.file.text.slice(first.span.start, first.span.end), '"node_modules/sharp"');
});

test('and for what is built on musl, with the number of the others', () => {
  assert.deepEqual(found(bcrypt), [imported('bcrypt')]);
  assert.deepEqual(found({ ...bcrypt, ...sharp, ...both }), [
    "error 'server.js' imports 'bcrypt' (and 1 more), which will not load.",
  ]);
});

test('warns of what is built on glibc, some of which loads on musl', () => {
  assert.deepEqual(found(bcrypt, { builder: 'node:24', final: 'node:24-alpine' }), ["warning 'bcrypt' may not load."]);
});

test('warns where the package is one that other packages need, or the lock file may be another', () => {
  const indirect = { auth: { dependencies: ['bcrypt'] }, bcrypt: { ...bcrypt.bcrypt, isIndirect: true } };
  assert.deepEqual(found(indirect), ["warning 'bcrypt' will not load when it is used."]);
  assert.deepEqual(found(bcrypt, { install: 'RUN npm install' }), ["warning 'bcrypt' will not load when it is used."]);
  assert.deepEqual(found(bcrypt, { install: 'RUN ./prepare.sh && npm ci' }), [
    "warning 'bcrypt' will not load when it is used.",
  ]);
});

test('is an information where the package may be missing, or has an install script of which nothing is known', () => {
  assert.deepEqual(found({ bcrypt: { ...bcrypt.bcrypt, isOptional: true } }), [
    "information 'bcrypt' will not load when it is used.",
  ]);
  assert.deepEqual(found({ odd: { script: true } }), [
    "information what the install script of 'odd' made may not load.",
  ]);
});

test('is silent where the lock file has nothing native', () => {
  assert.deepEqual(found({ express: { dependencies: ['qs'] }, qs: {} }), []);
  assert.deepEqual(
    found({ 'core-js': { script: true }, esbuild: { script: true, choices: ['@esbuild/linux-x64'] } }),
    [],
  );
  assert.deepEqual(found({ fsevents: { script: true, os: 'darwin' } }), []);
});

test('is silent about what only development needs, and about builds for both in one package', () => {
  assert.deepEqual(found({ bcrypt: { ...bcrypt.bcrypt, isDev: true } }), []);
  assert.deepEqual(found({ bcrypt: { dependencies: ['node-addon-api', 'node-gyp-build'], script: true } }), []);
});

test('but not in a stage that is built with it', () => {
  const text = `
FROM node:24-alpine AS deps
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
FROM node:24-slim AS build
COPY --from=deps /app /app
WORKDIR /app
RUN npm run build
FROM gcr.io/distroless/static-debian13
COPY --from=build /app/dist /srv
`;
  const files = project({ bcrypt: { ...bcrypt.bcrypt, isDev: true } });
  assert.deepEqual(
    findingsOf(rule, text, { files }).map(({ severity }) => severity),
    ['information'],
  );
  // A tool of the build is what such a stage loads.
  const tools = project({ '@swc/core': { ...bcrypt.bcrypt, isDev: true } });
  assert.deepEqual(
    findingsOf(rule, text, { files: tools }).map(({ severity }) => severity),
    ['warning'],
  );
});

test('npm installs both where the lock file does not tell the libc', () => {
  assert.deepEqual(found({ ...sharp, ...withoutLibc }), []);
});

test('without install scripts only what is chosen by libc counts', () => {
  const install = 'RUN npm ci --ignore-scripts';
  assert.deepEqual(found(bcrypt, { install }), []);
  assert.deepEqual(found({ ...sharp, ...both }, { install }), [imported('sharp')]);
});

test('names nothing where options choose some of the projects', () => {
  assert.deepEqual(found(bcrypt, { install: 'RUN npm ci --workspace api' }), [
    'information native code in it will not load.',
  ]);
});

test('reads the lock files of pnpm and of yarn', () => {
  const pnpm = {
    'package.json': '{}',
    'pnpm-lock.yaml': `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      bcrypt:
        specifier: ^5.1.1
        version: 5.1.1
packages:
  bcrypt@5.1.1:
    resolution: {integrity: x}
snapshots:
  bcrypt@5.1.1:
    dependencies:
      node-addon-api: 5.1.0
`,
  };
  const yarn = {
    'package.json': '{ "dependencies": { "bcrypt": "^5.1.1" } }',
    'yarn.lock':
      '# yarn lockfile v1\n\n\nbcrypt@^5.1.1:\n  version "5.1.1"\n  dependencies:\n    node-addon-api "^5.0.0"\n',
  };
  const run = (files: Readonly<Record<string, string>>, install: string) =>
    findingsOf(rule, nodeApp('node:24-alpine', distrolessNode, `COPY . .\nRUN ${install}`), {
      files: { ...files, 'server.js': programOf(['bcrypt']) },
    }).map((one) => {
      return `${one.severity} ${one.message.replace(/^.*: /, '')}`;
    });
  assert.deepEqual(run(pnpm, 'pnpm install --frozen-lockfile --prod'), [imported('bcrypt')]);
  assert.deepEqual(run(yarn, 'yarn install --frozen-lockfile'), [imported('bcrypt')]);
});

test('yarn makes node_modules with --immutable only where its settings say so', () => {
  const text = nodeApp('node:24-alpine', distrolessNode, 'COPY . .\nRUN yarn install --immutable');
  assert.deepEqual(findingsOf(rule, text, { files: { '.yarnrc.yml': 'nodeLinker: pnp\n' } }), []);
  assert.equal(findingsOf(rule, text, { files: { '.yarnrc.yml': 'nodeLinker: node-modules\n' } }).length, 1);
});

test('without a lock file package.json tells what the project asks for', () => {
  const text = nodeApp('node:24-alpine', distrolessNode, 'RUN npm install');
  const severity = (dependencies: string) =>
    findingsOf(rule, text, { files: { 'package.json': `{ "dependencies": { ${dependencies} } }` } })[0]?.severity;
  assert.equal(severity('"express": "5"'), 'information');
  assert.equal(severity('"express": "5", "bcrypt": "5"'), 'warning');
});

test('is silent where settings ask for the packages of other platforms as well', () => {
  const files = project({ ...sharp, ...both });
  const run = (settings: Readonly<Record<string, string>>) => {
    const text = nodeApp('node:24-alpine', distrolessNode, 'COPY . .\nRUN npm ci');
    return findingsOf(rule, text, { files: { ...files, ...settings } }).length;
  };
  assert.equal(run({ '.npmrc': 'audit=false\n' }), 1);
  assert.equal(run({ '.npmrc': 'libc=glibc\n' }), 0);
  assert.equal(run({ 'pnpm-workspace.yaml': 'supportedArchitectures:\n  libc: [glibc, musl]\n' }), 0);
});
