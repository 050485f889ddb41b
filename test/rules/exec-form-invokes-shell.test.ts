import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/exec-form-invokes-shell.js';
import { allFindings, checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports a shell by name in an image without one', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian13
COPY app /app
ENTRYPOINT ["sh", "-c", "exec /app --port $PORT"]
#           ^^^^ ENTRYPOINT starts 'sh', which is not in this image.
`,
  );
});

test('reports bash and env by path, in every instruction that starts a process', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/cc-debian13
HEALTHCHECK CMD ["bash", "-c", "node check.js"]
#                ^^^^^^ HEALTHCHECK starts 'bash', which is not in this image.
CMD ["/usr/bin/env", "app"]
#    ^^^^^^^^^^^^^^ CMD starts '/usr/bin/env', which is not in this image.
`,
  );
  checkRule(
    rule,
    `
FROM gcr.io/distroless/cc-debian13 AS tools
RUN ["/bin/bash", "-c", "echo $X"]
#    ^^^^^^^^^^^ RUN starts '/bin/bash', which is not in this stage.
FROM alpine:3.22
COPY --from=tools /x /x
`,
  );
});

test('reports bash on Alpine, also through a named stage', () => {
  checkRule(
    rule,
    `
FROM alpine:3.22 AS base
FROM base
CMD ["bash", "-c", "exec app"]
#    ^^^^^^ fixable: CMD starts 'bash', which is not in this image.
`,
  );
});

test('an interpreter of the base image takes the shell for a script, even where there is one', () => {
  checkRule(
    rule,
    `
FROM cgr.dev/chainguard/node
WORKDIR /app
CMD ["sh", "-c", "node server.js"]
#    ^^^^ fixable: The base image starts '/usr/bin/node', so it takes 'sh' for the script to run.
`,
  );
});

test('the busybox shell of the :debug tags is at /busybox/sh only', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/base-debian13:debug\nENTRYPOINT ["/busybox/sh", "-c", "/app"]\n');
  checkRule(
    rule,
    `
FROM gcr.io/distroless/base-debian13
ENTRYPOINT ["/busybox/sh", "-c", "/app"]
#           ^^^^^^^^^^^^^ fixable: ENTRYPOINT starts '/busybox/sh', which is not in this image.
`,
  );
});

test('is silent where bash is installed, under either path', () => {
  for (const program of ['bash', '/bin/bash', '/usr/bin/bash']) {
    checkSilent(rule, `FROM alpine:3.22\nRUN apk add --no-cache bash\nCMD ["${program}", "-c", "app"]\n`);
  }
});

test('reports bash again after it was removed', () => {
  checkRule(
    rule,
    `
FROM alpine:3.22
RUN apk add --no-cache --virtual .build bash
RUN apk del .build
CMD ["/bin/bash"]
#    ^^^^^^^^^^^ CMD starts '/bin/bash', which is not in this image.
`,
  );
});

test('is silent where a shell was copied, or a command may have brought one', () => {
  checkSilent(rule, 'FROM scratch\nCOPY --from=busybox:uclibc /bin/sh /bin/sh\nCMD ["sh", "-c", "x"]\n');
  checkSilent(rule, 'FROM alpine:3.22\nRUN ./install-tools\nCMD ["bash", "-c", "x"]\n');
});

test('images without -dev may have a shell', () => {
  checkSilent(rule, 'FROM cgr.dev/chainguard/bash\nENTRYPOINT ["sh", "-c", "x"]\n');
  checkSilent(rule, 'FROM dhi.io/golang:1.26\nCMD ["sh", "-c", "x"]\n');
});

test('CMD is an argument where the file sets ENTRYPOINT, or it is not known', () => {
  checkSilent(rule, 'FROM scratch\nENTRYPOINT ["/init"]\nCMD ["sh"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/base-debian13:debug\nCMD ["sh"]\n');
});

test('is silent about images that are not known, other stages and names that only look alike', () => {
  checkSilent(rule, 'FROM registry.example.com/base\nCMD ["bash"]\n');
  checkSilent(rule, 'ARG TAG\nFROM gcr.io/distroless/static:$TAG\nCMD ["bash"]\n');
  checkSilent(rule, 'FROM scratch AS a\nCMD ["bash"]\nFROM alpine:3.22\n');
  checkSilent(rule, 'FROM scratch\nCMD ["/opt/tool/bin/refresh"]\n');
});

test('a HEALTHCHECK that calls bash is one finding', () => {
  const ids = allFindings('FROM alpine:3.22\nHEALTHCHECK CMD ["bash", "-c", "x"]\nUSER 1\n').map(
    ({ rule: { meta } }) => meta.id,
  );
  assert.deepEqual(ids, ['exec-form-invokes-shell']);
});

test('fix: starts the program itself', () => {
  checkFix(
    rule,
    'FROM scratch\r\nCOPY app /app\r\nENTRYPOINT ["/bin/sh", "-c", "exec /app --port 80"]\r\n',
    'FROM scratch\r\nCOPY app /app\r\nENTRYPOINT ["/app", "--port", "80"]\r\n',
  );
  checkFix(
    rule,
    'FROM gcr.io/distroless/nodejs24-debian13\nCMD ["sh", "-c", "node server.js"]\n',
    'FROM gcr.io/distroless/nodejs24-debian13\nCMD ["server.js"]\n',
  );
});

test('fix: refuses variables, operators, other options and programs that are missing', () => {
  const commands = [
    '["sh", "-c", "/app $X"]',
    '["sh", "-c", "/a && /b"]',
    '["sh", "-ec", "/app"]',
    '["sh", "/run.sh"]',
  ];
  for (const command of [...commands, '["sh", "-c", "node server.js"]']) {
    assert.deepEqual(fixTitles(rule, `FROM scratch\nCOPY app /app\nENTRYPOINT ${command}\n`), [], command);
  }
});
