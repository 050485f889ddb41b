import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/user-name-unresolvable.js';
import { checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports a name on scratch, which has no accounts at all', () => {
  checkRule(
    rule,
    `
FROM scratch
COPY app /app
USER nobody:nogroup
#    ^^^^^^^^^^^^^^ fixable: The user 'nobody' is not among the accounts of this image.
`,
  );
});

test('an account that was created in another stage does not come along', () => {
  checkRule(
    rule,
    `
FROM alpine:3.22 AS build
RUN adduser -D app
FROM gcr.io/distroless/static-debian13
COPY --from=build /app /app
USER app
#    ^^^ fixable: The user 'app' is not among the accounts of this image.
`,
  );
});

test('follows the base image and the name through a stage and build arguments', () => {
  checkRule(
    rule,
    `
ARG BASE=scratch
FROM $BASE AS base
FROM base
ARG APP_USER=app
USER \${APP_USER}
#    ^^^^^^^^^^^ The user 'app' is not among the accounts of this image.
`,
  );
});

test('reports the stage in which a RUN would need the account', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/cc-debian13 AS tools
USER app
#    ^^^ fixable: The user 'app' is not among the accounts of this stage.
RUN ["/app", "--self-test"]
FROM gcr.io/distroless/cc-debian13
COPY --from=tools /out /out
`,
  );
});

test('the accounts of hardened images are known', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/static-debian13\nUSER nonroot\n');
  checkSilent(rule, 'FROM gcr.io/distroless/static-debian13\nUSER nobody\n');
  checkSilent(rule, 'FROM cgr.dev/chainguard/static\nUSER nonroot:nonroot\n');
});

test('numbers and root need no account', () => {
  for (const user of ['1000', '65532:65532', '0', 'root', 'root:root']) {
    checkSilent(rule, `FROM scratch\nUSER ${user}\n`);
  }
});

test('is silent where /etc/passwd comes from elsewhere', () => {
  const copies = [
    'COPY --from=build /etc/passwd /etc/passwd',
    'COPY --from=build /etc/passwd /etc/group /etc/',
    'COPY passwd /etc/passwd',
    'COPY --from=build /rootfs/ /',
    'COPY etc /etc',
    'ADD rootfs.tar.gz /',
  ];
  for (const copy of copies) {
    checkSilent(rule, `FROM alpine:3.22 AS build\nRUN adduser -D app\nFROM scratch\n${copy}\nUSER app\n`);
  }
});

test('reports a name that the copied /etc/passwd is known to lack', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian13 AS accounts
FROM scratch
COPY --from=accounts /etc/passwd /etc/passwd
USER app
#    ^^^ fixable: The user 'app' is not among the accounts of this image.
`,
  );
});

test('is silent where the account is made in the stage, before the process starts', () => {
  const steps = [
    'RUN adduser -D app\nUSER app',
    'USER app\nCOPY passwd /etc/passwd\nRUN echo hello',
    'RUN addgroup -S app && adduser -S -G app app\nUSER app',
    "RUN echo 'app:x:1000:1000::/:' >> /etc/passwd\nUSER app",
    'RUN usermod -l app nonroot\nUSER app',
    'RUN ./make-users\nUSER app',
  ];
  for (const step of steps) {
    const text = `FROM gcr.io/distroless/static-debian13:debug\nSHELL ["/busybox/sh", "-c"]\n${step}\n`;
    checkSilent(rule, text);
  }
});

test('is silent about USER that nothing uses, and about ONBUILD', () => {
  checkSilent(rule, 'FROM scratch AS a\nUSER app\nFROM alpine:3.22\nUSER 1\n');
  checkSilent(rule, 'FROM scratch\nUSER app\nUSER 1000\n');
  checkSilent(rule, 'FROM scratch\nONBUILD USER app\n');
});

test('is silent about images that are not known, and names that are not', () => {
  checkSilent(rule, 'FROM registry.example.com/base\nUSER app\n');
  checkSilent(rule, 'ARG TAG\nFROM gcr.io/distroless/static-debian13:$TAG\nUSER app\n');
  checkSilent(rule, 'FROM scratch\nARG APP_USER\nUSER $APP_USER\n');
  checkSilent(rule, 'FROM node:24-slim\nUSER node\n');
});

test('fix: uses the number of the non-root images, and no more', () => {
  checkFix(
    rule,
    'FROM scratch\r\nCOPY app /app\r\n# Not root.\r\nUSER app:app\r\nENTRYPOINT ["/app"]\r\n',
    'FROM scratch\r\nCOPY app /app\r\n# Not root.\r\nUSER 65532:65532\r\nENTRYPOINT ["/app"]\r\n',
  );
  assert.deepEqual(fixTitles(rule, 'FROM scratch\nARG U=app\nUSER $U\n'), []);
});
