import type { Project } from './projects.js';

/** `at` are words of the line that is reported; null where the fault does not fit. */
export type ProjectFault = {
  readonly name: string;
  readonly rules: readonly string[];
  readonly apply: (project: Project) => (Pick<Project, 'text' | 'files'> & { readonly at: string }) | null;
};

type Change = (project: Project) => Pick<Project, 'text' | 'files'> | null;

/** Replaces in the file of a name, or in one of several. */
function inFile(name: RegExp, from: string | RegExp, to: string): Change {
  return ({ text, files }) => {
    const found = Object.entries(files).find(([path, content]) => name.test(path) && holds(content, from));
    if (!found) return null;
    return { text, files: { ...files, [found[0]]: found[1].replace(from, () => to) } };
  };
}

function holds(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}

function inText(from: string | RegExp, to: string): Change {
  return ({ text, files }) => (!holds(text, from) ? null : { text: text.replace(from, () => to), files });
}

function fault(
  name: string,
  rules: string,
  change: Change,
  at: string,
  fits: (project: Project) => boolean = () => true,
): ProjectFault {
  return {
    name,
    rules: rules.split(' '),
    apply: (project) => {
      const changed = fits(project) ? change(project) : null;
      return changed && { ...changed, at };
    },
  };
}

const scripts = /\.sh$/;
const start = 'entrypoint.sh"]';
const named = (word: string) => (project: Project) => project.name.includes(word);

export const projectFaults: readonly ProjectFault[] = [
  fault(
    'the script asks for bash',
    'script-entrypoint-no-interpreter',
    inFile(scripts, '#!/bin/sh', '#!/bin/bash'),
    '.sh',
    ({ text }) => /alpine/.test(text),
  ),
  fault(
    'the script asks for bash through env',
    'script-entrypoint-no-interpreter',
    inFile(scripts, '#!/bin/sh', '#!/usr/bin/env bash'),
    '.sh',
    ({ text }) => /alpine/.test(text),
  ),
  fault(
    'the script asks for Python',
    'script-entrypoint-no-interpreter',
    inFile(scripts, /#!.*/, '#!/usr/bin/python3'),
    '.sh',
    named('a script on Debian'),
  ),
  fault(
    'bash is not installed',
    'script-entrypoint-no-interpreter',
    inText('RUN apk add --no-cache bash\n', ''),
    start,
  ),
  fault(
    'the script names no interpreter',
    'script-entrypoint-no-interpreter',
    inFile(scripts, /#!.*\n/, ''),
    '.sh"]',
    ({ text }) => /\["\/\w+\.sh"\]/.test(text),
  ),
  fault(
    'the script moves to distroless',
    'script-entrypoint-no-interpreter',
    inText(/^FROM (alpine:3.22|debian:13-slim)$/m, 'FROM gcr.io/distroless/base-debian13'),
    start,
    ({ text }) => !/RUN/.test(text),
  ),
  fault('the script has the line endings of Windows', 'entrypoint-script-crlf', inFile(scripts, /\n/, '\r\n'), '.sh'),
  fault(
    'the script may not be executed',
    'entrypoint-not-executable',
    ({ text, files }) => {
      const path = Object.keys(files).find((name) => scripts.test(name));
      if (path === undefined || /chmod/.test(text)) return null;
      const { [path]: content = '', ...others } = files;
      return { text, files: { ...others, [`${path} (644)`]: content } };
    },
    '.sh',
  ),
  fault('chmod is gone', 'entrypoint-not-executable', inText('RUN chmod +x /entrypoint.sh\n', ''), start),
  fault(
    'the script calls curl',
    'script-program-missing',
    inFile(scripts, /^set -e$/m, 'set -e\ncurl -fsS http://config/ > /tmp/config'),
    start,
    ({ text }) => /^FROM (alpine|debian)/.test(text) && !/RUN/.test(text),
  ),

  fault(
    'the builder moves to Alpine',
    'node-modules-libc-mismatch',
    inText(/^FROM node:24-trixie(-slim)? AS/m, 'FROM node:24-alpine AS'),
    '/app /app',
  ),
  fault(
    'the final image moves to Alpine',
    'node-modules-libc-mismatch',
    ({ text, files }) => ({
      text: text
        .replace(/^FROM gcr\S+nodejs24\S+/m, 'FROM node:24-alpine\nUSER node')
        .replace('["server.js"]', '["node", "server.js"]'),
      files,
    }),
    '/app /app',
    ({ text, name }) => /nodejs24/.test(text) && !name.includes('express'),
  ),
  fault(
    'the builder has an older Node.js',
    'node-abi-skew',
    inText(/^FROM node:24-trixie AS/m, 'FROM node:22-trixie AS'),
    '/app /app',
    named('better-sqlite3'),
  ),
  fault(
    '.dockerignore lets node_modules in',
    'host-node-modules-copied',
    inFile(/^\.dockerignore$/, 'node_modules\n', ''),
    'COPY . .',
  ),
  fault(
    '.dockerignore is gone',
    'host-node-modules-copied',
    ({ text, files: { '.dockerignore': ignore, ...files } }) => (ignore === undefined ? null : { text, files }),
    'COPY . .',
  ),
  fault(
    'the addon is built without tools',
    'node-gyp-toolchain-missing',
    ({ text, files }) => {
      const lock = files['package-lock.json'] ?? '';
      if (!lock.includes('better-sqlite3')) return null;
      return {
        text: text.replace('node:24-trixie AS', 'node:24-trixie-slim AS'),
        files: {
          ...files,
          'package-lock.json': lock.replaceAll('better-sqlite3', 'heapdump'),
          'package.json': (files['package.json'] ?? '').replaceAll('better-sqlite3', 'heapdump'),
        },
      };
    },
    'npm ci',
  ),

  fault(
    'cgo is switched off',
    'go-cgo-dependency-with-cgo-disabled',
    inText('CGO_ENABLED=1', 'CGO_ENABLED=0'),
    'go build',
    named('sqlite'),
  ),
  fault(
    'the program moves to a static base',
    'go-dynamic-binary-in-static-base',
    inText('distroless/base-debian13', 'distroless/static-debian13'),
    '/out/app',
    named('Go server with sqlite'),
  ),
  fault(
    'cgo is switched on for a static base',
    'go-dynamic-binary-in-static-base',
    inText('CGO_ENABLED=0', 'CGO_ENABLED=1'),
    '/out/app',
    named('Go server'),
  ),
  fault(
    'the program is built on Alpine',
    'musl-binary-in-glibc-stage go-alpine-cgo-no-compiler',
    inText('golang:1.26-trixie', 'golang:1.26-alpine'),
    'go build',
    named('sqlite'),
  ),
  fault(
    'the Go program moves to Alpine',
    'glibc-binary-in-musl-stage',
    inText(/^FROM gcr\S+base-debian13\S+/m, 'FROM alpine:3.22\nUSER 65534'),
    '/out/app',
  ),
  fault(
    'the Rust program moves to base',
    'libgcc-missing-for-rust',
    inText('distroless/cc-debian13', 'distroless/base-debian13'),
    'release/app',
  ),
  fault(
    'the Rust program moves to scratch',
    'scratch-dynamic-binary',
    inText(/^FROM gcr\S+cc-debian13\S+/m, 'FROM scratch\nUSER 65534'),
    'release/app',
  ),
  fault(
    'the Rust program moves to Alpine',
    'glibc-binary-in-musl-stage',
    inText(/^FROM gcr\S+cc-debian13\S+/m, 'FROM alpine:3.22\nUSER 65534'),
    'release/app',
  ),

  fault(
    'Python moves to Alpine',
    'python-no-musllinux-wheel',
    inText('python3.13-trixie-slim', 'python3.13-alpine'),
    'uv sync',
  ),
  fault('Ruby moves to Alpine', 'ruby-gem-glibc-on-musl', inText('ruby:3.4-slim', 'ruby:3.4-alpine'), 'bundle install'),
  fault(
    'Java moves to Alpine',
    'java-jni-on-musl',
    inText('eclipse-temurin:21-jre', 'eclipse-temurin:21-jre-alpine'),
    'app.jar',
  ),
  fault(
    'Java is compiled for a newer release',
    'java-class-version-skew',
    inFile(/^pom\.xml$/, 'release>21<', 'release>25<'),
    'app.jar',
  ),
  fault(
    '.NET loses ICU',
    'dotnet-icu-missing',
    inText('aspnet:10.0', 'aspnet:10.0-noble-chiseled'),
    '--from=build',
    named('.NET'),
  ),
  fault(
    '.NET runs on an older runtime',
    'dotnet-framework-version-skew',
    inText('aspnet:10.0', 'aspnet:8.0'),
    '',
    named('.NET'),
  ),
  fault(
    '.NET is built by an older SDK',
    'dotnet-framework-version-skew',
    inText('sdk:10.0', 'sdk:8.0'),
    'dotnet publish',
  ),
  fault(
    'a web project runs on the plain runtime',
    'dotnet-framework-version-skew',
    inText('dotnet/aspnet', 'dotnet/runtime'),
    '',
  ),
  fault(
    'the program is published for glibc and runs on Alpine',
    'dotnet-rid-libc-mismatch',
    ({ text, files }) => ({
      text: text.replace('aspnet:10.0', 'aspnet:10.0-alpine').replace('["dotnet", "app.dll"]', '["./app"]'),
      files: {
        ...files,
        'app.csproj': (files['app.csproj'] ?? '').replace(
          '</TargetFramework>',
          '</TargetFramework>\n    <RuntimeIdentifier>linux-x64</RuntimeIdentifier>\n    <SelfContained>true</SelfContained>',
        ),
      },
    }),
    '',
    named('.NET'),
  ),
  fault(
    'the stage of the compose file starts through a shell that is not there',
    'shell-form-cmd-no-shell',
    inText(/FROM base AS runtime\n.*\n/, 'FROM gcr.io/distroless/static-debian13:nonroot AS runtime\nCMD server\n'),
    'CMD server',
  ),
];
