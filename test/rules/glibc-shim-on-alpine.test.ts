import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/glibc-shim-on-alpine.js';
import { allFindings, checkRule, checkSilent } from '../support/checks.js';

test('reports the packages in the final image', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24
RUN apk add --no-cache bash gcompat libc6-compat
#                           ^^^^^^^ 'gcompat' lends musl some functions of glibc; programs that need others crash.
`,
  );
});

test('follows them into a parent stage', () => {
  checkRule(
    rule,
    `
FROM eclipse-temurin:21-jre-alpine AS base
RUN apk add libc6-compat
#           ^^^^^^^^^^^^ 'libc6-compat' lends musl some functions of glibc; programs that need others crash.
FROM base
CMD ["java"]
`,
  );
});

test('for Node.js it is information', () => {
  checkRule(
    rule,
    `
FROM node:24-alpine
RUN apk add --no-cache libc6-compat
#                      ^^^^^^^^^^^^ (information) 'libc6-compat' lends musl some functions of glibc; programs that need others crash.
`,
  );
});

test('reports glibc beside musl, also in a build stage', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24
RUN wget https://github.com/sgerrand/alpine-pkg-glibc/releases/download/2.35-r1/glibc-2.35-r1.apk && apk add glibc-2.35-r1.apk
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This puts glibc beside musl, which Alpine does not support.
`,
  );
  checkRule(
    rule,
    `
FROM alpine:3.24 AS build
ADD https://github.com/sgerrand/alpine-pkg-glibc/releases/download/2.35-r1/glibc-2.35-r1.apk /tmp/
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ (information) This puts glibc beside musl, which Alpine does not support.
FROM scratch
COPY --from=build /tmp/x /x
`,
  );
});

test('reports a link for the loader', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24
RUN ln -s /lib/libc.musl-x86_64.so.1 /lib/ld-linux-x86-64.so.2
#   ^^ This link gives programs for glibc the loader of musl, which lacks functions they need.
`,
  );
});

test('is silent in build stages, workshops and on glibc', () => {
  checkSilent(rule, 'FROM alpine:3.24 AS build\nRUN apk add gcompat\nFROM alpine:3.24\nCOPY --from=build /a /a\n');
  checkSilent(rule, 'FROM alpine:3.24 AS dev\nRUN apk add gcompat\n');
  checkSilent(rule, 'FROM cgr.dev/chainguard/wolfi-base\nRUN apk add gcompat\n');
  checkSilent(rule, 'FROM registry.example.com/alpine\nRUN apk add gcompat\n');
  checkSilent(rule, 'FROM alpine:3.24\nRUN apk del gcompat\n');
  checkSilent(rule, 'FROM alpine:3.24\nRUN ln -s /lib/ld-musl-x86_64.so.1 /usr/bin/ldd\n');
});

test('is one finding', () => {
  const text = 'FROM alpine:3.24\nRUN apk add --no-cache gcompat\nCOPY a /a\nUSER 65532\nCMD ["/a"]\n';
  assert.deepEqual(
    allFindings(text).map((finding) => finding.rule.meta.id),
    ['glibc-shim-on-alpine'],
  );
});
