import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/run-setup-in-shellless-stage.js';
import { checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('names the commands that only prepare files and users', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian13
COPY app /app
RUN mkdir -p /data && chown nonroot /data && mkdir /tmp/x
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This stage has no shell to run 'mkdir' and 'chown'.
`,
  );
});

test('names a single command and three of them', () => {
  checkRule(
    rule,
    `
FROM scratch AS one
RUN adduser -D app
#   ^^^^^^^^^^^^^^ This stage has no shell to run 'adduser'.
FROM one
RUN addgroup app && adduser app && ln -s /a /b
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This stage has no shell to run 'addgroup', 'adduser' and 'ln'.
`,
  );
});

test('follows the base image through a stage', () => {
  checkRule(
    rule,
    `
FROM cgr.dev/chainguard/static AS base
FROM base AS final
RUN touch /ready
#   ^^^^^^^^^^^^ This stage has no shell to run 'touch'.
`,
  );
});

test('leaves a RUN with any other command to the general rule', () => {
  checkSilent(rule, 'FROM scratch\nRUN mkdir /data && ./configure\n');
  checkSilent(rule, 'FROM scratch\nRUN apt-get update\n');
});

test('is silent where there is a shell, was one copied, or is one mounted', () => {
  checkSilent(rule, 'FROM alpine:3.22\nRUN mkdir /data\n');
  checkSilent(rule, 'FROM scratch\nCOPY --from=busybox:uclibc /bin /bin\nRUN mkdir /data\n');
  checkSilent(rule, 'FROM scratch\nRUN --mount=from=busybox:uclibc,target=/bin mkdir /data\n');
});

test('is silent about exec form, ONBUILD and images that are not known', () => {
  checkSilent(rule, 'FROM scratch\nCOPY mkdir /bin/mkdir\nRUN ["/bin/mkdir", "/data"]\n');
  checkSilent(rule, 'FROM scratch\nONBUILD RUN mkdir /data\n');
  checkSilent(rule, 'FROM registry.example.com/base\nRUN mkdir /data\n');
  checkSilent(rule, 'ARG BASE\nFROM $BASE\nRUN mkdir /data\n');
});

test('fix: moves the mode to the COPY of the file', () => {
  checkFix(
    rule,
    'FROM scratch\r\nCOPY --from=build /out/app /app\r\n# It must run.\r\nRUN chmod +x /app\r\nENTRYPOINT ["/app"]\r\n',
    'FROM scratch\r\nCOPY --chmod=0755 --from=build /out/app /app\r\n# It must run.\r\nENTRYPOINT ["/app"]\r\n',
  );
});

test('fix: removes the RUN with its continuation lines', () => {
  checkFix(
    rule,
    'FROM scratch\nCOPY app /app\nRUN chmod \\\n    0500 /app\nENTRYPOINT ["/app"]\n',
    'FROM scratch\nCOPY --chmod=0500 app /app\nENTRYPOINT ["/app"]\n',
  );
});

test('fix: refuses what COPY cannot do alike', () => {
  const refused = [
    'COPY app /app\nRUN chmod u+s /app',
    'COPY app /app\nRUN chmod 0755 /app && chown app /app',
    'COPY app /app\nRUN chmod 0755 /app /other',
    'COPY a b /app/\nRUN chmod 0755 /app',
    'COPY a /app\nCOPY b /app\nRUN chmod 0755 /app',
    'COPY --chmod=0500 app /app\nRUN chmod 0755 /app',
    'RUN chmod 0755 /app\nCOPY app /app',
    'COPY app /app\nRUN chmod \\\n  # why\n  0755 /app',
    'COPY app /app\nRUN mkdir /data',
  ];
  for (const text of refused) assert.deepEqual(fixTitles(rule, `FROM scratch\n${text}\n`), [], text);
});
