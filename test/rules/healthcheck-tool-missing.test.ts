import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/healthcheck-tool-missing.js';
import { allFindings, checkFix, checkNamedFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports curl in exec form where the image was read in full', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian13
HEALTHCHECK CMD ["curl", "-f", "http://localhost:3000/health"]
#                ^^^^^^ HEALTHCHECK runs 'curl', which is not in this image.
`,
  );
});

test('reports curl in shell form on slim and Alpine images', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim
HEALTHCHECK --interval=30s \\
  CMD curl -f http://localhost/ || exit 1
#     ^^^^ fixable: HEALTHCHECK runs 'curl', which is not in this image.
`,
  );
  checkRule(
    rule,
    `
FROM alpine:3.22
HEALTHCHECK CMD TZ=UTC exec curl -fsS http://localhost/$PATH_OF_IT
#                           ^^^^ HEALTHCHECK runs 'curl', which is not in this image.
`,
  );
});

test('follows the check and the base image through a stage and a build argument', () => {
  checkRule(
    rule,
    `
ARG RELEASE=24.04
FROM ubuntu:\${RELEASE} AS base
HEALTHCHECK CMD wget --spider -q http://localhost/ || exit 1
#               ^^^^ HEALTHCHECK runs 'wget', which is not in this image.
FROM base
CMD ["app"]
`,
  );
});

test('BusyBox brings wget and nc', () => {
  checkSilent(rule, 'FROM alpine:3.22\nHEALTHCHECK CMD wget -q --spider http://localhost/\n');
  checkSilent(rule, 'FROM node:24-alpine\nHEALTHCHECK CMD nc -z localhost 80\n');
  checkSilent(rule, 'FROM busybox\nHEALTHCHECK CMD ["wget", "-q", "http://localhost/"]\n');
});

test('is silent where the tool is installed, copied or downloaded', () => {
  const steps = [
    'RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*',
    'COPY --from=curl /usr/bin/curl /usr/local/bin/curl',
    'COPY bin/ /usr/local/bin/',
    'ADD https://example.com/curl /usr/bin/',
    'RUN apt-get install -y wget && wget -qO/usr/local/bin/curl https://example.com/c && chmod +x /usr/local/bin/curl',
    'RUN cd /usr/local/bin && python3 -m pip download x && wget https://example.com/curl',
    'RUN ./install-tools',
  ];
  for (const step of steps) {
    checkSilent(rule, `FROM debian:trixie-slim\n${step}\nHEALTHCHECK CMD curl -f http://localhost/ || exit 1\n`);
  }
});

test('reports a tool that is only there while something is built', () => {
  checkRule(
    rule,
    `
FROM alpine:3.22
RUN apk add --no-cache --virtual .build curl && apk del .build
HEALTHCHECK CMD curl -f http://localhost/
#               ^^^^ HEALTHCHECK runs 'curl', which is not in this image.
`.replace('#               ^^^^ H', '#               ^^^^ fixable: H'),
  );
});

test('is silent where the check may succeed without the tool', () => {
  const checks = [
    'curl -f http://localhost/ || exit 0',
    'curl -f http://localhost/ || wget -q http://localhost/',
    'command -v curl && curl -f http://localhost/ || exit 1',
    'if curl -f http://localhost/; then exit 1; fi',
    'curl -f http://localhost/ | cat',
    '! curl -f http://localhost/',
    '$TOOL http://localhost/',
  ];
  for (const check of checks) checkSilent(rule, `FROM debian:trixie-slim\nHEALTHCHECK CMD ${check}\n`);
});

test('is silent about images that are not known, other stages and checks of the base image', () => {
  checkSilent(rule, 'FROM registry.example.com/base\nHEALTHCHECK CMD ["curl", "http://localhost/"]\n');
  checkSilent(rule, 'ARG TAG\nFROM alpine:$TAG\nHEALTHCHECK CMD ["curl", "http://localhost/"]\n');
  checkSilent(rule, 'FROM scratch AS a\nHEALTHCHECK CMD ["curl"]\nFROM alpine:3.22\nHEALTHCHECK NONE\n');
  checkSilent(rule, 'FROM alpine:3.22\nHEALTHCHECK CMD ["/usr/local/bin/check"]\n');
});

test('leaves shell form without a shell, a bare node and bash to rules of their own', () => {
  const ids = allFindings('FROM gcr.io/distroless/static-debian13\nHEALTHCHECK CMD curl http://localhost/\n').map(
    (finding) => finding.rule.meta.id,
  );
  assert.deepEqual(ids, ['healthcheck-shell-form-no-shell']);
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13\nHEALTHCHECK CMD ["node", "check.js"]\n');
  checkSilent(rule, 'FROM alpine:3.22\nHEALTHCHECK CMD ["bash", "-c", "check"]\n');
});

test('fix: asks with the interpreter that the image has', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/nodejs24-debian13\r\nHEALTHCHECK --timeout=3s CMD ["curl", "-fsS", "http://localhost:3000/"]\r\n',
    'FROM gcr.io/distroless/nodejs24-debian13\r\nHEALTHCHECK --timeout=3s CMD ["/nodejs/bin/node", "-e", "fetch(\'http://localhost:3000/\').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]\r\n',
  );
  checkFix(
    rule,
    'FROM python:3.13-slim\nHEALTHCHECK CMD curl --fail http://localhost/ || exit 1\n',
    'FROM python:3.13-slim\nHEALTHCHECK CMD ["/usr/local/bin/python3", "-c", "import urllib.request; urllib.request.urlopen(\'http://localhost/\')"]\n',
  );
});

test('fix: asks with the wget of BusyBox', () => {
  checkNamedFix(rule, {
    title: 'Check with wget, which the image has',
    before:
      'FROM node:24-alpine\nHEALTHCHECK CMD curl -f http://localhost:3000/ \\\n  || exit 1\nCMD ["node", "a.js"]\n',
    after:
      'FROM node:24-alpine\nHEALTHCHECK CMD ["wget", "-q", "-O", "/dev/null", "http://localhost:3000/"]\nCMD ["node", "a.js"]\n',
  });
});

test('fix: refuses other options, variables, several addresses and comments between the lines', () => {
  const checks = [
    'curl -f -H "Host: x" http://localhost/',
    'curl -f http://localhost:$PORT/',
    'curl -f http://localhost/ http://localhost/b',
    'curl -f \\\n  # the port\n  http://localhost/',
    'nc -z localhost 80',
  ];
  for (const check of checks) {
    assert.deepEqual(fixTitles(rule, `FROM python:3.13-slim\nHEALTHCHECK CMD ${check}\n`), [], check);
  }
});
