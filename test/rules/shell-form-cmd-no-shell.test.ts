import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/shell-form-cmd-no-shell.js';
import { allFindings, checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

test('reports a shell-form CMD where the base image has no shell', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/base-debian13
COPY server /app/server
CMD /app/server --port 8080
#   ^^^^^^^^^^^^^^^^^^^^^^^ fixable: Shell-form CMD runs through '/bin/sh', which this image does not have.
`,
  );
});

test('says what an interpreter in ENTRYPOINT is given instead', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/java21-debian13
CMD app.jar --port=8080
#   ^^^^^^^^^^^^^^^^^^^ fixable: Shell-form CMD hands '/bin/sh -c …' to the ENTRYPOINT '/usr/bin/java -jar', and this image has no such shell.
`,
  );
});

test('warns only where the ENTRYPOINT is a program of the file, which may do something with the words', () => {
  checkRule(
    rule,
    `
FROM scratch
COPY app /app
ENTRYPOINT ["/app"]
CMD serve --port 80
#   ^^^^^^^^^^^^^^^ fixable: (warning) Shell-form CMD hands '/bin/sh -c …' to the ENTRYPOINT '/app', and this image has no such shell.
`,
  );
});

test('follows the base image through a named stage and a build argument', () => {
  checkRule(
    rule,
    `
ARG BASE=gcr.io/distroless/static-debian13:nonroot
FROM \${BASE} AS base
FROM base
CMD /app
#   ^^^^ fixable: Shell-form CMD runs through '/bin/sh', which this image does not have.
`,
  );
});

test('a :debug tag has a shell, but not at /bin/sh', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/base-debian13:debug
ENTRYPOINT []
CMD /app
#   ^^^^ fixable: Shell-form CMD runs through '/bin/sh', which this image does not have.
`,
  );
  checkSilent(
    rule,
    `
FROM gcr.io/distroless/base-debian13:debug
SHELL ["/busybox/sh", "-c"]
ENTRYPOINT []
CMD /app
`,
  );
});

test('only the last CMD of the final stage counts', () => {
  checkSilent(
    rule,
    `
FROM gcr.io/distroless/static-debian13 AS tool
CMD /tool
FROM gcr.io/distroless/static-debian13
CMD /first
CMD ["/second"]
`,
  );
});

test('is silent where a shell was copied, or may have been', () => {
  checkSilent(
    rule,
    `
FROM gcr.io/distroless/static-debian13
COPY --from=busybox:uclibc /bin/sh /bin/sh
CMD /app
`,
  );
  checkSilent(
    rule,
    `
FROM scratch
ADD rootfs.tar.gz /
CMD /app
`,
  );
  checkSilent(
    rule,
    `
FROM scratch
COPY --from=debian:trixie-slim / /
CMD /app
`,
  );
});

test('is silent about images that are not known', () => {
  for (const base of ['registry.example.com/team/base', '$BASE', 'mcr.microsoft.com/windows/nanoserver:ltsc2022']) {
    checkSilent(rule, `ARG BASE\nFROM ${base}\nCMD /app\n`);
  }
});

test('a shell-form ENTRYPOINT ignores CMD, and a shell that SHELL names fails in RUN already', () => {
  checkSilent(rule, 'FROM scratch\nENTRYPOINT /app\nCMD /app\n');
  const errors = allFindings('FROM alpine:3.22\nSHELL ["/bin/bash", "-c"]\nRUN echo\nCMD app\n').filter(
    ({ severity }) => severity === 'error',
  );
  assert.deepEqual(
    errors.map((finding) => finding.rule.meta.id),
    ['shell-instruction-missing-shell'],
  );
});

test('fix: an interpreter that the base image starts is left out', () => {
  checkFix(
    rule,
    `
FROM gcr.io/distroless/nodejs24-debian13
# Serves the site.
CMD node server.js "--title=A b" # not a comment
`.replace(' # not a comment', ''),
    `
FROM gcr.io/distroless/nodejs24-debian13
# Serves the site.
CMD ["server.js", "--title=A b"]
`,
  );
  checkFix(
    rule,
    'FROM gcr.io/distroless/java21-debian13\nCMD java -jar -Xmx1g app.jar\n',
    'FROM gcr.io/distroless/java21-debian13\nCMD ["-Xmx1g", "app.jar"]\n',
  );
});

test('fix: exec is left out, continuation lines are joined, CRLF stays', () => {
  checkFix(
    rule,
    'FROM scratch\r\nCOPY app /app\r\nCMD exec /app \\\r\n  --port 80\r\nUSER 1\r\n',
    'FROM scratch\r\nCOPY app /app\r\nCMD ["/app", "--port", "80"]\r\nUSER 1\r\n',
  );
});

test('fix: refuses what only a shell understands, and what could not start', () => {
  const commands = [
    'exec $SERVER',
    '/app && /other',
    '/app *.conf',
    'PORT=80 /app',
    'cd /srv',
    '/start.sh',
    '/app \\\n  # why\n  --port 80',
    'java -jar /app.jar',
  ];
  for (const command of commands) {
    assert.deepEqual(fixTitles(rule, `FROM gcr.io/distroless/base-debian13\nCMD ${command}\n`), [], command);
  }
  for (const command of ['npm start', 'gunicorn', 'node']) {
    assert.deepEqual(fixTitles(rule, `FROM gcr.io/distroless/nodejs24-debian13\nCMD ${command}\n`), [], command);
  }
  assert.deepEqual(fixTitles(rule, 'FROM gcr.io/distroless/java21-debian13\nCMD java com.example.Main\n'), []);
});

test('fix: is safe only where the image was surely broken', () => {
  const safe = (text: string) => findingsOf(rule, text).flatMap((finding) => finding.fixes().map((fix) => fix.safe));
  assert.deepEqual(safe('FROM scratch\nCOPY app /app\nCMD /app\n'), [true]);
  assert.deepEqual(safe('FROM scratch\nENTRYPOINT ["/app"]\nCMD serve\n'), [false]);
});
