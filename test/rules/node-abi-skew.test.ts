import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/node-abi-skew.js';
import { allFindings, checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';
import { project, type Locked } from '../support/node-project.js';

const app = (builder: string, final: string, install = 'RUN npm ci') => `
FROM ${builder} AS build
WORKDIR /app
COPY package.json package-lock.json ./
${install}
FROM ${final}
COPY --from=build /app /app
COPY server.js /app/
CMD ["/app/server.js"]
`;
const distroless = 'gcr.io/distroless/nodejs24-debian13';

test('says that another major version installed the modules', () => {
  checkRule(
    rule,
    `
FROM node:22-bookworm-slim AS build
WORKDIR /app
RUN npm ci
FROM gcr.io/distroless/nodejs24-debian13
COPY --from=build /app/node_modules /app/node_modules
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (information) '/app/node_modules' is installed by Node.js 22, and this image runs Node.js 24.
CMD ["/app/server.js"]
`,
  );
});

test('warns where the file shows that addons are compiled', () => {
  const severity = (install: string) => findingsOf(rule, app('node:22-slim', distroless, install))[0]?.severity;
  const compiler = 'RUN apt-get update && apt-get install -y python3 make g++ && npm ci';
  assert.equal(severity(compiler), 'warning');
  assert.equal(severity('RUN npm install better-sqlite3@11'), 'warning');
  assert.equal(severity('RUN npm install express'), 'information');
  assert.equal(severity('RUN npm install sharp'), 'information');
});

test('follows the version through build arguments and stages', () => {
  checkRule(
    rule,
    `
ARG NODE=20
FROM node:\${NODE}-alpine AS base
FROM base AS deps
WORKDIR /app
RUN yarn install --frozen-lockfile
FROM node:22-alpine
COPY --from=deps /app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^ (information) '/app/node_modules' is installed by Node.js 20, and this image runs Node.js 22.
CMD ["node", "/app/server.js"]
`,
  );
});

test('is silent for one major version', () => {
  checkSilent(rule, app('node:24.11.0-slim', distroless));
  checkSilent(rule, `ARG V=24\n${app('node:$V-slim', 'node:$V-alpine').trimStart()}`);
});

test('is silent without install scripts, and where modules are installed again', () => {
  checkSilent(rule, app('node:22-slim', distroless, 'RUN npm ci --ignore-scripts'));
  checkSilent(
    rule,
    `
FROM node:22-slim AS build
WORKDIR /app
RUN npm ci
FROM node:24-slim
COPY --from=build /app /app
RUN cd /app && npm rebuild
CMD ["node", "/app/server.js"]
`,
  );
});

test('is silent where a version is not known', () => {
  checkSilent(rule, app('registry.example.com/node:22', distroless));
  checkSilent(rule, app('node:22-slim', 'registry.example.com/node:24'));
  checkSilent(rule, app('debian:trixie-slim', distroless, 'RUN apt-get update && apt-get install -y npm && npm ci'));
  checkSilent(rule, `ARG V\n${app('node:$V', distroless).trimStart()}`);
  checkSilent(rule, app('oven/bun:1', distroless, 'RUN bun install'));
});

test('leaves another libc to the rule about it', () => {
  const found = allFindings(app('node:22-alpine', distroless)).map((finding) => finding.rule.meta.id);
  assert.ok(found.includes('node-modules-libc-mismatch'));
  assert.ok(!found.includes('node-abi-skew'));
});

test('fix: installs with the version that the image runs', () => {
  checkFix(rule, app('node:22-slim', distroless), app('node:24-slim', distroless));
  checkFix(rule, app('node:22', distroless), app('node:24', distroless));
  checkFix(
    rule,
    app('docker.io/library/node:22-bookworm', distroless),
    app('docker.io/library/node:24-bookworm', distroless),
  );
});

test('offers no fix where the tag names a patch version, or comes from elsewhere', () => {
  assert.deepEqual(fixTitles(rule, app('node:22.11.0-slim', distroless)), []);
  assert.deepEqual(fixTitles(rule, `ARG V=22\n${app('node:$V', distroless).trimStart()}`), []);
});

const sqlite = { 'better-sqlite3': { dependencies: ['bindings', 'prebuild-install'], script: true } };

const found = (packages: Locked, install = 'RUN npm ci') =>
  findingsOf(rule, app('node:22-slim', distroless, install), { files: project(packages) }).map((one) => {
    return `${one.severity} ${one.message.replace(/^.*24/, '')}`;
  });

test('is an error for a package of the lock file that is for one major version', () => {
  checkRule(
    rule,
    `
FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY server.js ./
FROM gcr.io/distroless/nodejs24-debian13
COPY --from=build /app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/app/node_modules' is installed by Node.js 22, and this image runs Node.js 24: 'server.js' imports 'better-sqlite3', which will not load.
CMD ["/app/server.js"]
`,
    { files: project(sqlite) },
  );
  assert.deepEqual(found({ 'node-expat': { dependencies: ['bindings', 'nan'] } }), [
    "error : 'server.js' imports 'node-expat', which will not load.",
  ]);
});

test('says less where the package may be missing, or the lock file may be another', () => {
  assert.deepEqual(found(sqlite, 'RUN npm install'), ["warning : 'better-sqlite3' will not load when it is used."]);
  assert.deepEqual(found({ 'cpu-features': { dependencies: ['nan'], script: true, isOptional: true } }), [
    "information : 'cpu-features' will not load when it is used.",
  ]);
  assert.deepEqual(found({ odd: { dependencies: ['prebuild-install'], script: true } }), [
    "information : 'odd' may not load.",
  ]);
  assert.deepEqual(found(sqlite, 'RUN npm ci -w api'), ['information .']);
});

test('is silent where the lock file has JavaScript alone, or Node-API', () => {
  assert.deepEqual(found({ express: {} }), []);
  assert.deepEqual(found({ canvas: { dependencies: ['node-addon-api', 'prebuild-install'], script: true } }), []);
  assert.deepEqual(
    found({ sharp: { script: true, choices: ['@img/sharp-linux-x64', '@img/sharp-linuxmusl-x64'] } }),
    [],
  );
  assert.deepEqual(found({ lmdb: { dependencies: ['nan', 'node-gyp-build'], script: true } }), []);
  assert.deepEqual(found({ 'better-sqlite3': { ...sqlite['better-sqlite3'], isDev: true } }), []);
});

test('is silent where the packages are built for a version that is named', () => {
  const files = project({ 'better-sqlite3': { dependencies: ['bindings', 'prebuild-install'], script: true } });
  const found = (install: string, more = {}) =>
    findingsOf(rule, app('node:22-slim', distroless, install), { files: { ...files, ...more } }).length;
  for (const install of [
    'RUN npm ci --target=24.0.0',
    'RUN npm_config_target=24.0.0 npm ci',
    'ENV npm_config_target=24.0.0\nRUN npm ci',
    'RUN npm config set target 24.0.0 && npm ci',
  ])
    assert.equal(found(install), 0, install);
  assert.equal(found('COPY .npmrc ./\nRUN npm ci', { '.npmrc': 'target=24.0.0\n' }), 0);
  assert.equal(found('COPY .npmrc ./\nRUN npm ci', { '.npmrc': 'target_arch=x64\n' }), 1);
});

test('is silent where another Node.js was put into one of the images', () => {
  const files = project({ 'better-sqlite3': { dependencies: ['bindings', 'prebuild-install'], script: true } });
  const found = (install: string, final = distroless) =>
    findingsOf(rule, app('node:22-slim', final, install), { files }).length;
  for (const install of ['n 24', '. ~/.nvm/nvm.sh && nvm install 24', 'npm install -g node@24'])
    assert.equal(found(`RUN ${install} && npm ci`), 0, install);
  assert.equal(found('RUN npm install -g npm@11 && npm ci'), 1);
  assert.equal(found('RUN npm ci', `${distroless}\nCOPY --from=build /usr/local/bin/node /nodejs/bin/node`), 0);
});
