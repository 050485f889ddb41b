import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorsOf, testSound, type Case } from '../support/sound.js';

const sh = { text: '#!/bin/sh\nexec sleep 1\n', isExecutable: true };
const bash = { text: '#!/bin/bash\nexec sleep 1\n', isExecutable: true };
const plain = { text: '#!/bin/sh\n', isExecutable: false };
const onBase = 'ARG BASE=alpine:3.22\nFROM $BASE\nCOPY e.sh /e.sh\nENTRYPOINT ["/e.sh"]\n';
const service = (build: string): string => `services:\n  app:\n    build:\n${build}`;
const inCompose = service('      context: .\n');
const withArg = (base: string): string => `${inCompose}      args:\n        BASE: ${base}\n`;
const crlf = { text: '#!/bin/sh\r\nexec sleep 1\r\n', isExecutable: true };

const builds: readonly Case[] = [
  [
    'an override',
    onBase,
    { 'e.sh': bash, 'compose.yaml': withArg('alpine:3.22'), 'compose.override.yaml': withArg('debian:13') },
  ],
  [
    'a variable of .env',
    onBase,
    { 'e.sh': bash, 'compose.yaml': withArg('${BASE:-alpine:3.22}'), '.env': 'BASE=debian:13\n' },
  ],
  [
    'two values',
    onBase,
    {
      'e.sh': bash,
      'compose.yaml': `${withArg('debian:13')}  b:\n    build:\n      context: .\n      args: { BASE: ubuntu }\n`,
    },
  ],
  [
    'a stage from elsewhere',
    'FROM alpine:3.22 AS root\nFROM root\nCOPY e.sh /e.sh\nENTRYPOINT ["/e.sh"]\n',
    {
      'e.sh': bash,
      'compose.yaml': `${inCompose}      additional_contexts:\n        root: docker-image://debian:13\n`,
    },
  ],
  [
    'an image from elsewhere',
    'FROM alpine:3.22\nCOPY e.sh /e.sh\nENTRYPOINT ["/e.sh"]\n',
    {
      'e.sh': bash,
      'compose.yaml': `${inCompose}      additional_contexts:\n        - docker.io/library/alpine:3.22=docker-image://debian:13\n`,
    },
  ],
  [
    'a context of bake',
    'FROM alpine:3.22 AS base\nFROM base\nCOPY e.sh /e.sh\nENTRYPOINT ["/e.sh"]\n',
    {
      'e.sh': bash,
      'docker-bake.hcl': 'target "app" {\n  contexts = {\n    base = "docker-image://debian:13"\n  }\n}\n',
    },
  ],
  [
    'a matrix',
    onBase,
    { 'e.sh': bash, 'docker-bake.hcl': 'target "app" {\n  matrix = { b = ["debian:13"] }\n  args = { BASE = b }\n}\n' },
  ],
  [
    'an override of bake',
    onBase,
    {
      'e.sh': bash,
      'docker-bake.hcl': 'target "a" {\n  args = { BASE = "alpine:3.22" }\n}\n',
      'docker-bake.override.hcl': 'target "a" {\n  args = { BASE = "debian:13" }\n}\n',
    },
  ],
  [
    'two contexts',
    'FROM alpine:3.22\nCOPY e.sh /e.sh\nENTRYPOINT ["/e.sh"]\n',
    {
      'e.sh': bash,
      'a/e.sh': sh,
      'b/e.sh': sh,
      'compose.yaml':
        'services:\n  a:\n    build: { context: a, dockerfile: ../Dockerfile }\n  b:\n    build: { context: b, dockerfile: ../Dockerfile }\n',
    },
  ],
];

const scripts: readonly Case[] = [
  [
    'a start in another directory',
    'FROM alpine:3.22\nWORKDIR /x\nCOPY . .\nCMD cd sub && ./e.sh\n',
    { 'e.sh': bash, 'sub/e.sh': sh },
  ],
  [
    'made executable at the start',
    'FROM alpine:3.22\nCOPY e.sh /e.sh\nCMD chmod +x /e.sh && /e.sh\n',
    { 'e.sh': plain },
  ],
  [
    'env -S takes a return for a space',
    'FROM node:24-slim\nCOPY e.js /e.js\nENTRYPOINT ["/e.js"]\n',
    { 'e.js': { text: '#!/usr/bin/env -S node --no-warnings\r\n', isExecutable: true } },
  ],
  [
    'perl passes over a return',
    'FROM perl:5\nCOPY e.pl /e.pl\nENTRYPOINT ["/e.pl"]\n',
    { 'e.pl': { text: '#!/usr/bin/perl -w\r\n', isExecutable: true } },
  ],
  [
    'perl -pi',
    'FROM debian:13\nCOPY e.sh /e.sh\nRUN perl -pi -e "s/\\r//" /e.sh\nENTRYPOINT ["/e.sh"]\n',
    { 'e.sh': crlf },
  ],
  [
    'git checks out anew',
    'FROM alpine/git\nWORKDIR /x\nCOPY . .\nRUN git checkout-index -f -a\nENTRYPOINT ["/x/e.sh"]\n',
    { 'e.sh': crlf },
  ],
  [
    'the other name of a directory',
    'FROM debian:13\nCOPY e.sh /bin/e.sh\nRUN chmod +x /usr/bin/e.sh\nENTRYPOINT ["/bin/e.sh"]\n',
    { 'e.sh': plain },
  ],
  [
    'a pointer of Git LFS',
    'FROM debian:13-slim\nCOPY tool /tool\nENTRYPOINT ["/tool"]\n',
    { tool: { text: 'version https://git-lfs.github.com/spec/v1\noid sha256:1\n', isExecutable: true } },
  ],
];

testSound('builds', builds);
testSound('scripts', scripts);

test('the plain forms of these projects are errors', () => {
  assert.deepEqual(errorsOf(onBase, { 'e.sh': bash }), ['script-entrypoint-no-interpreter']);
});
