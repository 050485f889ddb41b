import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/init-binary-missing.js';
import { allFindings, checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports an init that the image lacks', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/nodejs24-debian13
ENTRYPOINT ["tini", "--", "/nodejs/bin/node", "server.js"]
#           ^^^^^^ fixable: ENTRYPOINT starts 'tini', which is not in this image.
`,
  );
  checkRule(
    rule,
    `
FROM node:24-slim
CMD ["node", "server.js"]
ENTRYPOINT ["/usr/bin/dumb-init", "--"]
#           ^^^^^^^^^^^^^^^^^^^^ ENTRYPOINT starts '/usr/bin/dumb-init', which is not in this image.
`,
  );
});

test('knows that the place it was copied to elsewhere is empty', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24
COPY app /app
ENTRYPOINT ["/tini", "--", "/app"]
#           ^^^^^^^ fixable: ENTRYPOINT starts '/tini', which is not in this image.
`,
  );
});

test('follows one starter to the next, and through stages', () => {
  checkRule(
    rule,
    `
FROM node:24-alpine AS base
RUN apk add --no-cache tini
FROM base
ENTRYPOINT ["/sbin/tini", "--"]
CMD ["su-exec", "node", "node", "server.js"]
#    ^^^^^^^^^ CMD starts 'su-exec', which is not in this image.
`,
  );
  checkRule(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends tini
ENTRYPOINT ["tini", "-g", "--", "gosu", "app", "/app"]
#                               ^^^^^^ ENTRYPOINT starts 'gosu', which is not in this image.
`,
  );
});

test('entrypoint scripts of language images start what CMD names', () => {
  checkRule(
    rule,
    `
FROM node:24-slim
WORKDIR /app
CMD ["dumb-init", "node", "server.js"]
#    ^^^^^^^^^^^ fixable: CMD starts 'dumb-init', which is not in this image.
`,
  );
});

test('an init after the interpreter of the base image is a script', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/nodejs24-debian13
CMD ["dumb-init", "node", "server.js"]
#    ^^^^^^^^^^^ The base image starts '/nodejs/bin/node', so it takes 'dumb-init' for the script to run.
`,
  );
});

test('reports shell form where a shell is there', () => {
  checkRule(
    rule,
    `
FROM node:24-slim
ENTRYPOINT exec tini -- node server.js
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ ENTRYPOINT starts 'tini', which is not in this image.
`,
  );
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13\nENTRYPOINT tini -- node server.js\n');
});

test('is silent where it was installed, copied or downloaded', () => {
  checkSilent(rule, 'FROM node:24-alpine\nRUN apk add --no-cache tini\nENTRYPOINT ["/sbin/tini", "--", "node"]\n');
  checkSilent(
    rule,
    'FROM alpine:3.24 AS tools\nRUN apk add tini-static\nFROM gcr.io/distroless/nodejs24-debian13\nCOPY --from=tools /sbin/tini-static /tini\nENTRYPOINT ["/tini", "--", "/nodejs/bin/node", "server.js"]\n',
  );
  checkSilent(
    rule,
    'FROM debian:trixie\nADD --chmod=755 https://github.com/krallin/tini/releases/download/v0.19.0/tini /tini\nENTRYPOINT ["/tini", "--", "/app"]\n',
  );
  checkSilent(rule, 'FROM alpine:3.24\nCOPY rootfs /\nENTRYPOINT ["/tini", "--", "/app"]\n');
  checkSilent(rule, 'FROM python:3.13\nRUN pip install -r requirements.txt\nENTRYPOINT ["dumb-init", "--", "x"]\n');
  checkSilent(rule, 'FROM python:3.13\nRUN uv sync\nENTRYPOINT ["dumb-init", "--", "x"]\n');
  checkSilent(rule, 'FROM node:24-slim\nRUN ./setup.sh\nENTRYPOINT ["tini", "--", "node"]\n');
});

test('is silent about bases that are not known, other stages and health checks', () => {
  checkSilent(rule, 'FROM registry.example.com/node\nENTRYPOINT ["tini", "--", "node"]\n');
  checkSilent(rule, 'FROM jenkins/jenkins:lts\nENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/jenkins.sh"]\n');
  checkSilent(rule, 'FROM node:24-slim AS a\nENTRYPOINT ["tini"]\nFROM alpine:3.24\n');
  checkSilent(rule, 'FROM postgres:18\nENTRYPOINT ["gosu", "postgres", "postgres"]\n');
  checkSilent(rule, 'FROM node:24-slim\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["tini", "--", "node"]\n');
});

test('leaves a bare init out, and nothing that does more', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/static-debian13\nCOPY app /app\nENTRYPOINT ["/tini", "-g", "--", "/app", "--port", "80"]\n',
    'FROM gcr.io/distroless/static-debian13\nCOPY app /app\nENTRYPOINT ["/app", "--port", "80"]\n',
  );
  assert.deepEqual(fixTitles(rule, 'FROM alpine:3.24\nENTRYPOINT ["gosu", "app", "/app"]\n'), []);
  assert.deepEqual(fixTitles(rule, 'FROM alpine:3.24\nENTRYPOINT ["tini", "-e", "143", "--", "/app"]\n'), []);
  assert.deepEqual(fixTitles(rule, 'FROM alpine:3.24\nENTRYPOINT ["tini", "--"]\nCMD ["/app"]\n'), []);
});

test('is one finding', () => {
  const text =
    'FROM gcr.io/distroless/nodejs24-debian13:nonroot\nENTRYPOINT ["tini", "--", "/nodejs/bin/node", "a.js"]\n';
  assert.deepEqual(
    allFindings(text).map((finding) => finding.rule.meta.id),
    ['init-binary-missing'],
  );
});
