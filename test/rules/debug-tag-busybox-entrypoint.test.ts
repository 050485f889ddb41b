import { test } from 'node:test';
import rule from '../../server/src/rules/debug-tag-busybox-entrypoint.js';
import { checkFix, checkRule, checkSilent } from '../support/checks.js';

test('reports a program that the shell of the base image would read', () => {
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
RUN CGO_ENABLED=0 go build -o /out/app .
FROM gcr.io/distroless/cc-debian13:debug-nonroot
COPY --from=build /out/app /app/my-app
CMD ["/app/my-app", "--port", "80"]
#    ^^^^^^^^^^^^^ fixable: The base image starts '/busybox/sh', so it takes '/app/my-app' for a shell script.
`,
  );
  checkRule(
    rule,
    `
FROM gcr.io/distroless/base-debian13:debug AS base
FROM base
CMD ["sh"]
#    ^^^^ fixable: The base image starts '/busybox/sh', so it takes 'sh' for a shell script.
`,
  );
});

test('is a warning where the file may be a script', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static:debug
COPY app /app
CMD ["/app"]
#    ^^^^^^ fixable: (warning) The base image starts '/busybox/sh', so it takes '/app' for a shell script.
`,
  );
});

test('is silent about scripts and options of the shell', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/static:debug\nCOPY run.sh /\nCMD ["/run.sh"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/static:debug\nCMD ["-c", "/app --port 80"]\n');
});

test('is silent where ENTRYPOINT is set, also to nothing', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/static:debug\nENTRYPOINT ["/app"]\nCMD ["serve"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/static:debug\nENTRYPOINT []\nCMD ["/app"]\n');
});

test('is silent about images with another entrypoint, or of which it is not known', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13:debug\nCMD ["server.js"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/static-debian13\nCMD ["/app"]\n');
  checkSilent(rule, 'ARG TAG\nFROM gcr.io/distroless/static-debian13:$TAG\nCMD ["/app"]\n');
  checkSilent(rule, 'FROM debian:trixie-slim\nCMD ["/app"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/static:debug AS a\nCMD ["/app"]\nFROM scratch\n');
});

test('names the program as ENTRYPOINT', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/static:debug\nCOPY app /\ncmd ["/app"]\n',
    'FROM gcr.io/distroless/static:debug\nCOPY app /\nentrypoint ["/app"]\n',
  );
});
