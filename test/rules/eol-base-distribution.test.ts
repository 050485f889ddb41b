import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/eol-base-distribution.js';
import { allFindings, checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports a release that gets no security fixes', () => {
  checkRule(
    rule,
    `
FROM debian:buster-slim
#    ^^^^^^^^^^^^^^^^^^ fixable: 'debian:buster-slim' is Debian 10 (buster), which has had no security support since 2024-06-30.
`,
  );
  checkRule(
    rule,
    `
FROM centos:7
#    ^^^^^^^^ 'centos:7' is CentOS 7, which has had no security support since 2024-06-30.
`,
  );
});

test('knows the release behind a tag that names another thing', () => {
  checkRule(
    rule,
    `
FROM python:3.11-slim-buster
#    ^^^^^^^^^^^^^^^^^^^^^^^ fixable: 'python:3.11-slim-buster' is Debian 10 (buster), which has had no security support since 2024-06-30.
`,
  );
  checkRule(
    rule,
    `
FROM postgres:11
#    ^^^^^^^^^^^ 'postgres:11' is Debian 9 (stretch), which has had no security support since 2022-07-01.
`,
  );
});

test('says as information that only the long-term support of Debian is left', () => {
  checkRule(
    rule,
    `
FROM debian:bookworm
#    ^^^^^^^^^^^^^^^ fixable: (information) 'debian:bookworm' is Debian 12 (bookworm), which left regular security support on 2026-07-11; long-term support ends on 2028-06-30.
`,
  );
});

test('does not count support that only subscribers get', () => {
  checkRule(
    rule,
    `
FROM ubuntu:20.04
#    ^^^^^^^^^^^^ fixable: 'ubuntu:20.04' is Ubuntu 20.04 (focal), which left standard security support on 2025-05-31; only subscribers get fixes, until 2030-04-02.
`,
  );
});

test('the end of the support that was paid for is not the end for everyone', () => {
  checkRule(
    rule,
    `
FROM ubuntu:16.04
#    ^^^^^^^^^^^^ fixable: 'ubuntu:16.04' is Ubuntu 16.04 (xenial), which has had no security support without a subscription since 2021-04-02.
`,
  );
});

test('follows the base image of the final stage, and takes others as information', () => {
  checkRule(
    rule,
    `
FROM alpine:3.18 AS build
#    ^^^^^^^^^^^ fixable: (information) 'alpine:3.18' is Alpine 3.18, which has had no security support since 2025-05-09.
FROM alpine:3.19 AS base
#    ^^^^^^^^^^^ fixable: 'alpine:3.19' is Alpine 3.19, which has had no security support since 2025-11-01.
FROM base
COPY --from=build /app /app
COPY --from=alpine:3.17 /bin/busybox /bin/
#           ^^^^^^^^^^^ fixable: (information) 'alpine:3.17' is Alpine 3.17, which has had no security support since 2024-11-22.
`,
  );
});

test('does not speak of long-term support in a build stage', () => {
  checkSilent(
    rule,
    `
FROM golang:1.26-bookworm AS build
RUN go build -o /app .
FROM scratch
COPY --from=build /app /app
`,
  );
});

test('says it once for the same image, where it is shipped', () => {
  checkRule(
    rule,
    `
FROM alpine:3.19 AS one
FROM alpine:3.19
#    ^^^^^^^^^^^ fixable: 'alpine:3.19' is Alpine 3.19, which has had no security support since 2025-11-01.
COPY --from=one /a /a
`,
  );
});

test('fix: changes the image at every place', () => {
  checkFix(
    rule,
    'FROM alpine:3.19 AS one\r\nFROM alpine:3.19\r\nCOPY --from=one /a /a\r\nCOPY --from=alpine:3.19 /b /b\r\n',
    'FROM alpine:3.24 AS one\r\nFROM alpine:3.24\r\nCOPY --from=one /a /a\r\nCOPY --from=alpine:3.24 /b /b\r\n',
  );
});

test('is silent about supported, rolling and unknown images', () => {
  checkSilent(
    rule,
    `
ARG SUITE=buster
FROM debian:trixie-slim
FROM alpine:3.24
FROM alpine
FROM ubuntu:24.04
FROM cgr.dev/chainguard/wolfi-base
FROM registry.example.com/debian:buster
FROM debian:$SUITE
FROM debian@sha256:ecbc4ac563b95a132fd370065553857dcc38943066cb0662d09999011f3d3597
`,
  );
});

test('leaves Google Distroless to its own rule', () => {
  checkSilent(
    rule,
    `
FROM gcr.io/distroless/static-debian11
`,
  );
});

test('fix: names the newest release in the same way', () => {
  const fixed = (before: string, after: string) =>
    checkFix(rule, `FROM ${before} AS final\n`, `FROM ${after} AS final\n`);
  fixed('debian:11.6-slim', 'debian:13-slim');
  fixed('debian:bullseye-slim', 'debian:trixie-slim');
  fixed('docker.io/library/alpine:3.18.4', 'docker.io/library/alpine:3.24');
  fixed('ubuntu:focal', 'ubuntu:resolute');
  fixed('ubuntu:20.04', 'ubuntu:26.04');
  fixed('python:3.13-slim-bookworm', 'python:3.13-slim-trixie');
  fixed('node:24-alpine3.21', 'node:24-alpine3.24');
});

test('offers no fix for tags of one day, digests and versions that have no newer image', () => {
  const offered = (image: string) => fixTitles(rule, `FROM ${image}\n`);
  assert.deepEqual(offered('debian:stretch-20201209-slim'), []);
  assert.deepEqual(offered('golang:1.18-bullseye'), []);
  assert.deepEqual(offered('node:16-bullseye'), []);
  assert.deepEqual(offered('node:22.6.0-bookworm'), []);
  assert.deepEqual(offered('node:22.6.0-alpine3.19'), []);
  assert.deepEqual(offered('centos:8'), []);
  assert.deepEqual(offered(`debian:buster@sha256:${'0'.repeat(64)}`), []);
});

test('leaves it to the rule about runtimes where the runtime has ended too', () => {
  for (const text of ['FROM python:3.7-slim-buster\n', 'FROM node:14-alpine3.12\n']) {
    const ids = allFindings(text).map((finding) => finding.rule.meta.id);
    assert.deepEqual(ids, ['eol-language-runtime'], text);
    const quiet = allFindings(`# distroless ignore=eol-language-runtime\n${text}`);
    assert.deepEqual(
      quiet.map((finding) => finding.rule),
      [rule],
      text,
    );
  }
});

test('fix: refuses a release whose glibc is newer than that of the final stage', () => {
  const text = (final: string) =>
    `FROM rust:1-bullseye AS build\nRUN cargo build --release\nFROM ${final}\nCOPY --from=build /target/release/app /app\n`;
  assert.deepEqual(fixTitles(rule, text('gcr.io/distroless/cc-debian12:nonroot')), []);
  assert.deepEqual(fixTitles(rule, text('gcr.io/distroless/cc-debian13:nonroot')), ["Use 'rust:1-trixie'"]);
});

test('fix: refuses a release that lacks a command of the stage', () => {
  const text = (run: string) => `FROM debian:bookworm-slim\nRUN ${run}\n`;
  assert.deepEqual(fixTitles(rule, text('adduser --system app')), []);
  assert.deepEqual(fixTitles(rule, text('useradd --system app')), ["Use 'debian:trixie-slim'"]);
});
