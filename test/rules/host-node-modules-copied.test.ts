import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/host-node-modules-copied.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

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

const project = { 'package.json': '{}', 'package-lock.json': '{}', 'server.js': '' };
const host = { ...project, 'node_modules/a/index.js': '' };
const copied = app('COPY package*.json ./\nRUN npm ci\nCOPY . .');

test('reports COPY . where the folder is there and .dockerignore lets it in', () => {
  checkRule(
    rule,
    `
FROM node:24-slim
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
#^^^^^^^ fixable: The node_modules of the build context are copied over those that are installed in '/app/node_modules'.
CMD ["node", "server.js"]
`,
    { files: { ...host, '.dockerignore': 'dist\n' } },
  );
});

test('says less where the folder is not there now', () => {
  checkRule(
    rule,
    `
FROM node:24-slim
WORKDIR /app
COPY web/package.json ./
RUN npm install
COPY web .
#^^^^^^^^^ fixable: (information) A 'web/node_modules' in the build context would overwrite what is installed in '/app/node_modules'; no .dockerignore keeps it out.
`,
    { files: { 'web/package.json': '{}' } },
  );
});

test('is silent where .dockerignore or --exclude keeps the folder out', () => {
  for (const line of [
    'node_modules',
    '**/node_modules',
    'node_modules/',
    '/node_modules',
    '*\n!package*.json\n!server.js',
  ])
    checkSilent(rule, copied, { files: { ...host, '.dockerignore': `${line}\n` } });
  checkSilent(rule, copied, {
    files: { ...host, 'Dockerfile.dockerignore': 'node_modules\n', '.dockerignore': 'x\n' },
  });
  checkSilent(rule, copied.replace('COPY . .', 'COPY --exclude=node_modules . .'), { files: host });
  checkSilent(rule, copied.replace('COPY . .', 'COPY --exclude=**/node_modules . .'), { files: host });
});

test('is silent where the install comes later, or the COPY brings another folder', () => {
  checkSilent(rule, app('COPY . .\nRUN npm ci'), { files: host });
  checkSilent(rule, app('COPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm ci --omit=dev'), { files: host });
  checkSilent(rule, app('COPY package*.json ./\nRUN npm ci\nCOPY src .'), { files: { ...host, 'src/a.js': '' } });
  checkSilent(rule, app('COPY package*.json ./\nRUN npm ci\nCOPY . /other'), { files: host });
});

test('leaves COPY . alone where nothing is known of the build context', () => {
  checkSilent(rule, app('RUN npm ci\nCOPY . .'));
});

test('fix: adds a line to .dockerignore, or the file', () => {
  checkFix(rule, copied, copied, { files: host });
  checkFix(rule, copied, copied, { files: { ...host, '.dockerignore': 'dist' } });
  const [fix] = findingsOf(rule, copied, { files: { ...host, '.dockerignore': 'dist' } })[0]?.fixes() ?? [];
  assert.equal(fix?.title, "Add 'node_modules' to .dockerignore");
  assert.deepEqual(fix.files?.[0]?.edits, [{ span: { start: 4, end: 4 }, text: '\nnode_modules\n' }]);
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
