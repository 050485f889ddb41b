import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentGroups } from '../../scripts/catalog/contents.js';
import { facts } from '../support/facts.js';

for (const [title, image, program, answer] of [
  ['util-linux of Debian has no kill', 'debian:13-slim', 'kill', 'unknown'],
  ['nor has the one of the release before', 'debian:12', 'kill', 'unknown'],
  ['procps of Ubuntu has it', 'ubuntu:24.04', 'kill', 'yes'],
  ['BusyBox has it', 'alpine:3.24', 'kill', 'yes'],
  ['essential programs of Debian', 'debian:13-slim', 'getent', 'yes'],
  ['a link of the alternatives', 'debian:13-slim', 'awk', 'yes'],
  ['nslookup of BusyBox in Alpine', 'alpine:3.24', 'nslookup', 'yes'],
  ['and in its own image', 'busybox:1.37', 'nslookup', 'yes'],
  ['Google Distroless links the other applets', 'gcr.io/distroless/static-debian13:debug', 'adduser', 'yes'],
  ['but not that one', 'gcr.io/distroless/static-debian13:debug', 'nslookup', 'unknown'],
  ['Node.js 24 comes with Yarn', 'node:24', 'yarn', 'yes'],
  ['Node.js 26 comes without', 'node:26', 'yarn', 'no'],
  ['and without Corepack', 'node:26-alpine', 'corepack', 'no'],
  ['Node.js 25 had one of the two', 'node:25', 'yarn', 'unknown'],
  ['PHP 8.6 has no pecl', 'php:8.6-rc-cli', 'pecl', 'unknown'],
] as const)
  test(title, () => assert.equal(facts(`FROM ${image}`).has(program), answer));

test('a group names each program once', () => {
  for (const [name, group] of Object.entries(contentGroups)) {
    const words = group.split(' ');
    assert.deepEqual(words, [...new Set(words)], name);
  }
});

test('what is installed brings them', () => {
  assert.equal(facts('FROM debian:13-slim\nRUN apt-get install -y procps').has('kill'), 'yes');
  assert.equal(facts('FROM node:26\nRUN npm install -g corepack && corepack enable').has('yarn'), 'yes');
  assert.equal(facts('FROM debian:13-slim\nRUN apt-get install -y docker.io').has('tini'), 'unknown');
  assert.equal(facts('FROM debian:13-slim\nRUN apt-get install -y openssh-server').has('adduser'), 'unknown');
  assert.equal(facts('FROM debian:13-slim\nRUN apt-get install -y procps').has('adduser'), 'no');
});

test('Yarn may come under the name of another package', () => {
  const yarn = (run: string) => facts(`FROM node:26\nRUN ${run}`).has('yarn');
  for (const run of [
    'npm install -g @yarnpkg/cli-dist',
    'npm install -g corepack',
    'npm install --location=global yarn@1.22.22',
    'npx corepack enable',
    'npm install -g $TOOLS',
  ])
    assert.equal(yarn(run), 'unknown', run);
  assert.equal(yarn('npm ci'), 'no');
  assert.equal(yarn('npm install --global yarn'), 'yes');
});
