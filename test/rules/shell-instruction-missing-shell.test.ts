import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/shell-instruction-missing-shell.js';
import { allFindings, checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports bash on Alpine where the next RUN needs it', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
#      ^^^^^^^^^^^ fixable: SHELL names '/bin/bash', which this stage does not have, so the next shell-form RUN fails.
ENV A=b
RUN apk add --no-cache curl
`,
  );
});

test('installing the shell after SHELL is too late', () => {
  checkRule(
    rule,
    `
FROM node:22-alpine
SHELL ["bash", "-c"]
#      ^^^^^^ fixable: SHELL names 'bash', which this stage does not have, so the next shell-form RUN fails.
RUN apk add --no-cache bash
RUN echo hello
`,
  );
});

test('follows the base image through a stage, and reports each SHELL on its own', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/cc-debian13 AS base
FROM base
SHELL ["/bin/bash", "-c"]
#      ^^^^^^^^^^^ SHELL names '/bin/bash', which this stage does not have, so the next shell-form RUN fails.
RUN echo one
SHELL ["pwsh", "-Command"]
#      ^^^^^^ SHELL names 'pwsh', which this stage does not have, so the next shell-form RUN fails.
RUN echo two
`,
  );
});

test('is silent where the shell was installed or copied before', () => {
  checkSilent(rule, 'FROM alpine:3.24\nRUN apk add --no-cache bash\nSHELL ["/bin/bash", "-c"]\nRUN echo\n');
  checkSilent(rule, 'FROM alpine:3.24\nRUN apk add bash=5.2.37-r0\nSHELL ["/usr/bin/bash", "-c"]\nRUN echo\n');
  checkSilent(rule, 'FROM scratch\nCOPY --from=busybox:musl /bin/sh /bin/ash\nSHELL ["/bin/ash", "-c"]\nRUN echo\n');
});

test('is silent where the shell is there', () => {
  checkSilent(rule, 'FROM debian:trixie-slim\nSHELL ["/bin/bash", "-c"]\nRUN echo\n');
  checkSilent(rule, 'FROM alpine:3.24\nSHELL ["/bin/ash", "-eo", "pipefail", "-c"]\nRUN echo\n');
  checkSilent(rule, 'FROM gcr.io/distroless/cc-debian13:debug\nSHELL ["/busybox/sh", "-c"]\nRUN echo\n');
});

test('is silent where the shell is mounted for the RUN that needs it', () => {
  checkSilent(
    rule,
    'FROM scratch\nSHELL ["/bin/sh", "-c"]\nRUN --mount=from=busybox:uclibc,source=/bin,target=/bin echo\n',
  );
});

test('is silent where no shell-form RUN follows before the next SHELL', () => {
  checkSilent(rule, 'FROM alpine:3.24\nSHELL ["/bin/bash", "-c"]\nRUN ["echo"]\n');
  checkSilent(rule, 'FROM alpine:3.24\nSHELL ["/bin/bash", "-c"]\nSHELL ["/bin/sh", "-c"]\nRUN echo\n');
  checkSilent(rule, 'FROM alpine:3.24\nSHELL ["/bin/bash", "-c"]\nONBUILD RUN echo\n');
});

test('is silent about images that are not known, and what a command may have brought', () => {
  checkSilent(rule, 'FROM registry.example.com/base\nSHELL ["/bin/bash", "-c"]\nRUN echo\n');
  checkSilent(rule, 'ARG BASE\nFROM $BASE\nSHELL ["/bin/bash", "-c"]\nRUN echo\n');
  checkSilent(rule, 'FROM alpine:3.24\nRUN ./bootstrap\nSHELL ["/bin/bash", "-c"]\nRUN echo\n');
  checkSilent(rule, 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["pwsh", "-Command"]\nRUN echo\n');
});

test('the RUN, CMD and HEALTHCHECK behind it are not reported again', () => {
  const text = 'FROM alpine:3.24\nSHELL ["/bin/bash", "-c"]\nRUN echo\nUSER 1\nHEALTHCHECK CMD app check\nCMD app\n';
  const ids = allFindings(text).map((finding) => finding.rule.meta.id);
  assert.deepEqual(ids, ['shell-instruction-missing-shell']);
});

test('fix: BusyBox ash takes the same options', () => {
  checkFix(
    rule,
    'FROM alpine:3.24\r\n# Fail in pipes.\r\nSHELL [ "/bin/bash" , "-euxo", "pipefail", "-c" ]\r\nRUN a | b\r\n',
    'FROM alpine:3.24\r\n# Fail in pipes.\r\nSHELL [ "/bin/ash" , "-euxo", "pipefail", "-c" ]\r\nRUN a | b\r\n',
  );
});

test('fix: refuses other shells, other options and images without ash', () => {
  for (const words of ['"/bin/zsh", "-c"', '"/bin/bash", "--login", "-c"', '"/bin/bash", "-O", "extglob", "-c"']) {
    assert.deepEqual(fixTitles(rule, `FROM alpine:3.24\nSHELL [${words}]\nRUN echo\n`), [], words);
  }
  assert.deepEqual(fixTitles(rule, 'FROM scratch\nSHELL ["/bin/bash", "-c"]\nRUN echo\n'), []);
});
