import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/shadow-tools-on-busybox.js';
import { allFindings, checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports the tools of shadow on Alpine', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24
RUN groupadd -g 10001 app && useradd -u 10001 -g app app
#   ^^^^^^^^ fixable: 'groupadd' is not in this stage, which has the adduser and addgroup of BusyBox.
`,
  );
  checkRule(
    rule,
    `
FROM cgr.dev/chainguard/wolfi-base
RUN usermod -aG audio nonroot
#   ^^^^^^^ 'usermod' is not in this stage, which has the adduser and addgroup of BusyBox.
`,
  );
});

test('follows the base image through stages and other packages', () => {
  checkRule(
    rule,
    `
FROM python:3.14-alpine AS base
RUN apk add --no-cache curl bash
FROM base
RUN userdel app
#   ^^^^^^^ 'userdel' is not in this stage, which has the adduser and addgroup of BusyBox.
`,
  );
});

test('is a warning where the failure does not end the build', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24
RUN useradd app || true
#   ^^^^^^^ fixable: (warning) 'useradd' is not in this stage, which has the adduser and addgroup of BusyBox.
`,
  );
});

test('is silent where shadow was installed, asked for, or may have come', () => {
  checkSilent(rule, 'FROM alpine:3.24\nRUN apk add --no-cache shadow && useradd app\n');
  checkSilent(rule, 'FROM alpine:3.24\nRUN apk add --no-cache shadow\nRUN userdel app && groupmod -g 5 app\n');
  checkSilent(rule, 'FROM alpine:3.24\nRUN command -v useradd && useradd app\n');
  checkSilent(rule, 'FROM alpine:3.24\nRUN if command -v useradd; then useradd app; else adduser -D app; fi\n');
  checkSilent(rule, 'FROM alpine:3.24\nRUN ./install.sh\nRUN useradd app\n');
  checkSilent(rule, 'FROM registry.example.com/alpine\nRUN useradd app\n');
  checkSilent(rule, 'FROM linuxserver/nginx\nRUN usermod -u 5 abc\n');
  checkSilent(rule, 'FROM alpine:3.24\nRUN addgroup -S app && adduser -S -D -H -G app app\n');
});

test('reports adduser where Debian 13 has none', () => {
  checkRule(
    rule,
    `
FROM debian:13-slim
RUN adduser --disabled-password --gecos "" app
#   ^^^^^^^ fixable: 'adduser' is not in this stage, which has useradd and groupadd.
`,
  );
  checkSilent(rule, 'FROM debian:bookworm-slim\nRUN adduser --disabled-password --gecos "" app\n');
  checkSilent(rule, 'FROM python:3.14-slim-bookworm\nRUN adduser --disabled-password --gecos "" app\n');
  checkSilent(rule, 'FROM python:3.14-trixie\nRUN adduser --disabled-password --gecos "" app\n');
  checkSilent(rule, 'FROM debian:trixie-slim\nRUN apt-get update && apt-get install -y adduser && adduser app\n');
  checkSilent(rule, 'FROM debian:trixie-slim\nRUN apt-get update && apt-get install -y cron && adduser app\n');
});

test('is silent on images of languages, which may have got adduser from their build', () => {
  for (const image of ['python:3.13-slim', 'node:24-trixie-slim', 'ruby:3.4-slim-trixie', 'rust:slim-trixie'])
    checkSilent(rule, `FROM ${image}\nRUN adduser --disabled-password --gecos "" app\n`);
});

test('reports options of the other adduser', () => {
  checkRule(
    rule,
    `
FROM debian:bookworm-slim
RUN adduser -D -u 1000 app
#   ^^^^^^^ fixable: 'adduser' of Debian does not take '-D', an option of BusyBox.
`,
  );
  checkRule(
    rule,
    `
FROM ubuntu:24.04
RUN addgroup -S app
#   ^^^^^^^^ fixable: 'addgroup' of Ubuntu does not take '-S', an option of BusyBox.
`,
  );
  checkRule(
    rule,
    `
FROM alpine:3.24
RUN adduser --system --group app
#   ^^^^^^^ fixable: 'adduser' of BusyBox does not take '--group', an option of Debian.
`,
  );
});

test('options that both have are no problem', () => {
  checkSilent(rule, 'FROM alpine:3.24\nRUN addgroup --system --gid 1001 app\n');
  checkSilent(rule, 'FROM alpine:3.24\nRUN adduser --system --uid 1001 --ingroup app --no-create-home app\n');
  checkSilent(rule, 'FROM debian:bookworm\nRUN adduser --system --group --home /app app && adduser app audio\n');
  checkSilent(rule, 'FROM alpine:3.24\nRUN apk add shadow\nRUN adduser --group x\n');
  checkSilent(
    rule,
    'FROM gcr.io/distroless/static:debug\nSHELL ["/busybox/sh", "-c"]\nRUN addgroup -g 10001 -S app && adduser -S -G app app\n',
  );
});

test('without a shell the shell is the problem', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/static-debian13\nRUN useradd app\n');
});

test('writes the same account with BusyBox', () => {
  checkFix(
    rule,
    'FROM node:24-alpine\nRUN groupadd -r -g 1001 app && \\\n  useradd -r -u 1001 -g 1001 -m -d /srv/app -s /sbin/nologin -c "App user" app\n',
    'FROM node:24-alpine\nRUN addgroup -S -g 1001 app && \\\n  adduser -D -S -u 1001 -G app -h /srv/app -s /sbin/nologin -g "App user" app\n',
  );
  checkFix(
    rule,
    'FROM alpine:3.24\nRUN adduser --system --group --uid=1001 "$USER_NAME"\n',
    'FROM alpine:3.24\nRUN addgroup -S "$USER_NAME" && adduser -D -S -H -u 1001 -G "$USER_NAME" "$USER_NAME"\n',
  );
});

test('writes the same account with useradd', () => {
  checkFix(
    rule,
    'FROM debian:trixie-slim\nRUN addgroup -g 1001 app && adduser -DH -u 1001 -G app app\n',
    'FROM debian:trixie-slim\nRUN groupadd --gid 1001 app && useradd --no-create-home --uid 1001 --gid app app\n',
  );
  checkFix(
    rule,
    `FROM debian:trixie-slim\nRUN adduser --system --group --home /app --gecos '' app\n`,
    'FROM debian:trixie-slim\nRUN useradd --system --user-group --create-home --home-dir /app app\n',
  );
});

test('offers nothing where BusyBox cannot say the same', () => {
  assert.deepEqual(fixTitles(rule, 'FROM alpine:3.24\nRUN useradd -g 1001 -G audio app\n'), []);
  assert.deepEqual(fixTitles(rule, 'FROM alpine:3.24\nRUN useradd -g 1001 app\n'), []);
  assert.deepEqual(fixTitles(rule, 'FROM alpine:3.24\nRUN useradd app && usermod -aG audio app\n'), []);
});

test('is one finding', () => {
  const text = 'FROM node:24-alpine\nRUN useradd app\nUSER 1000\nCMD ["node", "server.js"]\n';
  assert.deepEqual(
    allFindings(text).map((finding) => finding.rule.meta.id),
    ['shadow-tools-on-busybox'],
  );
});
