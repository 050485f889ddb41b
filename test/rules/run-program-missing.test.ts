import { test } from 'node:test';
import eolLanguageRuntime from '../../server/src/rules/eol-language-runtime.js';
import rule from '../../server/src/rules/run-program-missing.js';
import { allFindings, checkFix, checkNamedFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';
import assert from 'node:assert/strict';

test('reports what the base image leaves out, once a stage', () => {
  checkRule(
    rule,
    `
FROM debian:13-slim
RUN curl -fsSLO https://example.com/tool && jq . tool && chmod +x tool
#   ^^^^ fixable: 'curl' is not in this stage.
RUN curl -fsSLO https://example.com/other
`,
  );
  checkRule(
    rule,
    `
FROM alpine:3.23 AS base
FROM base
RUN cd /src && git --version && curl -V
#              ^^^ fixable: 'git' and 'curl' are not in this stage.
`,
  );
  checkRule(
    rule,
    `
FROM cgr.dev/chainguard/rust:latest-dev
RUN pip install maturin
#   ^^^ 'pip' is not in this stage.
`,
  );
});

test('Node.js 26 has neither Yarn nor Corepack', () => {
  checkRule(
    rule,
    `
FROM node:26-alpine
WORKDIR /app
COPY . .
RUN yarn install --frozen-lockfile
#   ^^^^ fixable: 'yarn' is not in this stage.
`,
  );
  checkFix(
    rule,
    `
FROM node:latest
RUN corepack enable && yarn install
`,
    `
FROM node:latest
RUN npm install --global corepack
RUN corepack enable && yarn install
`,
  );
  checkSilent(rule, 'FROM node:24\nRUN corepack enable && yarn install\n');
  checkSilent(rule, 'FROM node:26\nRUN npm install -g yarn && yarn install\n');
  checkSilent(rule, 'FROM node:26\nRUN npm install -g corepack\nRUN corepack enable && pnpm install\n');
});

test('a pipe hides it, unless pipefail is set', () => {
  checkRule(
    rule,
    `
FROM ubuntu:24.04
RUN curl -fsSL https://example.com/install.sh | sh
#   ^^^^ fixable: (warning) 'curl' is not in this stage, and the pipe goes on all the same.
`,
  );
  checkRule(
    rule,
    `
FROM ubuntu:24.04
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN curl -fsSL https://example.com/install.sh 2>/dev/null | sh
#   ^^^^ fixable: 'curl' is not in this stage.
`,
  );
});

const silent: readonly [why: string, run: string, from?: string][] = [
  ['installed before', 'RUN apk add curl && curl https://example.com'],
  ['installed by a list', "RUN deps='curl' && apk add $deps && curl https://example.com"],
  ['installed by a list that set keeps', "RUN deps=' curl ' set -x && apk add $deps && curl https://example.com"],
  [
    'brought along in older releases',
    'RUN apt-get update && apt-get install -y lsb-release && python3 -V',
    'debian:11',
  ],
  ['installed by what is not known', 'RUN ./setup.sh && curl https://example.com'],
  ['a failure that is let pass', 'RUN curl https://example.com || wget https://example.com'],
  ['a failure that is let pass', 'RUN curl https://example.com || true'],
  ['a failure that is let pass, in a pipe', 'RUN curl https://example.com | sh || true'],
  ['a failure that is let pass', 'RUN curl https://example.com; exit 0'],
  ['asked for', 'RUN command -v curl && curl https://example.com'],
  ['asked for', 'RUN if curl --version; then curl https://example.com; fi'],
  ['in a branch', 'RUN if [ -n "$X" ]; then curl https://example.com; fi'],
  ['a function', 'RUN curl() { wget -O - "$1"; }; curl https://example.com'],
  ['another PATH', 'RUN PATH=/opt/bin:$PATH curl https://example.com'],
  ['another PATH', 'RUN export PATH=/opt/bin:$PATH && curl https://example.com'],
  ['another PATH', 'ENV PATH=/opt/bin:$PATH\nRUN --mount=from=tools,target=/opt/bin curl https://example.com'],
  ['another PATH', 'RUN . /etc/profile && curl https://example.com'],
  ['another PATH', 'RUN eval "$(cat /env)" && curl https://example.com'],
  ['mounted', 'RUN --mount=type=bind,from=tools,source=/usr/bin,target=/usr/local/bin curl https://example.com'],
  ['mounted', 'RUN --mount=from=curlimages/curl,source=/usr/bin/curl,target=/usr/bin/curl curl https://example.com'],
  ['copied', 'COPY --from=curlimages/curl /usr/bin/curl /usr/bin/\nRUN curl https://example.com'],
  ['copied with others', 'COPY bin/ /usr/local/bin/\nRUN curl https://example.com'],
  ['copied as a whole', 'COPY --from=tools / /\nRUN curl https://example.com'],
  ['unpacked', 'ADD tools.tar.gz /\nRUN curl https://example.com'],
  ['a link', 'RUN ln -s /bin/busybox /usr/local/bin/curl && curl https://example.com'],
  ['by its path', 'RUN /opt/curl/curl https://example.com'],
  ['has one of its own', 'RUN wget https://example.com'],
  ['built before', 'COPY . /src\nRUN make -C /src install && curl https://example.com', 'gcc:15'],
  ['the triggers of others', 'ONBUILD RUN curl https://example.com'],
  ['other rules report these', 'RUN apt-get update\nRUN useradd app'],
  ['an image that is not known', 'RUN curl https://example.com', 'registry.example.com/base:1'],
  ['a base that is an argument', 'RUN curl https://example.com', '$BASE'],
  ['another shell', 'SHELL ["/bin/bash", "-lc"]\nRUN curl https://example.com', 'registry.example.com/base:1'],
  ['no shell', 'RUN curl https://example.com', 'gcr.io/distroless/static-debian13'],
  ['Windows', 'RUN git clone https://example.com/a.git', 'mcr.microsoft.com/windows/nanoserver:ltsc2025'],
];

for (const [index, [why, run, from = 'alpine:3.23']] of silent.entries()) {
  test(`is silent: ${why} (${index + 1})`, () => checkSilent(rule, `FROM ${from}\n${run}\n`));
}

test('the fix installs it where there is a package manager', () => {
  checkNamedFix(rule, {
    title: 'Install git and curl',
    before: 'FROM alpine:3.23\nRUN git --version && curl -V\n',
    after: 'FROM alpine:3.23\nRUN apk add --no-cache git curl\nRUN git --version && curl -V\n',
  });
  checkNamedFix(rule, {
    title: 'Install wget',
    before: 'FROM debian:13-slim\r\nRUN wget https://example.com/a\r\n',
    after:
      'FROM debian:13-slim\r\nRUN apt-get update && apt-get install -y --no-install-recommends wget && ' +
      'rm -rf /var/lib/apt/lists/*\r\nRUN wget https://example.com/a\r\n',
  });
});

test('reasons lead to the base image', () => {
  const [finding] = allFindings('FROM debian:13-slim\nRUN curl https://example.com\n').filter(
    ({ rule: { meta } }) => meta.id === rule.meta.id,
  );
  assert.deepEqual(
    finding?.because.map(({ kind, note }) => [kind, note]),
    [
      ['instruction', "The stage is based on 'debian:13-slim'."],
      ['catalog', "'debian:13-slim' holds no curl."],
    ],
  );
});

test('fixes of other rules do not lead here', () => {
  const olds = ['FROM node:18\nRUN yarn install\n', 'FROM node:18-alpine AS a\nFROM a\nRUN corepack enable\n'];
  for (const old of olds) {
    assert.deepEqual(fixTitles(eolLanguageRuntime, old), [
      old.includes('alpine') ? "Use 'node:24-alpine'" : "Use 'node:24-trixie'",
    ]);
  }
  assert.deepEqual(fixTitles(eolLanguageRuntime, 'FROM node:18\nRUN npm ci\n'), ["Use 'node:26'"]);
});
