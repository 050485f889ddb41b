import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/pip-externally-managed.js';
import { allFindings, checkFix, checkNamedFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports pip of the distribution', () => {
  checkRule(
    rule,
    `
FROM node:24-alpine
RUN apk add --no-cache py3-pip && pip3 install awscli
#                                 ^^^^^^^^^^^^ fixable: pip refuses to install here, since Alpine 3.24 manages its Python itself.
`,
  );
  checkRule(
    rule,
    `
FROM ubuntu:24.04
RUN apt-get update && apt-get install -y --no-install-recommends python3-pip
RUN python3 -m pip install --no-cache-dir requests
#   ^^^^^^^^^^^^^^^^^^^^^^ fixable: pip refuses to install here, since Ubuntu 24.04 manages its Python itself.
`,
  );
});

test('follows the package through stages, and reports what ends the build', () => {
  checkRule(
    rule,
    `
FROM debian:bookworm-slim AS base
RUN apt-get update && apt-get install -y python3-pip ffmpeg
FROM base
RUN pip install a && pip install b
#   ^^^^^^^^^^^ fixable: pip refuses to install here, since Debian 12 manages its Python itself.
RUN pip install c
`,
  );
});

test('is silent on releases before that, and where the Python is another one', () => {
  checkSilent(rule, 'FROM alpine:3.18\nRUN apk add py3-pip && pip3 install x\n');
  checkSilent(rule, 'FROM debian:bullseye\nRUN apt-get install -y python3-pip && pip3 install x\n');
  checkSilent(rule, 'FROM ubuntu:22.04\nRUN apt-get install -y python3-pip && pip3 install x\n');
  checkSilent(rule, 'FROM fedora:43\nRUN dnf install -y python3-pip && pip3 install x\n');
  checkSilent(rule, 'FROM python:3.13-alpine\nRUN apk add py3-pip && pip3 install x\n');
  checkSilent(rule, 'FROM registry.example.com/x\nRUN apt-get install -y python3-pip && pip3 install x\n');
  checkSilent(
    rule,
    'FROM debian:13\nCOPY --from=python:3.13 /usr/local /usr/local\nRUN apt-get install -y python3-pip && pip3 install x\n',
  );
  checkSilent(rule, 'FROM debian:13\nRUN apt-get install -y python3-pip\nRUN ./pyenv.sh\nRUN pip3 install x\n');
});

test('is silent where pip is told to do it all the same', () => {
  const start = 'FROM debian:13\nRUN apt-get install -y python3-pip\n';
  checkSilent(rule, `${start}RUN pip3 install --break-system-packages x\n`);
  checkSilent(rule, `${start}ENV PIP_BREAK_SYSTEM_PACKAGES=1\nRUN pip3 install x\n`);
  checkSilent(rule, `${start}RUN PIP_BREAK_SYSTEM_PACKAGES=1 pip3 install x\n`);
  checkSilent(rule, `${start}RUN rm /usr/lib/python3*/EXTERNALLY-MANAGED\nRUN pip3 install x\n`);
  checkSilent(rule, `${start}RUN pip3 config set global.break-system-packages true && pip3 install x\n`);
  checkSilent(rule, `${start}COPY pip.conf /etc/pip.conf\nRUN pip3 install x\n`);
});

test('is silent where it installs elsewhere', () => {
  const start = 'FROM debian:13\nRUN apt-get install -y python3-pip python3-venv\n';
  checkSilent(rule, `${start}RUN pip3 install --target /deps x\n`);
  checkSilent(rule, `${start}RUN pip3 install --prefix=/deps x\n`);
  checkSilent(rule, `${start}RUN python3 -m venv /venv && /venv/bin/pip install x\n`);
  checkSilent(rule, `${start}RUN python3 -m venv /venv && . /venv/bin/activate && pip install x\n`);
  checkSilent(rule, `${start}RUN python3 -m venv /venv\nENV PATH=/venv/bin:$PATH\nRUN pip install x\n`);
  checkSilent(rule, `${start}RUN pip3 download x && pip3 --version\n`);
});

test('is silent where the failure does not end the build', () => {
  checkSilent(rule, 'FROM debian:13\nRUN apt-get install -y python3-pip\nRUN pip3 install x || true\n');
  checkSilent(rule, 'FROM debian:13\nRUN apt-get install -y python3-pip\nRUN if true; then pip3 install x; fi\n');
});

test('makes a virtual environment, with the package that it needs', () => {
  checkFix(
    rule,
    'FROM debian:13\nRUN apt-get update && apt-get install -y python3-pip\nRUN pip3 install a && pip3 install b\nCMD ["x"]\n',
    'FROM debian:13\nRUN apt-get update && apt-get install -y python3-pip python3-venv\nRUN python3 -m venv /opt/venv && /opt/venv/bin/pip install a && /opt/venv/bin/pip install b\nENV PATH="/opt/venv/bin:$PATH"\nCMD ["x"]\n',
  );
});

test('or tells pip to do it', () => {
  checkNamedFix(rule, {
    title: 'Install into the system all the same',
    before: 'FROM alpine:3.22\nRUN apk add py3-pip && pip3 install -q a\n',
    after: 'FROM alpine:3.22\nRUN apk add py3-pip && pip3 install --break-system-packages -q a\n',
  });
  assert.deepEqual(
    fixTitles(rule, 'FROM debian:13\nRUN apt-get install -y python3-pip\nRUN ["pip3", "install", "a"]\n'),
    [],
  );
});

test('is one finding', () => {
  const text =
    'FROM node:24-alpine\nRUN apk add --no-cache py3-pip && pip3 install x\nUSER 1000\nCMD ["node", "a.js"]\n';
  assert.deepEqual(
    allFindings(text).map((finding) => finding.rule.meta.id),
    ['pip-externally-managed'],
  );
});
