import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/package-install-as-nonroot.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

test('reports an install as the user of a hardened base image', () => {
  checkRule(
    rule,
    `
FROM cgr.dev/chainguard/python:latest-dev
RUN apk add --no-cache gcc
#   ^^^ fixable: 'apk' needs root, and this RUN runs as 'nonroot'.
`,
  );
});

test('reports an install after USER, in the same stage and in one that continues it', () => {
  checkRule(
    rule,
    `
FROM debian:trixie-slim AS base
USER 1000:1000
FROM base
RUN apt-get update && apt-get install -y curl
#                     ^^^^^^^ fixable: 'apt-get' needs root, and this RUN runs as uid 1000.
`,
  );
});

test('names the instruction or the base image that sets the user', () => {
  const because = (text: string) =>
    findingsOf(rule, text).flatMap((finding) => finding.because.map(({ note }) => note));
  assert.ok(because('FROM debian:trixie-slim\nUSER app\nRUN apt-get install -y curl\n').includes("USER sets 'app'."));
  assert.ok(
    because('FROM cgr.dev/chainguard/python:latest-dev\nRUN apk add gcc\n').includes(
      "The user comes from the base image 'cgr.dev/chainguard/python:latest-dev'.",
    ),
  );
});

test('is silent after USER root, and on images that start as root', () => {
  checkSilent(
    rule,
    `
FROM cgr.dev/chainguard/python:latest-dev
USER root
RUN apk add --no-cache gcc

FROM cgr.dev/chainguard/wolfi-base
RUN apk add --no-cache gcc

FROM dhi.io/python:3.13-dev
RUN apt-get update && apt-get install -y gcc

FROM debian:trixie-slim
USER 0
RUN apt-get install -y curl
`,
  );
});

test('is silent about sudo, dry runs and a root directory of its own', () => {
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
USER app
RUN sudo apt-get install -y curl
RUN apt-get install --dry-run curl

FROM alpine:3.24
USER 1000
RUN apk add --root /home/app/root curl
RUN apk info
`,
  );
});

test('is silent where the failure is tolerated or the command may not run', () => {
  checkSilent(
    rule,
    `
FROM alpine:3.24
USER 1000
RUN apk add curl || true
RUN if [ -n "$X" ]; then apk add curl; fi
`,
  );
});

test('is silent where the user or the image is not known', () => {
  checkSilent(
    rule,
    `
ARG WHO
FROM alpine:3.24
ARG WHO
USER $WHO
RUN apk add curl

FROM registry.example.com/team/base
RUN apk add curl
`,
  );
});

test('leaves a manager that is not there to the rule about managers', () => {
  checkSilent(
    rule,
    `
FROM alpine:3.24
USER 1000
RUN apt-get install -y curl
`,
  );
});

test('fix: becomes root for the RUN and goes back to the user as written', () => {
  checkFix(
    rule,
    `
FROM debian:trixie-slim
USER app:app
# Tools.
RUN apt-get update \\
    # one
    && apt-get install -y curl
CMD ["app"]
`,
    `
FROM debian:trixie-slim
USER app:app
# Tools.
USER root
RUN apt-get update \\
    # one
    && apt-get install -y curl
USER app:app
CMD ["app"]
`,
  );
});

test('fix: keeps the line endings, and works at the end of a file without one', () => {
  checkFix(
    rule,
    'FROM cgr.dev/chainguard/python:latest-dev\r\nRUN apk add gcc\r\n',
    'FROM cgr.dev/chainguard/python:latest-dev\r\nUSER root\r\nRUN apk add gcc\r\nUSER 65532\r\n',
  );
  checkFix(
    rule,
    'FROM cgr.dev/chainguard/python:latest-dev\nRUN apk add gcc',
    'FROM cgr.dev/chainguard/python:latest-dev\nUSER root\nRUN apk add gcc\nUSER 65532',
  );
});

test('fix: says who will be the user again', () => {
  assert.deepEqual(fixTitles(rule, 'FROM cgr.dev/chainguard/python:latest-dev\nRUN apk add gcc\n'), [
    "Install as root, then return to 'nonroot'",
  ]);
});

test('installs of one user are one finding, and those side by side need one USER root', () => {
  checkRule(
    rule,
    `
FROM cgr.dev/chainguard/python:latest-dev
RUN apk add gcc
#   ^^^ fixable: 'apk' needs root, and this RUN runs as 'nonroot'; the same is true of one more RUN instruction.
RUN apk add make
USER nobody
RUN apk add git
#   ^^^ fixable: 'apk' needs root, and this RUN runs as 'nobody'.
`,
  );
  checkFix(
    rule,
    'FROM cgr.dev/chainguard/python:latest-dev\nRUN apk add gcc\nRUN apk add make\n\nRUN apk add git\n',
    'FROM cgr.dev/chainguard/python:latest-dev\nUSER root\nRUN apk add gcc\nRUN apk add make\nUSER 65532\n\nUSER root\nRUN apk add git\nUSER 65532\n',
  );
});
