import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/base-not-digest-pinned.js';
import { checkRule, checkSilent, findingsOf } from '../support/checks.js';

const digest = `sha256:${'a'.repeat(64)}`;

test('reports the image without a digest beside one that has it', () => {
  checkRule(
    rule,
    `
FROM golang:1.26@${digest} AS build
FROM gcr.io/distroless/static-debian13:nonroot
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 'gcr.io/distroless/static-debian13:nonroot' is not pinned by a digest, as other images of this file are.
COPY --from=build /app /app
`,
  );
});

test('reports an image of COPY once, also where nothing is known of it', () => {
  checkRule(
    rule,
    `
FROM node:24@${digest}
COPY --from=registry.example.com/tools /a /a
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^ 'registry.example.com/tools' is not pinned by a digest, as other images of this file are.
COPY --from=registry.example.com/tools /b /b
`,
  );
});

test('is silent about files that pin none, or few', () => {
  checkSilent(rule, 'FROM golang:1.26 AS build\nFROM alpine:3.24\n');
  checkSilent(
    rule,
    `FROM golang:1.26 AS a\nFROM node:24 AS b\nFROM alpine:3.24\nCOPY --from=busybox@${digest} /x /x\n`,
  );
});

test('is silent about stages, scratch, build arguments and build contexts', () => {
  checkSilent(rule, `FROM golang:1.26@${digest} AS build\nFROM build AS next\nFROM scratch\nCOPY --from=build /a /a\n`);
  checkSilent(rule, `ARG BASE=alpine:3.24\nFROM golang:1.26@${digest} AS build\nFROM $BASE\n`);
  checkSilent(rule, `FROM golang:1.26@${digest}\nCOPY --from=templates /a /a\n`);
});

test('is information, never more', () => {
  const [finding] = findingsOf(rule, `FROM golang:1.26@${digest} AS a\nFROM alpine:3.24\n`);
  assert.equal(finding?.severity, 'information');
  assert.deepEqual(finding?.fixes(), []);
});
