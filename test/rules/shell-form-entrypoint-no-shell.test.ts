import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/shell-form-entrypoint-no-shell.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

test('reports a shell-form ENTRYPOINT where the base image has no shell', () => {
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app .
FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /out/app /
ENTRYPOINT /app --flag
#          ^^^^^^^^^^^ fixable: Shell-form ENTRYPOINT runs through '/bin/sh', which this image does not have.
`,
  );
});

test('follows the base image through a named stage', () => {
  checkRule(
    rule,
    `
FROM cgr.dev/chainguard/static:latest AS base
COPY app /usr/bin/app
FROM base
ENTRYPOINT exec /usr/bin/app $FLAGS
#          ^^^^^^^^^^^^^^^^^^^^^^^^ Shell-form ENTRYPOINT runs through '/bin/sh', which this image does not have.
`,
  );
});

test('a program copied to the root is a file when ENTRYPOINT starts it, so no shell came along', () => {
  checkRule(
    rule,
    `
FROM scratch
COPY server /
ENTRYPOINT /server
#          ^^^^^^^ fixable: Shell-form ENTRYPOINT runs through '/bin/sh', which this image does not have.
`,
  );
});

test('is silent where a directory of unlisted files was copied to the root', () => {
  checkSilent(rule, 'FROM scratch\nCOPY rootfs/ /\nENTRYPOINT /server\n');
  checkSilent(rule, 'FROM gcr.io/distroless/static-debian13\nCOPY . .\nENTRYPOINT /server\n');
});

test('is silent where a shell was copied, or the whole directory of one', () => {
  checkSilent(rule, 'FROM scratch\nCOPY --from=busybox:musl /bin /bin\nENTRYPOINT /app\n');
  checkSilent(rule, 'FROM scratch\nCOPY --from=busybox:musl /bin/busybox /bin/sh\nENTRYPOINT /app\n');
});

test('hardened images are not all without a shell', () => {
  checkSilent(rule, 'FROM cgr.dev/chainguard/node\nENTRYPOINT node server.js\n');
  checkSilent(rule, 'FROM cgr.dev/chainguard/wolfi-base\nENTRYPOINT app\n');
  checkSilent(rule, 'FROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine\nENTRYPOINT dotnet app.dll\n');
});

test('is silent about images that are not known, and about stages that are not the image', () => {
  checkSilent(rule, 'FROM registry.example.com/team/base\nENTRYPOINT /app\n');
  checkSilent(rule, 'ARG BASE\nFROM $BASE\nENTRYPOINT /app\n');
  checkSilent(rule, 'FROM scratch AS other\nENTRYPOINT /app\nFROM alpine:3.22\nENTRYPOINT /app\n');
});

test('an ENTRYPOINT in ONBUILD does nothing in this build', () => {
  checkSilent(rule, 'FROM scratch\nONBUILD ENTRYPOINT /app\n');
});

test('fix: writes the same words as a JSON array', () => {
  checkFix(
    rule,
    'FROM scratch\r\n# It listens.\r\nCOPY app /app\r\nENTRYPOINT   /app --name \'a b\' "c"\r\n',
    'FROM scratch\r\n# It listens.\r\nCOPY app /app\r\nENTRYPOINT   ["/app", "--name", "a b", "c"]\r\n',
  );
});

test('fix: names the interpreter by its path where PATH does not lead to it', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/nodejs24-debian13\nENTRYPOINT node server.js\n',
    'FROM gcr.io/distroless/nodejs24-debian13\nENTRYPOINT ["/nodejs/bin/node", "server.js"]\n',
  );
});

test('fix: refuses variables, operators and scripts', () => {
  for (const command of ['/app $PORT', '/app | tee /log', '/docker-entrypoint.sh', '~/app', '"/app" > /log']) {
    assert.deepEqual(fixTitles(rule, `FROM scratch\nENTRYPOINT ${command}\n`), [], command);
  }
});

test('fix: is not safe where a CMD would become its arguments', () => {
  const safe = (text: string) => findingsOf(rule, text).flatMap((finding) => finding.fixes().map((fix) => fix.safe));
  assert.deepEqual(safe('FROM scratch\nCOPY app /app\nENTRYPOINT /app\n'), [true]);
  assert.deepEqual(safe('FROM scratch\nCOPY app /app\nCMD ["x"]\nENTRYPOINT /app\n'), [false]);
});
