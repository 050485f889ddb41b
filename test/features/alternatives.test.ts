import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImageByText, loadCatalog } from '../../server/src/catalog/catalog.js';
import { alternatives, type Alternative } from '../../server/src/features/alternatives.js';
import { analysisOf, applyFix, today } from '../support/checks.js';
import { markdownAt } from '../support/cursor.js';

function find(text: string, stage = -1): readonly Alternative[] {
  const analysis = analysisOf(text);
  const at = analysis.stages.at(stage);
  assert.ok(at);
  return alternatives(analysis, at);
}

function names(text: string, stage = -1): string[] {
  return find(text, stage).map(({ reference }) => reference);
}

function drawback(text: string, reference: string): string {
  const found = find(text).find((one) => one.reference === reference);
  assert.ok(found, `${reference} is not among: ${names(text).join(', ')}`);
  return found.drawback;
}

const distroless = 'gcr.io/distroless/nodejs24-debian13:nonroot';

test('every family that fits a language is named, the smallest kind first', () => {
  const found = names('FROM node:24\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n');
  assert.equal(found[0], distroless);
  for (const prefix of ['dhi.io/node:24', 'cgr.dev/chainguard/node:', 'node:24-alpine', 'node:24-slim']) {
    assert.ok(
      found.some((name) => name.startsWith(prefix)),
      `${prefix} in ${found.join(', ')}`,
    );
  }
});

test('a static program fits static images and scratch', () => {
  const found = names(
    'FROM golang:1.26 AS b\nRUN CGO_ENABLED=0 go build -o /app .\nFROM debian:13\nCOPY --from=b /app /app\nCMD ["/app"]\n',
  );
  assert.ok(found.includes('gcr.io/distroless/static-debian13:nonroot'));
  assert.ok(found.includes('cgr.dev/chainguard/static:latest'));
  assert.ok(found.includes('scratch'));
});

test('a dynamic program keeps its libc, and takes no older one', () => {
  const source = (builder: string, base: string) =>
    `FROM ${builder} AS b\nRUN gcc -o /app a.c\nFROM ${base}\nCOPY --from=b /app /app\nCMD ["/app"]\n`;
  const glibc = names(source('gcc:15', 'ubuntu:26.04'));
  assert.ok(glibc.includes('gcr.io/distroless/base-debian13:nonroot'));
  assert.ok(glibc.every((name) => !/static-debian13|scratch|alpine/.test(name)));
  assert.deepEqual(
    names(source('ubuntu:26.04', 'ubuntu:26.04')).filter((name) => name.includes('debian13')),
    [],
  );
});

test('what has to change is said', () => {
  const text = 'FROM node:24\nRUN npm ci\nHEALTHCHECK CMD curl -f http://localhost/\nCMD node server.js\n';
  assert.match(
    drawback(text, distroless),
    /^RUN on line 2 has to move to a build stage; exec form is needed on line 4; it has no 'curl' for HEALTHCHECK on line 3$/,
  );
  assert.match(
    drawback('FROM node:24\nCMD ["node", "a.js"]\n', distroless),
    /it starts '\/nodejs\/bin\/node' itself, so leave 'node' out of CMD/,
  );
  assert.match(
    drawback('FROM node:24\nENTRYPOINT ["node", "a.js"]\n', distroless),
    /ENTRYPOINT has to name '\/nodejs\/bin\/node'/,
  );
  assert.match(drawback('FROM node:24\nCMD ["node", "a.js"]\n', 'node:24-alpine'), /musl instead of glibc/);
  assert.match(
    drawback('FROM node:22\nCMD ["node", "a.js"]\n', 'cgr.dev/chainguard/node:latest'),
    /it has Node\.js \d+/,
  );
  assert.match(
    drawback('FROM python:3.12\nCMD ["python", "a.py"]\n', 'gcr.io/distroless/python3-debian13:nonroot'),
    /it has Python 3\.13/,
  );
});

test('a script, and packages of the distribution, keep the shell', () => {
  const shellless = (text: string) =>
    names(text).filter((name) => name.includes('distroless') || name.includes('dhi.io'));
  assert.deepEqual(shellless('FROM python:3.13\nCOPY . .\nENTRYPOINT ["./entrypoint.sh"]\n'), []);
  assert.deepEqual(shellless('FROM python:3.13\nCMD migrate && serve\n'), []);
  assert.deepEqual(
    shellless('FROM python:3.13\nRUN apt-get update && apt-get install -y libpq5\nCMD ["python", "a.py"]\n'),
    [],
  );
  assert.ok(
    names('FROM python:3.13\nRUN apt-get update && apt-get install -y libpq5\nCMD ["python", "a.py"]\n').includes(
      'python:3.13-slim',
    ),
  );
});

test('installing what the other base has already is no obstacle', () => {
  const text =
    'FROM golang:1.26 AS b\nRUN CGO_ENABLED=0 go build -o /app .\nFROM debian:13\nRUN apt-get update && apt-get install -y ca-certificates\nCOPY --from=b /app /app\nCMD ["/app"]\n';
  assert.equal(drawback(text, 'gcr.io/distroless/static-debian13:nonroot'), '');
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
] as const) {
  test(`none for ${title}`, () => assert.deepEqual(names(source, stage), []));
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

test('whatever is named is in the catalog, supported, another image, and at most five', () => {
  let count = 0;
  for (const base of bases) {
    const found = names(`FROM ${base}\nCOPY . .\nCMD ["x"]\n`);
    assert.ok(found.length <= 5);
    for (const reference of found) {
      const facts = findImageByText(loadCatalog(), reference);
      assert.ok(facts && reference !== base, reference);
      assert.ok(facts.status === null || facts.status === 'supported', `${reference} is ${facts.status}`);
      assert.ok(facts.eol === null || facts.eol > today, `${reference} ended ${facts.eol}`);
      count++;
    }
  }
  assert.ok(count >= 20, `only ${count} alternatives`);
});

test('a tag that no publisher lists is not suggested', () => {
  assert.deepEqual(
    names('FROM node:20\nCMD ["node", "a.js"]\n').filter((name) => /dhi\.io|distroless/.test(name)),
    [],
  );
  assert.deepEqual(
    names('FROM python:2.7\nCMD ["python", "a.py"]\n').filter((name) => name.includes('2.7')),
    [],
  );
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

test('the hover lists them with their drawbacks', () => {
  const text = markdownAt('FROM $0node:24\nCMD ["node", "a.js"]\n');
  assert.match(
    text,
    /\*\*Smaller or safer bases that fit\*\*\n- `gcr\.io\/distroless\/nodejs24-debian13:nonroot`: no shell or package manager, runs as uid 65532\. \*But\* /,
  );
});
