import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosenPackage, complaints, npmLock, type Project } from '../support/neighbours.js';
import { programOf } from '../support/node-project.js';
import type { MemoryFiles } from '../support/memory-tree.js';

const sqlite = {
  'node_modules/better-sqlite3': {
    version: '12.5.0',
    hasInstallScript: true,
    dependencies: { bindings: '^1.5.0', 'prebuild-install': '^7.1.1' },
  },
};

const using = (dependencies: object, packages: Readonly<Record<string, object>>): MemoryFiles => ({
  '.dockerignore': 'node_modules\n',
  'package.json': JSON.stringify({ dependencies }),
  'package-lock.json': npmLock(packages, dependencies),
  'server.js': programOf(Object.keys(dependencies)),
});

const argon = using({ '@node-rs/argon2': '2' }, chosenPackage('@node-rs/argon2'));
const database = using({ 'better-sqlite3': '12' }, sqlite);

type Stages = {
  readonly builder?: string;
  readonly install?: string;
  readonly copy?: string;
  readonly last?: string;
};

const staged = ({ builder = 'node:24-alpine', install = 'RUN npm ci', copy, last = '' }: Stages) => `
FROM ${builder} AS build
WORKDIR /app
COPY . .
${install}
FROM node:24-slim
WORKDIR /app
${copy ?? 'COPY --from=build /app /app'}
${last}
USER node
CMD ["node", "server.js"]
`;

const mismatch = ['error node-modules-libc-mismatch'];

test('what surely breaks is an error', () => {
  assert.deepEqual(complaints({ dockerfile: staged({}), files: argon }), mismatch);
  assert.deepEqual(complaints({ dockerfile: staged({}), files: database }), mismatch);
  const older = staged({ builder: 'node:22-slim' });
  assert.deepEqual(complaints({ dockerfile: older, files: database }), ['error node-abi-skew']);
});

const workspace = (lock: string): MemoryFiles => ({
  '.dockerignore': '**/node_modules\n',
  'package.json': '{ "workspaces": ["apps/*"] }',
  'package-lock.json': lock,
  'apps/api/package.json': '{ "dependencies": { "express": "4" } }',
  'apps/api/server.js': '',
  'apps/web/package.json': '{ "dependencies": { "@node-rs/argon2": "2" } }',
});

const twoApps = npmLock({
  'apps/api': { name: 'api', dependencies: { express: '4' } },
  'apps/web': { name: 'web', dependencies: { '@node-rs/argon2': '2' } },
  ...chosenPackage('@node-rs/argon2'),
});

test('in a workspace another app may be the one that needs the package', () => {
  const files = workspace(twoApps);
  const copy = 'COPY --from=build /app/node_modules ./node_modules\nCOPY --from=build /app/apps/api ./';
  assert.deepEqual(complaints({ dockerfile: staged({ copy }), files }), ['warning node-modules-libc-mismatch']);
  assert.deepEqual(complaints({ dockerfile: staged({ copy, install: 'RUN npm ci -w api' }), files }), []);
});

test('in a folder of a workspace the lock file of that folder is not what the tool reads', () => {
  const files = { ...workspace(twoApps), 'apps/api/package-lock.json': argon['package-lock.json'] ?? '' };
  const install = 'WORKDIR /app/apps/api\nRUN npm ci';
  const copy = 'COPY --from=build /app/apps/api ./';
  assert.deepEqual(complaints({ dockerfile: staged({ copy, install }), files }), [
    'warning node-modules-libc-mismatch',
  ]);
});

const silent = (name: string, project: Project) =>
  test(name.replace(/\s*\n\s*/g, '; '), () => assert.deepEqual(complaints(project), []));

for (const last of [
  'RUN npm rebuild',
  'RUN npm rebuild better-sqlite3',
  'RUN npm ci --omit=dev',
  'RUN rm -rf node_modules && npm ci',
])
  silent(`installed again in the final stage: ${last}`, { dockerfile: staged({ last }), files: database });

for (const install of [
  'RUN npm ci --libc=glibc --os=linux',
  'ENV npm_config_libc=glibc\nRUN npm ci',
  'RUN npm config set libc=glibc && npm ci',
  'RUN npm ci && npm install --os=linux --libc=glibc --cpu=x64 @node-rs/argon2',
  'RUN npm ci --cpu=wasm32',
])
  silent(`packages for another platform: ${install}`, { dockerfile: staged({ install }), files: argon });

for (const install of [
  'RUN npm ci && npm run build && rm -rf node_modules',
  'RUN npm ci && npm run build\nRUN rm -rf ./node_modules',
  'RUN npm ci && npm run build && npx rimraf node_modules',
  'RUN npm ci && npm run build && npx --yes rimraf node_modules',
  "RUN npm ci && npm run build && find . -name node_modules -type d -prune -exec rm -rf '{}' +",
  'RUN npm ci && npm run build && find . -name node_modules | xargs rm -rf',
  'RUN --mount=type=cache,target=/app/node_modules npm ci && npm run build',
  'RUN --mount=type=tmpfs,target=/app/node_modules npm ci && npm run build',
])
  silent(`a bundled program without its packages: ${install}`, { dockerfile: staged({ install }), files: argon });

silent('standalone output of Next.js', {
  dockerfile: staged({
    install: 'RUN npm ci && npm run build',
    copy: 'COPY --from=build /app/.next/standalone ./\nCOPY --from=build /app/.next/static ./.next/static',
  }),
  files: argon,
});

silent('npm of Node.js 16 takes the packages of both', {
  dockerfile: staged({ builder: 'node:16-alpine' }),
  files: argon,
});

for (const tool of ['lightningcss', 'rollup', '@swc/core', '@parcel/watcher', '@tailwindcss/oxide', '@biomejs/biome'])
  silent(`a tool of the build among the dependencies: ${tool}`, {
    dockerfile: staged({ install: 'RUN npm ci && npm run build' }),
    files: using({ [tool]: '1', express: '4' }, chosenPackage(tool)),
  });

silent('a stage that only checks the code', {
  dockerfile: `
FROM node:24-alpine AS deps
WORKDIR /app
COPY package*.json ./
RUN npm ci
FROM node:24-slim AS lint
WORKDIR /app
COPY --from=deps /app/node_modules ./node_modules
COPY . .
RUN npm run lint && touch /ok
FROM node:24-alpine
WORKDIR /app
COPY --from=deps /app/node_modules ./node_modules
COPY --from=lint /ok /ok
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  files: argon,
});

test('a package that is no longer in the lock file', () => {
  const install = 'RUN npm uninstall @node-rs/argon2 && npm ci';
  assert.ok(
    !complaints({ dockerfile: staged({ install }), files: argon }).includes('error node-modules-libc-mismatch'),
  );
});

for (const [name, packages] of Object.entries({
  'JavaScript alone': { 'node_modules/express': { version: '4.0.0' } },
  'Node-API': {
    'node_modules/bcrypt': {
      version: '5.1.1',
      hasInstallScript: true,
      dependencies: { '@mapbox/node-pre-gyp': '1', 'node-addon-api': '5' },
    },
  },
  'an addon that may be missing': {
    'node_modules/ssh2': { version: '1.17.0', optionalDependencies: { 'cpu-features': '0', nan: '2' } },
    'node_modules/cpu-features': {
      version: '0.0.10',
      hasInstallScript: true,
      optional: true,
      dependencies: { nan: '2' },
    },
  },
}))
  silent(`another major version, and ${name}`, {
    dockerfile: staged({ builder: 'node:22-slim' }),
    files: using(Object.fromEntries(Object.keys(packages).map((key) => [key.slice(13), '1'])), packages),
  });

const berry = (name: string) => `__metadata:
  version: 8

"${name}@npm:^1.0.0":
  version: 1.0.0
  resolution: "${name}@npm:1.0.0"
  languageName: node
  linkType: hard
`;

for (const builder of ['node:24-alpine', 'node:22-slim'])
  silent(`Plug'n'Play of yarn, from ${builder}`, {
    dockerfile: staged({ builder, install: 'RUN yarn install' }),
    files: { 'package.json': '{ "dependencies": { "express": "^1.0.0" } }', 'yarn.lock': berry('express') },
  });

const terminal = using(
  { 'node-pty': '1' },
  { 'node_modules/node-pty': { version: '1.0.0', hasInstallScript: true, dependencies: { nan: '2' } } },
);

const single = (install: string) => `
FROM node:24-alpine
WORKDIR /app
COPY . .
${install}
USER node
CMD ["node", "server.js"]
`;

test('an addon that comes as source needs a compiler', () => {
  const found = complaints({ dockerfile: single('RUN npm ci'), files: terminal });
  assert.deepEqual(found, ['warning node-gyp-toolchain-missing']);
});

silent('a compiler for one RUN', {
  dockerfile: single('RUN apk add --no-cache --virtual .gyp python3 make g++ && npm ci && apk del .gyp'),
  files: terminal,
});

for (const install of ['RUN npm ci --ignore-scripts', 'RUN npm config set ignore-scripts true && npm ci'])
  silent(`no install scripts: ${install}`, { dockerfile: single(install), files: terminal });

silent('no install scripts by .npmrc', {
  dockerfile: single('RUN npm ci'),
  files: { ...terminal, '.npmrc': 'ignore-scripts=true\n' },
});

silent('pnpm 10 runs no install scripts unless it is told to', {
  dockerfile: single('RUN corepack enable && pnpm install --frozen-lockfile'),
  files: {
    '.dockerignore': 'node_modules\n',
    'package.json': '{ "packageManager": "pnpm@10.20.0", "dependencies": { "node-pty": "1" } }',
    'pnpm-lock.yaml': `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      node-pty:
        specifier: '1'
        version: 1.0.0
packages:
  node-pty@1.0.0:
    resolution: {integrity: x}
snapshots:
  node-pty@1.0.0:
    dependencies:
      nan: 2.0.0
`,
    'server.js': '',
  },
});

const native = 'lightningcss';
const unlocked = using(
  { [native]: '1' },
  {
    [`node_modules/${native}`]: {
      version: '1.0.0',
      optionalDependencies: { [`${native}-linux-x64-gnu`]: '1', [`${native}-linux-x64-musl`]: '1' },
    },
  },
);

test('a lock file without the packages of this platform', () => {
  const found = complaints({ dockerfile: single('RUN npm ci'), files: unlocked });
  assert.deepEqual(found, ['warning npm-lock-lacks-target-libc']);
});

for (const install of [
  'RUN npm ci --omit=optional',
  'RUN rm -f package-lock.json && npm install',
  'RUN npm ci && npm install --no-save lightningcss-linux-x64-musl',
])
  silent(`a lock file that does not decide: ${install}`, { dockerfile: single(install), files: unlocked });

silent('node_modules of the host that hold JavaScript alone', {
  dockerfile: `
FROM node:24-alpine
WORKDIR /app
COPY node_modules ./node_modules
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  files: {
    ...using({ express: '4' }, { 'node_modules/express': { version: '4.0.0' } }),
    '.dockerignore': '',
    'node_modules/express/index.js': '',
  },
});
