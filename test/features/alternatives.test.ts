import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCatalog } from '../../server/src/catalog/catalog.js';
import { isPublished } from '../../server/src/features/alternatives/published.js';
import { factsOf, find, isShellless, names } from '../support/alternatives.js';
import { applyFix, today } from '../support/checks.js';

const goProgram = (linkage: string, base: string) =>
  `FROM golang:1.26 AS b\nRUN ${linkage} go build -o /app .\nFROM ${base}\nCOPY --from=b /app /app\nCMD ["/app"]\n`;

test('several families are named, those without a shell first, and room is left for a smaller step', () => {
  const found = names('FROM node:24\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n');
  const shellless = found.map((reference) => isShellless(factsOf(reference)));
  assert.deepEqual(
    shellless,
    [...shellless].sort((a, b) => Number(b) - Number(a)),
  );
  assert.equal(shellless.filter(Boolean).length, 3);
  assert.equal(new Set(found.map((reference) => `${factsOf(reference).family} ${factsOf(reference).tag}`)).size, 5);
});

test('a static program fits static images', () => {
  const text = goProgram('CGO_ENABLED=0', 'debian:13');
  assert.equal(names(text, { prefer: 'google-distroless' })[0], 'gcr.io/distroless/static-debian13:nonroot');
  assert.equal(names(text, { prefer: 'chainguard' })[0], 'cgr.dev/chainguard/static:latest');
  assert.equal(names(text, { prefer: 'scratch' })[0], 'scratch');
  const found = names(text);
  assert.ok(found.length > 2);
  for (const reference of found) {
    const { libc } = factsOf(reference);
    assert.ok(reference === 'scratch' || (libc.known && libc.value.kind === 'none'), reference);
  }
});

test('a dynamic program keeps its libc, and takes no older one', () => {
  const source = (builder: string, base: string) =>
    `FROM ${builder} AS b\nRUN gcc -o /app a.c\nFROM ${base}\nCOPY --from=b /app /app\nCMD ["/app"]\n`;
  const glibc = names(source('gcc:15', 'ubuntu:26.04'), { prefer: 'google-distroless' });
  assert.equal(glibc[0], 'gcr.io/distroless/base-debian13:nonroot');
  for (const reference of glibc) {
    const { libc } = factsOf(reference);
    assert.ok(libc.known && libc.value.kind === 'glibc' && Number(libc.value.version) >= 2.41, reference);
  }
  assert.deepEqual(
    names(source('ubuntu:26.04', 'ubuntu:26.04')).filter((name) => name.includes('debian')),
    [],
  );
});

test('a C++ program is not sent to an image without its library', () => {
  const text = 'FROM gcc:15 AS b\nRUN g++ -o /app a.cc\nFROM ubuntu:26.04\nCOPY --from=b /app /app\nCMD ["/app"]\n';
  const found = names(text, { prefer: 'google-distroless' });
  assert.equal(found[0], 'gcr.io/distroless/cc-debian13:nonroot');
  assert.ok(!found.some((name) => /base-debian13|base-nossl/.test(name)));
});

test('a tag without the decisive part of the version is not named', () => {
  for (const reference of names('FROM python:3.12\nCMD ["python", "a.py"]\n'))
    assert.doesNotMatch(reference, /:3(?:-|$)/);
});

test('a script, and packages of the distribution, keep the shell', () => {
  const shellless = (text: string) => names(text).filter((name) => isShellless(factsOf(name)));
  assert.deepEqual(shellless('FROM python:3.13\nCOPY . .\nENTRYPOINT ["./entrypoint.sh"]\n'), []);
  assert.deepEqual(shellless('FROM python:3.13\nCMD migrate && serve\n'), []);
  assert.deepEqual(
    shellless('FROM python:3.13\nRUN apt-get update && apt-get install -y libpq5\nCMD ["python", "a.py"]\n'),
    [],
  );
  assert.ok(
    names('FROM python:3.13\nRUN apt-get update && apt-get install -y libpq5\nCMD ["python", "a.py"]\n', {
      prefer: 'docker-official',
    }).includes('python:3.13-slim'),
  );
});

test('an image that is not built for the platform is not named', () => {
  const of = (platform: string) =>
    names(goProgram('CGO_ENABLED=0', `--platform=${platform} debian:13`), { prefer: 'google-distroless' });
  assert.ok(of('linux/s390x').includes('gcr.io/distroless/static-debian13:nonroot'));
  const s390x = of('linux/s390x').filter((name) => name !== 'scratch' && factsOf(name).architectures);
  for (const reference of s390x) assert.ok(factsOf(reference).architectures?.includes('s390x'), reference);
  assert.ok(of('$BUILDPLATFORM').length > 0);
});

test('the release that the tag names is kept', () => {
  const of = (base: string) => names(`FROM ${base}\nRUN a\nCMD ["python", "a.py"]\n`, { prefer: 'docker-official' });
  assert.ok(of('python:3.13-bookworm').includes('python:3.13-slim-bookworm'));
  assert.deepEqual(of('debian:bookworm'), ['debian:bookworm-slim']);
  assert.deepEqual(of('debian:12'), ['debian:12-slim']);
});

test('a program whose making was not followed stays on its distribution', () => {
  const found = names('FROM debian:12\nCOPY app /app\nCMD ["/app"]\n');
  assert.ok(found.length > 0);
  for (const reference of found) assert.match(reference, /^debian:/);
});

test('php-fpm is not sent to an image without it', () => {
  const found = names('FROM php:8.4-fpm\nCOPY . .\n', { prefer: 'docker-official' });
  assert.ok(found.includes('php:8.4-fpm-alpine'));
  for (const reference of found) assert.match(reference, /fpm/);
});

for (const [title, source, stage] of [
  ['a stage that builds', 'FROM node:24 AS b\nRUN npm ci\nFROM scratch\nCOPY --from=b /a /a\n', 0],
  ['a base that is not known', 'FROM registry.example.com/base:1\nCMD ["a"]\n', -1],
  [
    'a base that serves other stages too',
    'FROM node:24 AS base\nFROM base AS b\nRUN npm ci\nFROM base\nCOPY --from=b /a /a\nCMD ["node", "a.js"]\n',
    -1,
  ],
  ['an image that is small and safe', 'FROM gcr.io/distroless/nodejs24-debian13:nonroot\nCMD ["a.js"]\n', -1],
  ['an SDK', 'FROM mcr.microsoft.com/dotnet/sdk:10.0\nCMD ["dotnet", "run"]\n', -1],
  ['an application', 'FROM redis:8\nCOPY redis.conf /etc/\n', -1],
] as const) {
  test(`none for ${title}`, () => assert.deepEqual(names(source, { stage }), []));
}

const bases = [
  'node:20',
  'node:22-slim',
  'node:24-alpine',
  'python:3.9',
  'python:3.13',
  'eclipse-temurin:21',
  'openjdk:17',
  'ruby:3.4',
  'php:8.4-cli',
  'nginx:alpine',
  'debian:12',
  'mcr.microsoft.com/dotnet/aspnet:10.0',
  'oven/bun:1',
  'gcr.io/distroless/python3-debian12',
];

test('whatever is named is published, supported, another image, with a reason, and at most five', () => {
  let count = 0;
  for (const base of bases) {
    const found = find(`FROM ${base}\nCOPY . .\nCMD ["x"]\n`);
    assert.ok(found.length <= 5);
    for (const { reference, why } of found) {
      const facts = factsOf(reference);
      assert.ok(isPublished(loadCatalog(), reference) && reference !== base, reference);
      assert.ok(facts.status === null || facts.status === 'supported', `${reference} is ${facts.status}`);
      assert.ok(facts.eol === null || facts.eol > today, `${reference} ended ${facts.eol}`);
      assert.notEqual(why, '', reference);
      count++;
    }
  }
  assert.ok(count >= 20, `only ${count} alternatives`);
});

test('a tag that no publisher lists is not suggested', () => {
  for (const [base, tag] of [
    ['node:20', /^dhi\.io\/node:20|nodejs20-debian13/],
    ['python:2.7', /2\.7/],
  ] as const) {
    const found = names(`FROM ${base}\nCMD ["a", "b"]\n`);
    assert.deepEqual(
      found.filter((name) => tag.test(name)),
      [],
    );
  }
});

test('a preferred family comes first, with its drawbacks', () => {
  const [first] = find('FROM node:24\nCMD ["node", "a.js"]\n', { prefer: 'chainguard' });
  assert.match(first?.reference ?? '', /^cgr\.dev\/chainguard\/node:/);
  assert.match(first?.drawback ?? '', /it has Node\.js \d+/);
});

test('the edit names the other base, where the name is written out', () => {
  const text = 'FROM node:24 AS app\nCMD ["node", "a.js"]\n';
  const [first] = find(text);
  assert.ok(first?.edit);
  assert.equal(
    applyFix(text, { title: '', edits: [first.edit] }),
    `FROM ${first.reference} AS app\nCMD ["node", "a.js"]\n`,
  );
  assert.equal(find('ARG V=24\nFROM node:${V}\nCMD ["node", "a.js"]\n')[0]?.edit, null);
});

test('a web application of .NET is not sent to an image without ASP.NET Core', () => {
  for (const base of ['mcr.microsoft.com/dotnet/aspnet:8.0', 'cgr.dev/chainguard/aspnet-runtime:latest']) {
    const found = names(`FROM ${base}\nENTRYPOINT ["dotnet", "a.dll"]\n`);
    for (const reference of found) assert.match(reference, /aspnet/);
  }
  assert.ok(names('FROM mcr.microsoft.com/dotnet/aspnet:8.0\nENTRYPOINT ["dotnet", "a.dll"]\n').length > 1);
});

test('where the present base has ended, the support of the other is the reason', () => {
  const found = find('FROM ubuntu:18.04\nRUN apt-get update\nCMD ["/app"]\n');
  assert.match(found[0]?.reference ?? '', /^ubuntu:\d\d\.04$/);
  assert.match(found[0]?.why ?? '', /^on Ubuntu \d\d\.04, supported until 20\d\d-\d\d-\d\d/);
});
