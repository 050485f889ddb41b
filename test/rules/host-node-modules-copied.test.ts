import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/host-node-modules-copied.js';
import { checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

const app = (lines: string, image = 'node:24-slim') =>
  `FROM ${image}\nWORKDIR /app\n${lines}\nCMD ["node", "server.js"]\n`;

test('reports node_modules of the host over the installed ones', () => {
  checkRule(
    rule,
    `
FROM node:24-slim
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY node_modules/ node_modules/
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: The node_modules of the build context are copied over those that are installed in '/app/node_modules'.
`,
  );
});

test('follows the installed ones through stages and working directories', () => {
  checkRule(
    rule,
    `
FROM node:24-slim AS deps
WORKDIR /srv/api
RUN pnpm install --prod
FROM node:24-slim
WORKDIR /app
COPY --from=deps /srv/api .
COPY package.json node_modules /app/node_modules
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The node_modules of the build context are copied over those that are installed in '/app/node_modules'.
`,
  );
});

test('reports them in a musl image', () => {
  checkRule(
    rule,
    `
FROM node:24-alpine
WORKDIR /app
COPY dist ./dist
COPY node_modules ./node_modules
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The node_modules of the build context are made for the host, and this image has musl.
`,
  );
});

test('is silent on glibc, where nothing was installed before', () => {
  checkSilent(rule, app('COPY node_modules ./node_modules'));
});

test('is silent where they are installed again', () => {
  checkSilent(rule, app('RUN npm ci\nCOPY node_modules ./node_modules\nRUN npm rebuild'));
  checkSilent(rule, app('COPY node_modules ./node_modules\nRUN npm ci', 'node:24-alpine'));
});

test('is silent about other stages and other places', () => {
  checkSilent(
    rule,
    `FROM node:24-slim AS deps\n${app('RUN npm ci\nCOPY --from=deps /app/node_modules ./node_modules')}`,
  );
  checkSilent(rule, app('RUN npm ci\nCOPY node_modules /tools/node_modules'));
});

test('leaves COPY . to what .dockerignore says', () => {
  checkSilent(rule, app('RUN npm ci\nCOPY . .'));
});

test('is silent where the image or the place is not known', () => {
  checkSilent(rule, app('COPY node_modules ./node_modules', 'registry.example.com/node'));
  checkSilent(rule, app('ARG DIR\nRUN npm ci\nCOPY node_modules $DIR/node_modules'));
  checkSilent(rule, app('RUN test -d x && npm ci || true\nCOPY node_modules ./node_modules'));
});

test('fix: keeps the installed ones', () => {
  checkFix(rule, app('RUN npm ci\nCOPY node_modules ./node_modules\nCOPY a.js .'), app('RUN npm ci\nCOPY a.js .'));
});

test('offers no fix where the line brings something else, or nothing is installed', () => {
  assert.deepEqual(fixTitles(rule, app('RUN npm ci\nCOPY a node_modules ./node_modules')), []);
  assert.deepEqual(fixTitles(rule, app('COPY node_modules ./node_modules', 'node:24-alpine')), []);
});
