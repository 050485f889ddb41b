import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/npm-lock-lacks-target-libc.js';
import { checkRule, checkSilent, findingsOf } from '../support/checks.js';
import { project, type Locked } from '../support/node-project.js';

const app = (install: string, image = 'node:24-alpine') => `
FROM ${image}
WORKDIR /app
COPY package.json package-lock.json ./
${install}
`;
const choices = [
  '@img/sharp-darwin-arm64',
  '@img/sharp-linux-x64',
  '@img/sharp-linuxmusl-x64',
  '@img/sharp-linuxmusl-arm64',
];
const sharp = { sharp: { choices, script: true } };
const made = (platform: string) => ({ [`@img/sharp-${platform}`]: { isOptional: true } });

const count = (packages: Locked, install = 'RUN npm ci', image = 'node:24-alpine') =>
  findingsOf(rule, app(install, image), { files: project(packages) }).length;

test('reports a lock file that has other platforms only', () => {
  checkRule(
    rule,
    `
FROM node:24-alpine
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
#   ^^^^^^^^^^^^^^^^^ 'package-lock.json' has no '@img/sharp-linuxmusl-x64', so 'sharp' has no native code for musl here.
`,
    { files: project({ ...sharp, ...made('darwin-arm64') }) },
  );
  assert.equal(count({ ...sharp, ...made('linux-x64') }), 1);
  assert.equal(count({ ...sharp, ...made('linuxmusl-x64') }, 'RUN npm ci', 'node:24-slim'), 1);
});

test('names one package, and counts the others', () => {
  const rollup = { rollup: { choices: ['@rollup/rollup-linux-x64-gnu', '@rollup/rollup-linux-x64-musl'] } };
  const [finding] = findingsOf(rule, app('RUN npm ci'), { files: project({ ...rollup, ...sharp }) });
  assert.match(
    finding?.message ?? '',
    /^'package-lock.json' has no '@rollup\/rollup-linux-x64-musl'.*; the same is true of 1 more\.$/,
  );
});

test('names the package for the processor that is asked for, and for x64 where none is', () => {
  const names = ['arm64', 'x64'].map((cpu) => `@img/sharp-linuxmusl-${cpu}`);
  const files = project({ sharp: { choices: names, script: true } });
  const missing = (text: string) =>
    /has no '@img\/sharp-linuxmusl-(\w+)'/.exec(findingsOf(rule, text, { files })[0]?.message ?? '')?.[1];
  assert.equal(missing(app('RUN npm ci')), 'x64');
  assert.equal(missing(app('RUN npm ci', '--platform=$BUILDPLATFORM node:24-alpine')), 'x64');
  assert.equal(missing(app('RUN npm ci', '--platform=linux/amd64 node:24-alpine')), 'x64');
  assert.equal(missing(app('RUN npm ci', '--platform=linux/arm64/v8 node:24-alpine')), 'arm64');
  const base = 'FROM --platform=linux/arm64 node:24-alpine AS base';
  assert.equal(missing(`${base}${app('RUN npm ci', 'base')}`), 'arm64');
});

test('is silent where the lock file has the platform, for any processor', () => {
  assert.equal(count({ ...sharp, ...made('linuxmusl-x64') }), 0);
  assert.equal(count({ ...sharp, ...made('linuxmusl-arm64') }), 0);
  assert.equal(count({ ...sharp, ...made('linux-x64') }, 'RUN npm ci', 'node:24'), 0);
});

test('is silent about packages that are one for both, may be missing, or fetch their code', () => {
  const esbuild = { esbuild: { choices: ['@esbuild/linux-x64', '@esbuild/darwin-arm64'] } };
  assert.equal(count({ ...esbuild, '@esbuild/linux-x64': {} }), 0);
  assert.equal(count({ esbuild: { ...esbuild.esbuild, script: true } }), 0);
  assert.equal(count({ sharp: { choices, script: true, isOptional: true } }), 0);
  assert.equal(count({ sharp: { choices, script: true, isDev: true } }, 'RUN npm ci --omit=dev'), 0);
  assert.equal(count({ next: { choices: ['@next/swc-linux-x64-musl', '@next/swc-linux-x64-gnu'] } }), 0);
});

test('is silent where the package is installed by name afterwards', () => {
  const lacking = { ...sharp, ...made('darwin-arm64') };
  assert.equal(count(lacking, 'RUN npm ci && npm install --no-save --os=linux --libc=musl --cpu=x64 sharp@0.34'), 0);
  assert.equal(count(lacking, 'RUN npm ci\nRUN npm install --no-save @img/sharp-linuxmusl-x64'), 0);
  assert.equal(count(lacking, 'RUN npm ci\nRUN npm install -g serve'), 1);
});

test('is silent where the libc, the lock file or what is installed is not known', () => {
  const lacking = { ...sharp, ...made('darwin-arm64') };
  assert.equal(count(lacking, 'RUN npm ci', 'registry.example.com/node'), 0);
  assert.equal(count(lacking, 'RUN npm ci -w api'), 0);
  checkSilent(rule, app('RUN npm ci'));
  checkSilent(rule, 'FROM node:24-alpine\nWORKDIR /app\nRUN npm ci\n', { files: project(lacking) });
  checkSilent(rule, app('RUN npm ci'), { files: { 'package.json': '{}', 'package-lock.json': '{ "packages":' } });
});
