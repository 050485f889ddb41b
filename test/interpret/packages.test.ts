import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facts } from '../support/facts.js';

/** What a RUN on a base leaves installed. */
const installs: readonly [base: string, script: string, packages: string][] = [
  ['debian:12-slim', 'apt-get update && apt-get install -y curl git', 'curl git'],
  ['debian:12-slim', 'apt-get install -y --no-install-recommends curl=7.88.1-10 git:amd64', 'curl git'],
  ['debian:12-slim', 'apt-get -y -q install curl/bookworm-backports', 'curl'],
  ['debian:12-slim', 'apt-get -o Dpkg::Use-Pty=0 install -y curl', 'curl'],
  ['debian:12-slim', 'apt-get install -y -t bookworm-backports curl', 'curl'],
  ['debian:12-slim', 'DEBIAN_FRONTEND=noninteractive apt install -y curl', 'curl'],
  ['debian:12-slim', 'apt-get install -y curl && apt-get purge -y curl', ''],
  ['debian:12-slim', 'apt-get install -y curl git && apt-get remove --purge -y git', 'curl'],
  ['debian:12-slim', 'set -ex; deps="curl make"; apt-get install -y $deps; apt-get purge -y $deps', ''],
  ['debian:12-slim', 'if true; then apt-get install -y curl; fi', 'curl?'],
  ['alpine:3.20', 'apk add --no-cache curl', 'curl'],
  ['alpine:3.20', 'apk add curl~=8 jq@edge', 'curl jq'],
  ['alpine:3.20', 'apk add "curl>8" git', 'curl git'],
  ['alpine:3.20', 'apk add --no-cache -X https://dl.alpinelinux.org/edge curl', 'curl'],
  ['alpine:3.20', 'apk add --virtual .build gcc musl-dev && apk add curl && apk del .build', 'curl'],
  ['alpine:3.20', 'apk add -t .build gcc && apk del --no-network .build', ''],
  ['alpine:3.20', 'apk --no-cache --update add curl', 'curl'],
  ['alpine:3.20', 'apk add curl && apk del curl', ''],
  ['fedora:41', 'dnf install -y curl git && dnf clean all', 'curl git'],
  ['redhat/ubi9', 'yum -y install --setopt=install_weak_deps=False curl', 'curl'],
  ['registry.access.redhat.com/ubi9/ubi-minimal', 'microdnf install -y tar && microdnf clean all', 'tar'],
  ['registry.access.redhat.com/ubi9/ubi-minimal', 'microdnf install tar && microdnf remove tar', ''],
];

for (const [base, script, packages] of installs) {
  test(`${base}: ${script}`, () => assert.equal(facts(`FROM ${base}\nRUN ${script}`).packages, packages));
}

test('an installed package is there, with the line of its name', () => {
  const stage = facts(`
    FROM debian:12-slim
    RUN apt-get update \\
     && apt-get install -y --no-install-recommends \\
          curl \\
          git
  `);
  assert.equal(stage.program('curl'), 'curl');
  assert.equal(stage.whyProgram('curl'), '3');
  assert.equal(stage.program('wget'), 'none');
});

test('a removed package is gone', () => {
  const stage = facts('FROM alpine:3.20\nRUN apk add curl\nRUN apk del curl');
  assert.equal(stage.has('curl'), 'no');
  assert.equal(stage.whyContent('curl'), '3');
});

test('installing a shell', () => {
  const stage = facts('FROM alpine:3.20\nRUN apk add bash');
  assert.equal(stage.program('/bin/bash'), '/bin/bash');
  assert.equal(stage.whyFile('/bin/bash'), '2');
  assert.equal(facts('FROM alpine:3.20').program('/bin/bash'), 'none');
});

test('gem: the version is no program', () => {
  const stage = facts("FROM ruby:3.4\nRUN gem install fluentd -v 1.19.3 && gem install --version '~> 2' oj");
  assert.equal(stage.has('fluentd'), 'yes');
  assert.equal(stage.has('oj'), 'yes');
  for (const version of ['1.19.3', '~> 2', '']) assert.notEqual(stage.has(version), 'yes', version);
});

test('what may have been installed is not known', () => {
  const stage = facts('FROM alpine:3.20\nRUN [ -n "$X" ] && apk add curl || true');
  assert.equal(stage.has('curl'), 'unknown');
});

test('packages that are not known by name make absence unknown', () => {
  assert.equal(
    facts('FROM alpine:3.20\nARG P\nRUN apk add $P').blur,
    "3: Which packages 'apk' installs here is not known.",
  );
  assert.equal(
    facts('FROM debian:12-slim\nRUN apt-get install -y ./x.deb').blur,
    "2: './x.deb' may bring any program.",
  );
});

test('a package brings the compiler it depends on', () => {
  assert.equal(facts('FROM alpine:3.20\nRUN apk add g++').has('gcc'), 'yes');
  assert.equal(facts('FROM alpine:3.20\nRUN apk add build-base').has('gcc'), 'yes');
  assert.equal(facts('FROM debian:12-slim\nRUN apt-get install -y build-essential').has('gcc'), 'yes');
  assert.equal(facts('FROM debian:12-slim\nRUN apt-get install -y make').has('gcc'), 'no');
});

test('libraries may come with any package', () => {
  assert.equal(facts('FROM debian:12-slim').has('libssl'), 'no');
  assert.equal(
    facts('FROM debian:12-slim\nRUN apt-get install -y --no-install-recommends curl').has('libssl'),
    'unknown',
  );
  assert.equal(facts('FROM debian:12-slim\nRUN apt-get install -y --no-install-recommends tini').has('libssl'), 'no');
});

test('a package manager that runs is there', () => {
  assert.equal(facts('FROM example.com/base\nRUN apk add curl').packageManager, 'apk');
  assert.equal(facts('FROM example.com/base\nRUN apt-get update').packageManager, 'apt');
  assert.equal(facts('FROM example.com/base\nRUN apk add curl || apt-get install curl').packageManager, 'unknown');
  assert.equal(facts('FROM example.com/base\nRUN if x; then apk add curl; fi').packageManager, 'unknown');
});

test('a shell that a package may bring', () => {
  assert.equal(facts('FROM alpine:3.20\nRUN apk add alpine-sdk').program('/bin/bash'), 'unknown');
  assert.equal(facts('FROM alpine:3.20\nRUN apk add make').program('/bin/bash'), 'none');
});

test('recommended packages count unless they are left out', () => {
  assert.equal(facts('FROM debian:12-slim\nRUN apt-get install -y curl').has('ca-certificates'), 'unknown');
  assert.equal(
    facts('FROM debian:12-slim\nRUN apt-get install -y --no-install-recommends curl').has('ca-certificates'),
    'no',
  );
  assert.equal(facts('FROM debian:12-slim\nRUN apt-get install -y python3-pip').has('gcc'), 'unknown');
  assert.equal(
    facts('FROM debian:12-slim\nRUN apt-get install -y --no-install-recommends python3-pip').has('gcc'),
    'no',
  );
});

test('a package whose dependencies are not known makes absence unknown', () => {
  const stage = facts('FROM debian:12-slim\nRUN apt-get install -y my-own-package');
  assert.equal(stage.blur, "2: 'my-own-package' may bring further programs as its dependencies.");
  assert.equal(stage.has('curl'), 'unknown');
});
