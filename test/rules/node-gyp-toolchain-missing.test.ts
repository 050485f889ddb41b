import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/node-gyp-toolchain-missing.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';
import { project } from '../support/node-project.js';

const app = (run: string, image = 'node:24-alpine') => `
FROM ${image} AS build
WORKDIR /app
${run}
FROM ${image}
COPY --from=build /app /app
CMD ["node", "/app/server.js"]
`;

test('reports a package that comes as source alone', () => {
  checkRule(
    rule,
    `
FROM node:24-alpine AS build
WORKDIR /app
RUN npm install iconv@3
#   ^^^^^^^^^^^^^^^^^^^ fixable: 'iconv' is compiled here, and this image has no make and no g++.
FROM node:24-alpine
COPY --from=build /app /app
`,
  );
});

test('and a build that is asked for', () => {
  for (const run of [
    'npm ci --build-from-source',
    'npm rebuild --build-from-source=sqlite3',
    'npx node-gyp rebuild',
    'npm install -g pnpm && node-gyp rebuild',
    'yarn add pg-native',
  ])
    assert.equal(findingsOf(rule, app(`RUN ${run}`, 'node:22-slim')).length, 1, run);
});

test('follows the tools through stages', () => {
  checkSilent(
    rule,
    `FROM node:24-alpine AS tools\nRUN apk add make g++ python3\n${app('RUN npm install iconv', 'tools')}`,
  );
  checkSilent(rule, app('RUN apk add --no-cache python3 build-base && npm install iconv'));
  checkSilent(
    rule,
    app('RUN apt-get update && apt-get install -y build-essential python3\nRUN npm i iconv', 'node:24-slim'),
  );
});

test('is silent where the tools are removed only afterwards', () => {
  checkSilent(rule, app('RUN apk add --virtual .gyp python3 make g++ && npm install iconv && apk del .gyp'));
});

test('is silent on full images, and about what the command does not tell', () => {
  checkSilent(rule, app('RUN npm install iconv', 'node:24'));
  checkSilent(rule, app('RUN npm ci'));
  checkSilent(rule, app('RUN npm install sharp better-sqlite3'));
  checkSilent(rule, app('RUN npm install --ignore-scripts iconv'));
  checkSilent(rule, app('RUN npm uninstall iconv'));
});

test('is silent where the image is not known, or the command may not run', () => {
  checkSilent(rule, app('RUN npm install iconv', 'registry.example.com/node'));
  checkSilent(rule, app('RUN ./tools.sh && npm install iconv'));
  checkSilent(rule, app('RUN test -f x && npm install iconv || true'));
});

test('fix: installs the compiler in the build stage', () => {
  checkFix(rule, app('RUN npm install iconv'), app('RUN apk add --no-cache python3 make g++\nRUN npm install iconv'));
  checkFix(
    rule,
    app('RUN npm install iconv', 'node:24-slim'),
    app(
      'RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++\nRUN npm install iconv',
      'node:24-slim',
    ),
  );
});

test('offers no fix in the final stage, or without rights to install', () => {
  assert.deepEqual(fixTitles(rule, 'FROM node:24-alpine\nRUN npm install iconv\n'), []);
  assert.deepEqual(fixTitles(rule, app('USER node\nRUN npm install iconv')), []);
});

test('reports a package that the lock file brings as source alone', () => {
  checkRule(
    rule,
    `
FROM node:24-alpine AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
#   ^^^^^^ fixable: 'libpq' is compiled here, and this image has no make and no g++.
FROM node:24-alpine
COPY --from=build /app /app
`,
    {
      files: project({ 'pg-native': { dependencies: ['libpq'] }, libpq: { dependencies: ['nan'], isIndirect: true } }),
    },
  );
});

test('is silent where that may fail, is left out, or has its tools', () => {
  const files = project({ heapdump: { dependencies: ['nan'] } });
  const copied = (run: string) => app(`COPY package*.json ./\n${run}`);
  assert.equal(findingsOf(rule, copied('RUN npm ci'), { files }).length, 1);
  checkSilent(rule, copied('RUN npm ci --ignore-scripts'), { files });
  checkSilent(rule, copied('RUN apk add --no-cache python3 make g++ && npm ci'), { files });
  const optional = project({ 'cpu-features': { dependencies: ['nan'], script: true, isOptional: true } });
  checkSilent(rule, copied('RUN npm ci'), { files: optional });
  const forDevelopment = project({ heapdump: { dependencies: ['nan'], isDev: true } });
  checkSilent(rule, copied('RUN npm ci --omit=dev'), { files: forDevelopment });
  checkSilent(rule, app('RUN npm ci'), { files });
});
