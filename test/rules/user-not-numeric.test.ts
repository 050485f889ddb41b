import { test } from 'node:test';
import rule from '../../server/src/rules/user-not-numeric.js';
import { checkFix, checkRule, checkSilent } from '../support/checks.js';

test('reports the name of an account whose number is known', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian13
USER nonroot:nonroot
#    ^^^^^^^ fixable: Kubernetes cannot tell from the name 'nonroot' that the image does not run as root; its number is 65532.
`,
  );
});

test('follows accounts and USER through stages', () => {
  checkRule(
    rule,
    `
FROM alpine:3.22 AS base
RUN adduser -D -u 1001 app
USER app
#    ^^^ fixable: Kubernetes cannot tell from the name 'app' that the image does not run as root; its number is 1001.
FROM base
CMD ["app"]
`,
  );
});

test('is silent about numbers, root, and a user that comes with the base', () => {
  for (const user of ['1000', '65532:65532', 'root', '0:nonroot'])
    checkSilent(rule, `FROM gcr.io/distroless/static-debian13\nUSER ${user}\n`);
  checkSilent(rule, 'FROM gcr.io/distroless/static-debian13:nonroot\nCMD ["/app"]\n');
});

test('is silent where the number is not known', () => {
  checkSilent(rule, 'FROM alpine:3.22\nRUN adduser -D app\nUSER app\n');
  checkSilent(rule, 'FROM registry.example.com/base\nUSER app\n');
  checkSilent(rule, 'FROM gcr.io/distroless/static-debian13\nARG U=nonroot\nUSER $U\n');
});

test('is silent about stages that are not shipped', () => {
  checkSilent(rule, 'FROM node:24-slim AS build\nUSER node\nFROM node:24-slim\nUSER 1000\n');
  checkSilent(rule, 'FROM node:24-slim AS dev\nUSER node\n');
});

test('fix: puts the number in place of the name, and leaves the group', () => {
  checkFix(rule, 'FROM node:24-slim\nUSER node:node\n', 'FROM node:24-slim\nUSER 1000:node\n');
});
