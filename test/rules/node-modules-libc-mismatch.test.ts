import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/node-modules-libc-mismatch.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';
import { distrolessNode, nodeApp } from '../support/node-project.js';

const isReported = (install: string, path = '/srv/node_modules') => {
  const [finding, ...more] = findingsOf(rule, nodeApp('node:24-alpine', distrolessNode, install));
  assert.equal(
    finding?.message,
    `'${path}' is installed for musl, and this image has glibc: native code in it will not load.`,
    install,
  );
  assert.deepEqual(more, []);
  return finding.severity;
};

test('reports modules of Alpine in a glibc image, where they are copied', () => {
  checkRule(
    rule,
    `
FROM node:24-alpine AS build
WORKDIR /app
COPY package*.json .
RUN npm ci --omit=dev
FROM gcr.io/distroless/nodejs24-debian13
COPY --from=build /app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) '/app/node_modules' is installed for musl, and this image has glibc: native code in it will not load.
CMD ["/app/server.js"]
`,
  );
});

test('and modules of Debian in a musl image', () => {
  checkRule(
    rule,
    `
FROM node:24 AS build
WORKDIR /app
RUN yarn install --frozen-lockfile
FROM node:24-alpine
COPY --from=build /app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) '/app/node_modules' is installed for glibc, and this image has musl: native code in it will not load.
CMD ["node", "/app/server.js"]
`,
  );
});

test('knows the ways to install', () => {
  for (const install of [
    'RUN npm i',
    'RUN npm --loglevel warn install --omit=dev',
    'RUN corepack enable && corepack pnpm install --frozen-lockfile',
    'RUN pnpm i --prod',
    'RUN yarn',
    'RUN yarn --production',
    'RUN --mount=type=cache,target=/root/.npm npm ci',
    'RUN cd /app && npm ci && npm cache clean --force',
    'RUN npm --prefix /app ci',
    'RUN npm install express',
    'RUN cd /tmp && npm ci && mv node_modules /app/node_modules',
    'RUN npm ci && npm prune --omit=dev',
  ]) {
    assert.equal(isReported(install), 'warning', install);
  }
});

test('follows pnpm deploy, cp and stages that continue others', () => {
  checkRule(
    rule,
    `
FROM node:24-alpine AS base
FROM base AS deps
WORKDIR /repo
COPY . .
RUN pnpm install && pnpm --filter=api deploy --prod /out
FROM deps AS build
RUN cp -r /out /final
FROM debian:trixie-slim AS image
RUN apt-get update && apt-get install -y nodejs
COPY --from=build /final /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^ (warning) '/app/node_modules' is installed for musl, and this image has glibc: native code in it will not load.
FROM image
CMD ["node", "/app/server.js"]
`,
  );
});

test('reports a build stage that works with them, and each install once', () => {
  checkRule(
    rule,
    `
FROM node:24-alpine AS deps
WORKDIR /app
RUN npm ci
FROM node:24-slim AS build
COPY --from=deps /app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) '/app/node_modules' is installed for musl, and this image has glibc: native code in it will not load.
WORKDIR /app
RUN npm run build
FROM gcr.io/distroless/nodejs24-debian13
COPY --from=build /app /app
CMD ["/app/server.js"]
`,
  );
});

test('says less where install scripts are left out', () => {
  assert.equal(isReported('RUN npm ci --ignore-scripts'), 'information');
  assert.equal(isReported('ENV npm_config_ignore_scripts=true\nRUN npm ci'), 'information');
  assert.equal(isReported('RUN npm install --ignore-scripts sharp'), 'warning');
});

test('is silent on the same libc', () => {
  checkSilent(rule, nodeApp('node:24-alpine', 'node:24-alpine3.22'));
  checkSilent(rule, nodeApp('node:24', distrolessNode));
  checkSilent(rule, nodeApp('node:24-trixie-slim', 'cgr.dev/chainguard/node'));
});

test('is silent where they are installed again, or for the other libc', () => {
  checkSilent(
    rule,
    `
FROM node:24-alpine AS build
WORKDIR /app
RUN npm ci
FROM node:24-slim
COPY --from=build /app /app
WORKDIR /app
RUN npm rebuild
CMD ["node", "server.js"]
`,
  );
  checkSilent(rule, nodeApp('node:24-alpine', distrolessNode, 'RUN npm ci --os=linux --libc=glibc --cpu=x64'));
  checkSilent(rule, nodeApp('node:24-alpine', distrolessNode, 'RUN npm ci && rm -rf node_modules'));
  checkSilent(rule, nodeApp('node:24-alpine', distrolessNode, 'RUN if [ -f package.json ]; then npm ci; fi'));
});

test('is silent about what installs nothing into the project', () => {
  for (const command of [
    'npm install -g serve',
    'npm install --package-lock-only',
    'npm run build',
    'npm test',
    'yarn global add serve',
    'yarn build',
    'yarn install --immutable',
    'pnpm fetch',
    'npm --version',
  ])
    checkSilent(rule, nodeApp('node:24-alpine', distrolessNode, `RUN ${command}`));
});

test('is silent where only built files are copied, or nothing runs Node.js', () => {
  checkSilent(
    rule,
    nodeApp('node:24-alpine', distrolessNode).replace('/app/node_modules ./node_modules', '/app/dist ./dist'),
  );
  checkSilent(rule, nodeApp('node:24-slim', 'nginx:alpine'));
  checkSilent(
    rule,
    `
FROM node:24-alpine AS build
WORKDIR /app
RUN npm ci
FROM debian:trixie-slim AS transport
COPY --from=build /app /app
FROM node:24-alpine
COPY --from=transport /app /app
CMD ["node", "/app/server.js"]
`,
  );
});

test('is silent where an image is not known', () => {
  checkSilent(rule, nodeApp('registry.example.com/node:24', distrolessNode));
  checkSilent(rule, nodeApp('node:24-alpine', 'registry.example.com/node:24'));
  checkSilent(rule, `ARG TAG\n${nodeApp('node:$TAG', distrolessNode).trimStart()}`);
});

test('fix: installs on the libc of the final image', () => {
  checkFix(rule, nodeApp('node:24-alpine', distrolessNode), nodeApp('node:24-slim', distrolessNode));
  checkFix(rule, nodeApp('node:24-slim', 'node:24-alpine'), nodeApp('node:24-alpine', 'node:24-alpine'));
  checkFix(rule, nodeApp('node:24-bookworm-slim', 'node:24-alpine'), nodeApp('node:24-alpine', 'node:24-alpine'));
});

test('offers no fix where the stage installs packages of its distribution, or the image is not written here', () => {
  assert.deepEqual(
    fixTitles(rule, nodeApp('node:24-alpine', distrolessNode, 'RUN apk add --no-cache git && npm ci')),
    [],
  );
  assert.deepEqual(fixTitles(rule, `ARG V=24\n${nodeApp('node:$V-alpine', distrolessNode).trimStart()}`), []);
});

test('fix: takes the version of the image along where that differs too', () => {
  const app = (builder: string, more = '') => `
FROM ${builder} AS build
WORKDIR /app
${more}
RUN npm ci
FROM gcr.io/distroless/nodejs24-debian13
COPY --from=build /app/node_modules /app/node_modules
CMD ["/app/server.js"]
`;
  checkFix(rule, app('node:22-alpine'), app('node:24-slim'));
  assert.deepEqual(fixTitles(rule, app('node:22.20-alpine')), []);
});

test('offers no fix where the builder makes accounts with options of BusyBox', () => {
  const titles = (line: string) =>
    fixTitles(
      rule,
      `
FROM node:24-alpine AS build
${line}
RUN npm ci --prefix /app
FROM gcr.io/distroless/nodejs24-debian13
COPY --from=build /app/node_modules /app/node_modules
CMD ["/app/server.js"]
`,
    );
  assert.deepEqual(titles('RUN addgroup -S app && adduser -S app -G app'), []);
  assert.deepEqual(titles('RUN mkdir /app'), ["Build on 'node:24-slim'"]);
});
