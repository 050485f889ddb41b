import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/final-stage-runs-as-root.js';
import { checkFix, checkNamedFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

test('reports the default user of the base image', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian13
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: The image starts as root, the default user of 'gcr.io/distroless/static-debian13'.
COPY app /app
ENTRYPOINT ["/app"]
`,
  );
  checkRule(
    rule,
    `
FROM scratch
#    ^^^^^^^ fixable: The image starts as root, the default user of 'scratch'.
COPY app /app
ENTRYPOINT ["/app"]
`,
  );
});

test('reports the USER that makes it so', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian13:nonroot
USER 0
#^^^^^ The image starts as root, because of this USER.
COPY app /app
ENTRYPOINT ["/app"]
`,
  );
});

test('follows the user through the stages that a stage continues', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim AS base
USER root
#^^^^^^^^ The image starts as root, because of this USER.
FROM base
CMD ["python", "/app.py"]
`,
  );
  checkRule(
    rule,
    `
FROM python:3.13-slim AS base
FROM base
#    ^^^^ fixable: The image starts as root, the default user of 'python:3.13-slim'.
CMD ["python", "/app.py"]
`,
  );
  checkSilent(
    rule,
    `
FROM python:3.13-slim AS base
USER 1000
FROM base
CMD ["python", "/app.py"]
`,
  );
});

test('is information where a script is started, which may change the user', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim
#    ^^^^^^^^^^^^^^^^ fixable: (information) The image starts as root, the default user of 'python:3.13-slim'.
COPY docker-entrypoint.sh /
ENTRYPOINT ["/docker-entrypoint.sh"]
`,
  );
});

test('is silent about bases that start as another user', () => {
  const start = (base: string) => `FROM ${base}\nENTRYPOINT ["/app"]\n`;
  checkSilent(rule, start('gcr.io/distroless/static-debian13:nonroot'));
  checkSilent(rule, start('cgr.dev/chainguard/static'));
  checkSilent(rule, start('dhi.io/python:3.13'));
  checkSilent(rule, start('mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled'));
});

test('is silent where a tool or server that changes the user is started', () => {
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y gosu
ENTRYPOINT ["/entrypoint"]
`,
  );
  checkSilent(
    rule,
    `
FROM alpine:3.24
RUN apk add --no-cache su-exec
ENTRYPOINT ["su-exec", "nobody", "/app"]
`,
  );
  checkSilent(
    rule,
    `
FROM nginx:1.29
COPY site /usr/share/nginx/html
`,
  );
  checkSilent(
    rule,
    `
FROM alpine:3.24
RUN apk add --no-cache nginx
CMD ["nginx", "-g", "daemon off;"]
`,
  );
  checkSilent(
    rule,
    `
FROM php:8.4-apache
COPY src /var/www/html
`,
  );
});

test('is silent about images for people, for building and for handing out files', () => {
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y gcc
`,
  );
  checkSilent(
    rule,
    `
FROM python:3.13
CMD ["python3"]
`,
  );
  checkSilent(
    rule,
    `
FROM alpine:3.24
CMD ["tail", "-f", "/dev/null"]
`,
  );
  checkSilent(
    rule,
    `
FROM scratch
COPY app /
`,
  );
  checkSilent(
    rule,
    `
FROM alpine:3.24 AS dev
CMD ["/app"]
`,
  );
});

test('is silent where the user is not known', () => {
  checkSilent(
    rule,
    `
ARG WHO
FROM alpine:3.24
ARG WHO
USER $WHO
CMD ["/app"]
`,
  );
  checkSilent(
    rule,
    `
FROM registry.example.com/team/base
CMD ["/app"]
`,
  );
});

test('names the FROM as the cause where no USER is written', () => {
  const [finding] = findingsOf(rule, 'FROM alpine:3.24\nCMD ["/app"]\n');
  assert.ok(finding?.because.some(({ note }) => note === "No USER follows 'alpine:3.24'."));
});

test('fix: takes the tag of the same image for another user', () => {
  checkFix(
    rule,
    `
FROM gcr.io/distroless/base-debian13:latest AS final
COPY app /app
ENTRYPOINT ["/app"]
`,
    `
FROM gcr.io/distroless/base-debian13:nonroot AS final
COPY app /app
ENTRYPOINT ["/app"]
`,
  );
});

test('fix: puts USER before the start command and the comment above it', () => {
  checkFix(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update

# Start the server.
ENTRYPOINT ["/app"]
CMD ["--verbose"]
`,
    `
FROM debian:trixie-slim
RUN apt-get update

USER 65532:65532
# Start the server.
ENTRYPOINT ["/app"]
CMD ["--verbose"]
`,
  );
});

test('fix: takes a user that the base image has for the purpose', () => {
  checkNamedFix(rule, {
    title: "Run as 'node' (uid 1000), a user of the base image",
    before: 'FROM node:24\r\nCMD ["node", "app.js"]\r\n',
    after: 'FROM node:24\r\nUSER 1000:1000\r\nCMD ["node", "app.js"]\r\n',
  });
});

test('offers no fix where a USER says root, or where a RUN follows the start command', () => {
  assert.deepEqual(fixTitles(rule, 'FROM alpine:3.24\nUSER root\nCMD ["/app"]\n'), []);
  assert.deepEqual(fixTitles(rule, 'FROM alpine:3.24\nCMD ["/app"]\nRUN mkdir /data\n'), []);
});

test('reads what a shell starts in exec form, and the later commands of a text', () => {
  const silent = (start: string) => checkSilent(rule, `FROM debian:trixie-slim\nCOPY app /app\n${start}\n`);
  silent(`CMD ["sh", "-c", "exec nginx -g 'daemon off;'"]`);
  silent(`CMD cp /app/site.conf /etc/nginx/conf.d/ && nginx -g 'daemon off;'`);
  silent('ENTRYPOINT ["tini", "--", "bash", "-c", "crond -f"]');
  silent(`CMD ["sh", "-c", "printf 'ready'; tail -f /dev/null"]`);
});

test('is information where a wrapper starts a script, and where a debugger is started', () => {
  const start = (words: string) => `
FROM debian:trixie-slim
#    ^^^^^^^^^^^^^^^^^^ fixable: (information) The image starts as root, the default user of 'debian:trixie-slim'.
COPY app /app
ENTRYPOINT ${words}
`;
  checkRule(rule, start('["timeout", "-k", "5", "18000", "/update.sh"]'));
  checkRule(rule, start('["sh", "-c", "/app/start.sh"]'));
  checkRule(rule, start('["dlv", "exec", "/app/server"]'));
});

test('fix: refuses another user where the program listens on a low port', () => {
  const text = (port: number) => `FROM gcr.io/distroless/static-debian13\nENTRYPOINT ["/app", "--port=${port}"]\n`;
  assert.deepEqual(fixTitles(rule, text(80)), []);
  assert.deepEqual(fixTitles(rule, text(8080)), ["Use the tag 'nonroot'", 'Run as uid 65532']);
});

test('fix: leaves the tag alone where the start command is relative to its working directory', () => {
  const text = (lines: string) => `FROM gcr.io/distroless/cc-debian13\n${lines}CMD ["./app"]\n`;
  assert.deepEqual(fixTitles(rule, text('COPY app /\n')), ['Run as uid 65532']);
  assert.deepEqual(fixTitles(rule, text('WORKDIR /srv\nCOPY app .\n')), ["Use the tag 'nonroot'", 'Run as uid 65532']);
});
