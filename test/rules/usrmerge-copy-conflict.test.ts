import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/usrmerge-copy-conflict.js';
import { checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

const linked = 'is a link in this image, and COPY --link puts a directory in its place.';

test('reports --link into a directory that is a link in the base', () => {
  checkRule(
    rule,
    `
FROM debian:13-slim
COPY --link tool /bin/
#                ^^^^^ fixable: '/bin' ${linked}
`,
  );
  checkRule(
    rule,
    `
FROM gcr.io/distroless/base-debian13 AS base
FROM base
ARG DIR=/lib/x86_64-linux-gnu
COPY --link libz.so.1 \${DIR}/
#                     ^^^^^^^ fixable: '/lib' ${linked}
`,
  );
});

test('reports links over directories', () => {
  checkRule(
    rule,
    `
FROM debian:12 AS build
FROM gcr.io/distroless/base-debian12
COPY --from=build / /
#                   ^ This brings /bin and /lib as links, where the image has directories: the build cannot replace them.
`,
  );
});

test('is silent without --link, under /usr, and in bases that keep them apart', () => {
  checkSilent(rule, 'FROM debian:13-slim\nCOPY tool /bin/\nCOPY --link=false tool /lib/\n');
  checkSilent(rule, 'FROM debian:13-slim\nCOPY --link tool /usr/bin/\nCOPY --link a /library/\n');
  checkSilent(rule, 'FROM gcr.io/distroless/base-debian12\nCOPY --link tool /bin/\n');
  checkSilent(rule, 'FROM debian:11-slim\nCOPY --link tool /bin/\n');
  checkSilent(rule, 'FROM alpine:3.20\nCOPY --link tool /bin/\n');
});

test('is silent where it is not known', () => {
  checkSilent(rule, 'FROM scratch\nCOPY --link tool /bin/\n');
  checkSilent(rule, 'FROM registry.example.com/base\nCOPY --link tool /bin/\n');
  checkSilent(rule, 'FROM ubuntu:20.04\nCOPY --link tool /bin/\n');
  checkSilent(rule, 'FROM mcr.microsoft.com/dotnet/runtime-deps:8.0-jammy-chiseled\nCOPY --link tool /bin/\n');
  checkSilent(rule, 'FROM debian:13-slim\nARG DIR\nCOPY --link tool $DIR\n');
  checkSilent(rule, 'FROM debian:13 AS build\nFROM debian:13-slim\nCOPY --from=build / /\n');
  checkSilent(rule, 'FROM debian:11 AS build\nFROM debian:13-slim\nCOPY --from=build / /\n');
});

test('fix: leaves --link out', () => {
  checkFix(
    rule,
    'FROM debian:13-slim\nCOPY --link --chown=0 a /bin/\n',
    'FROM debian:13-slim\nCOPY --chown=0 a /bin/\n',
  );
  assert.deepEqual(
    fixTitles(rule, 'FROM debian:12 AS a\nFROM gcr.io/distroless/base-debian12\nCOPY --from=a / /\n'),
    [],
  );
});
