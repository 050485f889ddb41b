import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/shell-form-run-no-shell.js';
import { allFindings, checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports a shell-form RUN in a stage without a shell, whether or not the stage is the last', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/base-debian13 AS tools
RUN tool --self-test
#   ^^^^^^^^^^^^^^^^ Shell-form RUN needs '/bin/sh', which this stage does not have.
FROM debian:trixie-slim
COPY --from=tools /tool /tool
RUN /tool --self-test
`,
  );
});

test('is only information where BuildKit skips the stage', () => {
  checkRule(
    rule,
    `
FROM scratch AS unused
RUN tool
#   ^^^^ (information) Shell-form RUN needs '/bin/sh', which this stage does not have.
FROM alpine:3.22
`,
  );
});

test('a heredoc is run by the shell too', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/base-debian13
RUN <<EOF
#   ^^^^^ Shell-form RUN needs '/bin/sh', which this stage does not have.
/app --self-test
EOF
`,
  );
});

test('follows the base image through a stage and a build argument', () => {
  checkRule(
    rule,
    `
ARG BASE=scratch
FROM $BASE AS base
FROM base
RUN /app --self-test
#   ^^^^^^^^^^^^^^^^ Shell-form RUN needs '/bin/sh', which this stage does not have.
`,
  );
});

test('the :debug tags need SHELL to name their shell', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/base-debian13:debug
RUN echo hello
#   ^^^^^^^^^^ Shell-form RUN needs '/bin/sh', which this stage does not have.
`,
  );
  checkSilent(
    rule,
    `
FROM gcr.io/distroless/base-debian13:debug
SHELL ["/busybox/sh", "-c"]
RUN echo hello
`,
  );
});

test('is silent after a shell was copied, or mounted for the RUN', () => {
  checkSilent(rule, 'FROM scratch\nCOPY --from=busybox:uclibc /bin /bin\nRUN echo hello\n');
  checkSilent(rule, 'FROM scratch\nRUN --mount=from=busybox:uclibc,source=/bin,target=/bin echo hello\n');
});

test('speaks where SHELL stands in a parent stage, which has no RUN for it', () => {
  checkRule(
    rule,
    `
FROM alpine:3.22 AS base
SHELL ["/bin/bash", "-c"]
FROM base
RUN make
#   ^^^^ Shell-form RUN needs '/bin/bash', which this stage does not have.
`,
  );
});

test('a mount is gone in the next RUN', () => {
  checkRule(
    rule,
    `
FROM scratch
RUN --mount=from=busybox:uclibc,target=/bin echo one
RUN echo two
#   ^^^^^^^^ Shell-form RUN needs '/bin/sh', which this stage does not have.
`,
  );
});

test('is silent after a RUN in exec form that may have installed a shell', () => {
  checkSilent(
    rule,
    `
FROM scratch
COPY --from=busybox:uclibc /bin/busybox /bin/busybox
RUN ["/bin/busybox", "--install", "-s", "/bin"]
RUN echo hello
`,
  );
});

test('is silent about images that are not known, Windows and ONBUILD', () => {
  checkSilent(rule, 'FROM registry.example.com/base\nRUN echo hello\n');
  checkSilent(rule, 'ARG BASE\nFROM $BASE\nRUN echo hello\n');
  checkSilent(rule, 'FROM mcr.microsoft.com/dotnet/aspnet:8.0-nanoserver-ltsc2022\nRUN echo hello\n');
  checkSilent(rule, 'FROM scratch\nONBUILD RUN echo hello\n');
});

test('leaves mkdir and the like, and a shell that SHELL names, to rules of their own', () => {
  assert.deepEqual(errorsOf('FROM scratch\nRUN mkdir /data\n'), ['run-setup-in-shellless-stage']);
  assert.deepEqual(errorsOf('FROM scratch\nSHELL ["/bin/bash", "-c"]\nRUN make\n'), [
    'shell-instruction-missing-shell',
  ]);
  assert.deepEqual(errorsOf('FROM gcr.io/distroless/cc-debian13\nRUN apt-get install -y curl\n'), [
    'shell-form-run-no-shell',
  ]);
});

test('fix: runs a program that was copied without a shell', () => {
  checkFix(
    rule,
    'FROM scratch\r\nCOPY app /app\r\nRUN /app --self-test --name "a b"\r\n',
    'FROM scratch\r\nCOPY app /app\r\nRUN ["/app", "--self-test", "--name", "a b"]\r\n',
  );
});

test('fix: refuses programs that are not there, and shell syntax', () => {
  for (const command of ['app', '/other', '/app && /app', '/app > /log', '/app $X']) {
    assert.deepEqual(fixTitles(rule, `FROM scratch\nCOPY app /app\nRUN ${command}\n`), [], command);
  }
});

function errorsOf(text: string): string[] {
  const errors = allFindings(text).filter(({ severity }) => severity === 'error');
  return errors.map((finding) => finding.rule.meta.id);
}
