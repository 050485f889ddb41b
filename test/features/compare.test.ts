import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImageByText, loadCatalog } from '../../server/src/catalog/catalog.js';
import { compare, stageAt, type ComparedBases, type ComparedRow } from '../../server/src/features/compare.js';
import { rules } from '../../server/src/rules/index.js';
import { analysisOf, applyFix, today } from '../support/checks.js';

function compared(text: string, stage = -1): ComparedBases {
  const analysis = analysisOf(text);
  const at = analysis.stages.at(stage);
  assert.ok(at);
  const found = compare(analysis, at);
  assert.ok(found);
  return found;
}

function others(text: string, stage = -1): readonly ComparedRow[] {
  return compared(text, stage).rows.filter(({ isPresent }) => !isPresent);
}

function row(text: string, reference: string, stage = -1): ComparedRow {
  const { rows } = compared(text, stage);
  const found = rows.find((one) => one.reference === reference);
  assert.ok(found, `${reference} is not among: ${rows.map((one) => one.reference).join(', ')}`);
  return found;
}

const node = 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nUSER node\nCMD ["node", "server.js"]\n';
const go = (base: string) =>
  `FROM golang:1.26 AS build\nRUN CGO_ENABLED=0 go build -o /app .\nFROM ${base}\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]\n`;
const stages = {
  node,
  python: 'FROM python:3.12\nCOPY . .\nCMD ["python", "main.py"]\n',
  java: 'FROM eclipse-temurin:21\nCOPY app.jar /\nENTRYPOINT ["java", "-jar", "/app.jar"]\n',
  'a static Go program': go('debian:13'),
  'a Rust program':
    'FROM rust:1 AS build\nRUN cargo build --release\nFROM debian:13\nCOPY --from=build /target/release/app /app\nCMD ["/app"]\n',
  'a C++ program':
    'FROM gcc:15 AS build\nRUN g++ -o /app a.cc\nFROM ubuntu:26.04\nCOPY --from=build /app /app\nCMD ["/app"]\n',
  dotnet: 'FROM mcr.microsoft.com/dotnet/aspnet:10.0\nCOPY out /app\nENTRYPOINT ["dotnet", "/app/a.dll"]\n',
  php: 'FROM php:8.4-fpm\nCOPY . .\n',
  nginx: 'FROM nginx:alpine\nCOPY dist /usr/share/nginx/html\n',
  'a distribution': 'FROM debian:13\nRUN apt-get update && apt-get install -y libpq5\nCOPY app /app\nCMD ["/app"]\n',
  'a base that is not known': 'FROM registry.example.com/base:1\nCMD ["node", "a.js"]\n',
  scratch: go('scratch'),
};

for (const [title, text] of Object.entries(stages)) {
  test(`${title}: several families, every row another supported image of the catalog`, () => {
    const found = others(text);
    assert.ok(new Set(found.map(({ family }) => family)).size >= 3, found.map((one) => one.reference).join(', '));
    assert.ok(found.length <= 25);
    assert.equal(new Set(found.map(({ reference }) => reference)).size, found.length);
    for (const { reference } of found) {
      const facts = findImageByText(loadCatalog(), reference);
      assert.ok(facts, reference);
      assert.ok(facts.status === null || facts.status === 'supported', reference);
      assert.ok(facts.eol === null || facts.eol > today, reference);
    }
  });
}

test('the present base comes first, with what is known of it', () => {
  const present = compared('FROM gcr.io/distroless/base-debian13:nonroot\nCMD ["/a"]\n').rows[0];
  assert.ok(present?.isPresent);
  assert.equal(present.reference, 'gcr.io/distroless/base-debian13:nonroot');
  assert.equal(present.family, 'Google Distroless');
  assert.equal(present.libc, 'glibc 2.41');
  assert.equal(present.shell, 'none');
  assert.equal(present.packageManager, 'none');
  assert.equal(present.user, '65532 (nonroot)');
  assert.equal(present.entrypoint, 'none');
  assert.equal(present.page, 'families/google-distroless.md');
  assert.ok(present.contains.includes('CA certificates') && present.contains.includes('OpenSSL'));
  assert.ok(present.lacks.includes('libgcc') && present.lacks.includes('curl'));
  assert.equal(present.edit, null);
  assert.equal(present.why + present.drawback, '');
});

test('what is not known is null, which none is not', () => {
  const rows = Object.values(stages).flatMap((text) => compared(text).rows);
  for (const one of rows) {
    const facts = findImageByText(loadCatalog(), one.reference);
    assert.ok(facts);
    assert.equal(one.libc === null, !facts.libc.known, one.reference);
    assert.equal(one.shell === null, !facts.shells.known, one.reference);
    assert.equal(one.shell === 'none', facts.shells.known && facts.shells.value.length === 0, one.reference);
    assert.equal(one.entrypoint === null, !facts.entrypoint.known, one.reference);
    assert.equal(one.size, facts.size);
    assert.deepEqual(
      one.contains.filter((word) => one.lacks.includes(word)),
      [],
    );
  }
});

test('bases that are no smaller are there too, and every reason to stay is said', () => {
  assert.ok(others(node).some(({ shell }) => shell !== null && shell !== 'none'));
  const distroless = row(node, 'gcr.io/distroless/nodejs24-debian13:nonroot');
  assert.match(distroless.drawback, /RUN on line 4 has to move/);
  assert.match(row(node, 'node:24-alpine').drawback, /^musl instead of glibc/);
});

test('scratch is shown where a static program could move to it', () => {
  const scratch = row(go('debian:13'), 'scratch');
  assert.equal(scratch.libc, 'none');
  assert.match(scratch.drawback, /no CA certificates/);
  assert.ok(!others(node).some(({ reference }) => reference === 'scratch'));
  assert.ok(compared(go('scratch')).rows[0]?.isPresent);
});

test('packages that another base installs otherwise, or not at all, are named', () => {
  const text = stages['a distribution'];
  assert.match(row(text, 'alpine:3.24').drawback, /it installs with apk, not apt, so RUN on line 2 has to change/);
  const shellless = others(text).filter(({ shell }) => shell === 'none');
  assert.ok(shellless.length > 0);
  for (const { drawback, reference } of shellless)
    assert.match(drawback, /'libpq5' has to come from a build stage/, reference);
});

test('the needs of a stage, in a few words each', () => {
  assert.deepEqual(compared(node).needs, ['Node.js 24', "the account 'node' for USER on line 5"]);
  assert.deepEqual(
    compared(
      'FROM --platform=linux/arm64 python:3.12\nRUN apt-get update && apt-get install -y libpq5\nHEALTHCHECK CMD a\nCMD a && b\n',
    ).needs,
    [
      'Python 3.12',
      'a shell for CMD on line 4',
      'a shell for HEALTHCHECK on line 3',
      "the package 'libpq5' on line 2",
      'linux/arm64',
    ],
  );
  assert.deepEqual(compared(go('debian:13')).needs, ["nothing for '/app', which is static"]);
  assert.deepEqual(compared(stages['a C++ program']).needs, ["glibc 2.41 or newer for '/app'", "libstdc++ for '/app'"]);
});

test('a stage that builds is offered images to build with', () => {
  const text = `FROM golang:1.26 AS build\nRUN apt-get update && apt-get install -y git\nRUN go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\n`;
  const { needs, rows } = compared(text, 0);
  assert.deepEqual(needs, ['Go 1.26', 'a shell for RUN on lines 2 and 3', 'a package manager for RUN on line 2']);
  const found = rows.map(({ reference }) => reference);
  assert.ok(found.includes('golang:1.26-alpine'), found.join(', '));
  assert.ok(found.some((name) => /^dhi\.io\/golang:1.26.*-dev/.test(name)));
  assert.ok(rows.every(({ shell }) => shell !== 'none'));
  assert.ok(!found.some((name) => /static|scratch/.test(name)));
});

test('the edit changes the base of the stage', () => {
  const { edit } = row(node, 'node:24-alpine');
  assert.ok(edit);
  assert.equal(applyFix(node, { title: '', edits: [edit] }), node.replace('node:24', 'node:24-alpine'));
});

test('a stage on another one is changed at the root, unless other stages continue that', () => {
  const chain = 'FROM node:24 AS base\nWORKDIR /app\nFROM base\nCMD ["node", "a.js"]\n';
  const { edit } = row(chain, 'node:24-alpine');
  assert.equal(edit?.span.start, 'FROM '.length);
  assert.deepEqual(compared(chain).stage, { index: 1, name: null, reference: 'base' });
  const shared =
    'FROM node:24 AS base\nFROM base AS build\nRUN npm ci\nFROM base\nCOPY --from=build /a /a\nCMD ["node", "a.js"]\n';
  const rows = others(shared);
  assert.ok(rows.length > 0 && rows.every((one) => one.edit === null));
  assert.ok(others(shared, 0).every((one) => one.edit !== null));
  assert.ok(others('ARG V=24\nFROM node:${V}\nCMD ["node", "a.js"]\n').every((one) => one.edit === null));
});

test('a base that is not known has no row; the interpreter it starts tells the language', () => {
  const { rows, needs } = compared(stages['a base that is not known']);
  assert.ok(rows.length > 0 && rows.every(({ isPresent }) => !isPresent));
  assert.deepEqual(needs, ['Node.js']);
  assert.ok(rows.every(({ reference }) => /node/.test(reference)));
});

test('nothing for templates and Windows images', () => {
  const template = analysisOf('FROM {{ .Base }}\nCMD ["a"]\n');
  const [stage] = template.stages;
  assert.ok(stage);
  assert.equal(compare(template, stage), null);
  assert.deepEqual(compared('FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCMD ["a"]\n').rows, []);
});

test('a place belongs to the stage above it', () => {
  const text = '# top\nFROM a AS one\nRUN x\n\n# between\nFROM b AS two\nRUN y\n\n';
  const analysis = analysisOf(text);
  const at = (offset: number) => stageAt(analysis, offset)?.name;
  assert.equal(at(0), undefined);
  assert.equal(at(text.indexOf('FROM a')), 'one');
  assert.equal(at(text.indexOf('# between')), 'one');
  assert.equal(at(text.indexOf('FROM b')), 'two');
  assert.equal(at(text.length), 'two');
});

test('odd files are compared without complaint, and every edit lies on a base image', () => {
  const odd = [
    'FROM',
    'FROM a AS',
    'FROM a AS b\nFROM b AS a\nFROM a\n',
    'FROM --platform=/ node:24\nUSER :\nCMD []\n',
    'FROM scratch\nUSER\nCMD\nENTRYPOINT []\nHEALTHCHECK\nSHELL []\nRUN\n',
    'FROM node:24@sha256:0\nCOPY --chown=$X:y a b\n',
    ...rules.flatMap(({ docs }) => [docs.bad, docs.good]),
  ];
  let edits = 0;
  for (const text of odd) {
    const analysis = analysisOf(text);
    for (const stage of analysis.stages) {
      const found = compare(analysis, stage);
      for (const { edit, reference } of found?.rows ?? []) {
        if (!edit) continue;
        edits++;
        assert.ok(
          analysis.stages.some(({ syntax }) => syntax.from.image?.span.start === edit.span.start),
          reference,
        );
        assert.equal(edit.text, reference);
      }
    }
  }
  assert.ok(edits > 100);
});

test('a very long file is compared', () => {
  const lines = Array.from({ length: 40_000 }, (_, index) => `RUN apt-get install -y p${index} && node ${index}`);
  const text = `FROM node:24\n${lines.join('\n')}\nCMD ["node", "a.js"]\n`;
  const { needs, rows } = compared(text);
  assert.match(needs.join(), /and 39997 more on lines 2, 3, 4 and 39997 more/);
  assert.ok(rows.length > 3);
});
