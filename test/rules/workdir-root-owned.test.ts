import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/workdir-root-owned.js';
import { checkNamedFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports a file that ENV puts into a directory of root', () => {
  checkRule(
    rule,
    `
FROM node:24-slim
WORKDIR /app
#       ^^^^ fixable: '/app' belongs to root, so the program may not write '/app/data.db' there.
COPY . .
ENV DB_FILE=./data.db
USER 1000
CMD ["node", "server.js"]
`,
  );
});

test('reports a file that the start command names', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim AS base
WORKDIR /srv/app
#       ^^^^^^^^ fixable: '/srv/app' belongs to root, so the program may not write '/srv/app/app.log' there.
FROM base
USER 1000
CMD ["python", "main.py", "--log-file=app.log"]
`,
  );
});

test('--chown of the files alone is information', () => {
  checkRule(
    rule,
    `
FROM node:24-slim
WORKDIR /app
#       ^^^^ fixable: (information) '/app' itself belongs to root: only the files in it are given away.
COPY --chown=node:node . .
USER node
CMD ["node", "server.js"]
`,
  );
});

test('COPY --link makes the directory anew, for its own user', () => {
  checkSilent(rule, 'FROM node:24-slim\nWORKDIR /app\nCOPY --link --chown=1000 . .\nUSER node\nCMD ["node", "x.js"]\n');
});

/** A stage with a database in its working directory and `steps` between. */
function withDatabase(steps: string, base = 'node:24-slim'): string {
  return `FROM ${base}\n${steps}\nENV DB_FILE=data.db\nCMD ["node", "server.js"]\n`;
}

test('WORKDIR after USER belongs to that user', () => {
  checkSilent(rule, withDatabase('USER node\nWORKDIR /app'));
  checkSilent(rule, withDatabase('WORKDIR /app', 'gcr.io/distroless/nodejs24-debian13:nonroot'));
});

test('is silent where the directory is given away, or open', () => {
  checkSilent(rule, withDatabase('WORKDIR /app\nRUN chown node:node /app\nUSER node'));
  checkSilent(rule, withDatabase('WORKDIR /app\nCOPY . .\nRUN chown -R node /app\nUSER node'));
  checkSilent(rule, withDatabase('RUN mkdir /app && chown node /app\nWORKDIR /app\nUSER node'));
  checkSilent(rule, withDatabase('RUN install -d -o node /app\nWORKDIR /app\nUSER node'));
  checkSilent(rule, withDatabase('WORKDIR /app\nRUN chmod 777 /app\nUSER node'));
  checkSilent(rule, withDatabase('WORKDIR /app\nRUN chgrp 0 /app && chmod g=u,g+w /app\nUSER 1001'));
});

test('is silent where the image runs as root, or the program writes elsewhere', () => {
  checkSilent(rule, withDatabase('WORKDIR /app'));
  checkSilent(rule, 'FROM node:24-slim\nWORKDIR /app\nCOPY . .\nENV DB=/data/a.db\nUSER node\nCMD ["node", "x.js"]\n');
  checkSilent(rule, 'FROM node:24-slim\nWORKDIR /app\nCOPY . .\nUSER node\nCMD ["node", "x.js"]\n');
  checkSilent(rule, withDatabase('WORKDIR /app\nCOPY --chown=node data.db .\nUSER node'));
});

test('is silent about directories that may have been there, and bases that are not known', () => {
  checkSilent(rule, withDatabase('WORKDIR /home/node/app\nUSER node'));
  checkSilent(rule, withDatabase('WORKDIR /var/lib/app\nUSER node'));
  checkSilent(rule, withDatabase('WORKDIR /app\nUSER node', 'registry.example.com/node'));
  checkSilent(rule, withDatabase('ARG DIR\nWORKDIR $DIR\nUSER node'));
});

test('fix: gives the directory away behind WORKDIR, where a shell can', () => {
  checkNamedFix(rule, {
    before: 'FROM node:24-slim\r\nWORKDIR /app\r\nENV DB=a.db\r\nUSER 1000\r\nCMD ["node", "x.js"]\r\n',
    after:
      'FROM node:24-slim\r\nWORKDIR /app\r\nRUN chown 1000:1000 /app\r\nENV DB=a.db\r\nUSER 1000\r\nCMD ["node", "x.js"]\r\n',
  });
  const distroless = 'FROM gcr.io/distroless/nodejs24-debian13\nWORKDIR /app\nENV DB=a.db\nUSER 65532\nCMD ["x.js"]\n';
  assert.deepEqual(fixTitles(rule, distroless), []);
});
