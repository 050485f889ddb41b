import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/package-runner-missing.js';
import { allFindings, checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

test('reports npm as argument of the interpreter that the base image starts', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/nodejs24-debian13
WORKDIR /app
COPY . .
CMD ["npm", "start"]
#    ^^^^^ The base image starts '/nodejs/bin/node', so it takes 'npm' for the script to run.
`,
    { files: { 'package.json': '{}', 'server.js': '' } },
  );
});

test('warns where the copied files are not known', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/nodejs24-debian13
WORKDIR /app
COPY . .
CMD ["npm", "start"]
#    ^^^^^ (warning) The base image starts '/nodejs/bin/node', so it takes 'npm' for the script to run.
`,
  );
  checkRule(
    rule,
    `
FROM node:24 AS build
WORKDIR /app
COPY . .
RUN npm run build
FROM gcr.io/distroless/nodejs24-debian13
WORKDIR /app
COPY --from=build /app/dist .
CMD ["npm", "start"]
#    ^^^^^ (warning) The base image starts '/nodejs/bin/node', so it takes 'npm' for the script to run.
`,
    { files: { 'package.json': '{}' } },
  );
});

test('is silent where Node.js finds a script or a folder by that word', () => {
  const text = 'FROM gcr.io/distroless/nodejs24-debian13\nWORKDIR /app\nCOPY . .\nCMD ["npm"]\n';
  for (const path of ['npm', 'npm.js', 'npm.json', 'npm/index.js']) checkSilent(rule, text, { files: { [path]: '' } });
  assert.deepEqual(
    findingsOf(rule, text, { files: { 'npm.ts': '' } }).map(({ severity }) => severity),
    ['error'],
  );
  const python = text.replace('nodejs24', 'python3').replaceAll('npm', 'pip');
  checkSilent(rule, python, { files: { pip: '' } });
});

test('reports it even where the image has the program', () => {
  checkRule(
    rule,
    `
FROM cgr.dev/chainguard/node
CMD ["npm", "start"]
#    ^^^^^ The base image starts '/usr/bin/node', so it takes 'npm' for the script to run.
`,
  );
});

test('reports a runner that is missing in ENTRYPOINT', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/nodejs24-debian13
ENTRYPOINT ["npx", "next", "start"]
#           ^^^^^ ENTRYPOINT starts 'npx', which is not in this image.
`,
  );
  checkRule(
    rule,
    `
FROM gcr.io/distroless/python3-debian13:nonroot
ENTRYPOINT ["poetry", "run", "app"]
#           ^^^^^^^^ ENTRYPOINT starts 'poetry', which is not in this image.
`,
  );
});

test('follows the base image through a stage and an emptied ENTRYPOINT', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/java21-debian13 AS base
ENTRYPOINT []
FROM base
CMD ["mvn", "exec:java"]
#    ^^^^^ CMD starts 'mvn', which is not in this image.
`,
  );
});

test('is silent where the runner is there', () => {
  checkSilent(rule, 'FROM node:24-slim\nCMD ["npm", "start"]\n');
  checkSilent(rule, 'FROM node:24-alpine\nRUN corepack enable\nCMD ["pnpm", "start"]\n');
  checkSilent(rule, 'FROM python:3.13-slim\nRUN pip install poetry\nCMD ["poetry", "run", "app"]\n');
  checkSilent(rule, 'FROM ruby:3.4\nCMD ["bundle", "exec", "puma"]\n');
  checkSilent(rule, 'FROM cgr.dev/chainguard/node\nENTRYPOINT ["npm", "start"]\n');
});

test('is silent where the runner was copied, or may be on PATH', () => {
  checkSilent(
    rule,
    'FROM gcr.io/distroless/python3-debian13\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\nENTRYPOINT ["uv", "run", "app"]\n',
  );
  checkSilent(
    rule,
    'FROM gcr.io/distroless/nodejs24-debian13\nCOPY . /app\nENV PATH=/app/node_modules/.bin:$PATH\nENTRYPOINT ["yarn"]\n',
  );
});

test('a file of that name that was copied is the script', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13\nWORKDIR /app\nCOPY npm npm\nCMD ["npm"]\n');
});

test('CMD is an argument of an ENTRYPOINT that the file sets, or a program of another kind', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13\nENTRYPOINT ["/init"]\nCMD ["npm", "start"]\n');
  checkSilent(rule, 'FROM node:24\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["npm", "start"]\n');
});

test('is silent about images that are not known, and other stages', () => {
  checkSilent(rule, 'FROM registry.example.com/base\nCMD ["npm", "start"]\n');
  checkSilent(rule, 'ARG TAG\nFROM gcr.io/distroless/nodejs24-debian13:$TAG\nCMD ["npm", "start"]\n');
  checkSilent(rule, 'FROM alpine:3.22\nRUN apk add --no-cache nodejs npm\nCMD ["npm", "start"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13 AS a\nCMD ["npm"]\nFROM alpine:3.22\n');
});

test('is one finding', () => {
  const text = 'FROM gcr.io/distroless/nodejs24-debian13:nonroot\nCMD ["npm", "start"]\n';
  assert.deepEqual(
    allFindings(text).map((finding) => finding.rule.meta.id),
    ['package-runner-missing'],
  );
});

const app = (start: string) => `FROM gcr.io/distroless/nodejs24-debian13\nWORKDIR /app\nCOPY . .\n${start}\n`;
const scripts = (all: Readonly<Record<string, string>>) => ({
  files: { 'package.json': JSON.stringify({ scripts: all }), 'dist/server.js': '' },
});

test('fix: starts what the script of package.json starts', () => {
  const start = scripts({ start: 'node --enable-source-maps dist/server.js' });
  checkFix(rule, app('CMD ["npm", "start"]'), app('CMD ["--enable-source-maps", "dist/server.js"]'), start);
  checkFix(
    rule,
    app('CMD ["yarn", "serve"]'),
    app('CMD ["dist/server.js"]'),
    scripts({ serve: 'node dist/server.js' }),
  );
  checkFix(
    rule,
    app('ENTRYPOINT ["pnpm", "run", "serve"]'),
    app('ENTRYPOINT ["/nodejs/bin/node", "dist/server.js"]'),
    scripts({ serve: 'node dist/server.js' }),
  );
});

test('offers no fix for a script that needs a shell, has hooks, or is not known', () => {
  const titles = (all: Readonly<Record<string, string>>, start = 'CMD ["npm", "start"]') =>
    fixTitles(rule, app(start), scripts(all));
  assert.deepEqual(titles({ start: 'node dist/server.js' }), ['Start dist/server.js with Node.js itself']);
  assert.deepEqual(titles({ start: 'NODE_ENV=production node dist/server.js' }), []);
  assert.deepEqual(titles({ start: 'node a.js && node b.js' }), []);
  assert.deepEqual(titles({ start: 'next start' }), []);
  assert.deepEqual(titles({ start: 'node dist/server.js', prestart: 'node migrate.js' }), []);
  assert.deepEqual(titles({ start: 'node dist/server.js' }, 'CMD ["npm", "run", "other"]'), []);
  assert.deepEqual(titles({ start: 'node dist/server.js' }, 'CMD ["npm", "start", "--", "-p"]'), []);
  assert.deepEqual(fixTitles(rule, app('CMD ["npm", "start"]')), []);
});
