import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/final-stage-runs-as-root.js';
import { checkRule, checkSilent, findingsOf, fixTitles, type CheckOptions } from '../support/checks.js';

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

/** The severity of the one finding, or `none`. */
function severityOf(start: string, base = 'node:24-alpine', options: CheckOptions = {}): string {
  const findings = findingsOf(rule, `FROM ${base}\nCOPY . /app\n${start}\n`, options);
  assert.ok(findings.length <= 1);
  return findings[0]?.severity ?? 'none';
}

test('is information where a file of a script language is started, but not where an interpreter is', () => {
  assert.equal(severityOf('ENTRYPOINT ["/start.py"]', 'python:3.13-slim'), 'information');
  assert.equal(severityOf('ENTRYPOINT ["/usr/local/bin/fetch.lua"]', 'alpine:3.24'), 'information');
  assert.equal(severityOf('ENTRYPOINT ["python", "/start.py"]', 'python:3.13-slim'), 'warning');
  assert.equal(severityOf('CMD ["server.js"]'), 'warning');
});

test('is information where developers start it: a development server, a compiler', () => {
  assert.equal(severityOf('CMD ["pnpm", "dev", "--filter=web"]'), 'information');
  assert.equal(severityOf('CMD npm run dev'), 'information');
  assert.equal(severityOf('CMD ["npx", "nodemon", "server.js"]'), 'information');
  assert.equal(severityOf('CMD ["nodemon", "server.js"]'), 'information');
  assert.equal(severityOf('CMD ["python", "manage.py", "runserver"]', 'python:3.13-slim'), 'information');
  assert.equal(severityOf('ENTRYPOINT ["native-image"]', 'ubuntu:24.04'), 'information');
  assert.equal(severityOf('CMD ["npm", "start"]'), 'warning');
});

test('is silent where nothing is started, or the base decides', () => {
  assert.equal(severityOf('ENTRYPOINT ["bash", "-c"]', 'ubuntu:24.04'), 'none');
  assert.equal(severityOf('CMD ["true"]', 'alpine:3.24'), 'none');
  assert.equal(severityOf('CMD ["/usr/bin/openresty", "-g", "daemon off;"]', 'debian:13'), 'none');
  assert.equal(severityOf('', 'caddy:2-alpine'), 'none');
  assert.equal(severityOf('CMD ["app.handler"]', 'public.ecr.aws/lambda/python:3.13'), 'none');
});

test('a -c behind a script is no text of the shell', () => {
  const start = 'ENTRYPOINT ["/bin/ash", "/entrypoint.sh"]\nCMD ["serve", "-n", "-c", "/etc/serve.conf"]';
  assert.equal(severityOf(start, 'alpine:3.24'), 'information');
});

test('is silent where the start script in the build context changes the user', () => {
  const files = (text: string) => ({ files: { Dockerfile: '', 'start.sh': text }, path: 'Dockerfile' });
  const start = 'COPY start.sh /\nENTRYPOINT ["/start.sh"]';
  assert.equal(severityOf(start, 'debian:13', files('#!/bin/sh\nexec setpriv --reuid=1000 "$@"\n')), 'none');
  assert.equal(severityOf(start, 'debian:13', files('#!/bin/sh\nexec "$@" # no gosux\n')), 'information');
});

test('names the image with its build arguments put in', () => {
  const [finding] = findingsOf(rule, 'ARG TAG=24-alpine\nFROM node:$TAG\nCMD ["node", "x.js"]\n');
  assert.equal(finding?.message, "The image starts as root, the default user of 'node:24-alpine'.");
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

test('offers no fix where what is started lies in the home directory of root', () => {
  const titles = (run: string, start: string) =>
    fixTitles(rule, `FROM python:3.13-slim\nRUN ${run}\nENV PATH=/root/.local/bin:$PATH\nCMD ["${start}"]\n`);
  assert.deepEqual(titles('pip install --user gunicorn', '/root/.local/bin/gunicorn'), []);
  assert.deepEqual(titles('pip install pipx && pipx install gunicorn', 'gunicorn'), []);
  assert.deepEqual(titles('pip install gunicorn', '/usr/local/bin/gunicorn'), ['Run as uid 65532']);
});
