import { test } from 'node:test';
import rule from '../../server/src/rules/package-manager-missing.js';
import { allFindings, checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';
import assert from 'node:assert/strict';

test('reports the package manager of another distribution', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24
RUN apt-get update && apt-get install -y ca-certificates
#   ^^^^^^^ fixable: 'apt-get' is not in this stage, whose package manager is apk.
`,
  );
  checkRule(
    rule,
    `
FROM debian:trixie-slim
RUN apk add --no-cache curl
#   ^^^ fixable: 'apk' is not in this stage, whose package manager is apt.
`,
  );
});

test('follows the base image through a named stage and a build argument', () => {
  checkRule(
    rule,
    `
ARG TAG=3.24
FROM alpine:$TAG AS base
FROM base
RUN yum install -y httpd
#   ^^^ 'yum' is not in this stage, whose package manager is apk.
`,
  );
});

test('reports a stage that has a shell and no package manager at all', () => {
  checkRule(
    rule,
    `
FROM busybox:1.37
RUN apk add curl
#   ^^^ 'apk' is not in this stage, which has no package manager.
`,
  );
});

test('reports the exec form where there is no shell to blame', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/base-debian13
RUN ["apt-get", "update"]
#    ^^^^^^^^^ 'apt-get' is not in this stage, which has no package manager.
`,
  );
});

test('leaves a shell form in a stage without a shell to the rule about shells', () => {
  const [only, ...more] = allFindings('FROM gcr.io/distroless/base-debian13:nonroot\nRUN apt-get update\n');
  assert.equal(only?.rule.meta.id, 'shell-form-run-no-shell');
  assert.deepEqual(more, []);
  assert.deepEqual(
    only.tells?.map(({ message }) => message),
    ["'apt-get' is not in this stage, which has no package manager."],
  );
});

test('several RUN are one finding, and one fix mends them', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24
RUN apt-get update
#   ^^^^^^^ fixable: 'apt-get' is not in this stage, whose package manager is apk; the same is true of 2 more RUN instructions.
RUN apt-get install -y curl
RUN apt-get install -y jq && rm -rf /var/lib/apt/lists/*
`,
  );
  checkFix(
    rule,
    'FROM alpine:3.24\nRUN apt-get update\nRUN apt-get install -y curl\n',
    'FROM alpine:3.24\nRUN apk update\nRUN apk add --no-cache curl\n',
  );
});

test('is a warning where the failure is tolerated', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24
RUN apt-get update; echo done
#   ^^^^^^^ (warning) 'apt-get' is not in this stage, whose package manager is apk.
`,
  );
});

test('says it once for a RUN, which ends at the first failure', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24
RUN apt-get update && apt-get install -y rare-package && apt-get clean
#   ^^^^^^^ 'apt-get' is not in this stage, whose package manager is apk.
`,
  );
});

test('is silent where the script asks which manager there is', () => {
  checkSilent(
    rule,
    `
FROM alpine:3.24
RUN command -v apt-get && apt-get update
RUN if [ -x /usr/bin/apt-get ]; then apt-get update; else apk update; fi
RUN apk add curl || apt-get install -y curl
RUN which apt-get > /dev/null && apt-get install -y curl || apk add curl
`,
  );
});

test('is silent where the manager may have been brought along', () => {
  checkSilent(
    rule,
    `
FROM alpine:3.24
COPY --from=tools /usr/bin/ /usr/bin/
RUN apt-get update

FROM alpine:3.24
RUN ./install-apt.sh && apt-get update
`,
  );
});

test('is silent where the base image or its package manager is not known', () => {
  checkSilent(
    rule,
    `
ARG BASE
FROM $BASE
RUN apt-get update

FROM registry.example.com/team/base
RUN apk add curl

FROM centos:8
RUN yum install -y curl
RUN dnf install -y curl
`,
  );
});

test('does not take the members of the dnf family for strangers', () => {
  checkSilent(
    rule,
    `
FROM fedora:43
RUN dnf install -y curl
RUN yum install -y curl

FROM amazonlinux:2023
RUN yum install -y tar
`,
  );
});

test('fix: writes the command of the own manager where the packages have the same names', () => {
  checkFix(
    rule,
    `
FROM debian:trixie-slim
RUN apk add --no-cache curl git
`,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl git && rm -rf /var/lib/apt/lists/*
`,
  );
});

test('fix: keeps the line endings of the file', () => {
  checkFix(
    rule,
    'FROM alpine:3.24\r\n# tools\r\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\r\nCMD ["curl"]\r\n',
    'FROM alpine:3.24\r\n# tools\r\nRUN apk add --no-cache curl\r\nCMD ["curl"]\r\n',
  );
});

test('offers no fix for other names, other commands, several lines or variables', () => {
  const offered = (run: string) => fixTitles(rule, `FROM alpine:3.24\n${run}\n`);
  assert.deepEqual(offered('RUN apt-get update && apt-get install -y curl'), ['Install with apk']);
  assert.deepEqual(offered('RUN apt-get update && apt-get install -y libpq5'), []);
  assert.deepEqual(offered('RUN apt-get update && apt-get install -y curl && make'), []);
  assert.deepEqual(offered('RUN apt-get update \\\n    # tools\n    && apt-get install -y curl'), []);
  assert.deepEqual(offered('ARG X=jq\nRUN apt-get install -y $X'), []);
  assert.deepEqual(offered('RUN apt-get upgrade'), []);
});

test('fix: refuses where the user may install nothing', () => {
  const text = (user: string) => `FROM alpine:3.24\nUSER ${user}\nRUN apt-get install -y curl\n`;
  assert.deepEqual(fixTitles(rule, text('1000')), []);
  assert.deepEqual(fixTitles(rule, text('root')), ['Install with apk']);
});
