import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze } from '../../server/src/analyze.js';
import { createCatalog, extendCatalog, loadCatalog } from '../../server/src/catalog/catalog.js';
import type { VendorData } from '../../server/src/catalog/data-model.js';
import { complete } from '../../server/src/features/completion.js';
import { today } from '../support/checks.js';
import { completionAt, itemAt, textsAt } from '../support/completions.js';
import { readCursor } from '../support/cursor.js';
import { emptyVendor } from '../support/vendor.js';

describe('images for a file', () => {
  test('a final stage that takes a static program is offered static images, and scratch before a distribution', () => {
    const texts = textsAt(`
      FROM golang:1.26 AS build
      COPY go.mod ./
      RUN CGO_ENABLED=0 go build -o /out/app .
      FROM $0
      COPY --from=build /out/app /app
    `);
    assert.equal(texts[0], 'build');
    assert.equal(texts[1], 'gcr.io/distroless/static-debian13:nonroot');
    assert.ok(texts.indexOf('scratch') < texts.indexOf('debian'));
    assert.ok(texts.indexOf('gcr.io/distroless/static-debian13') < texts.indexOf('golang'));
  });

  test('one that takes a program linked to glibc is offered images with glibc', () => {
    const source = `
      FROM rust AS build
      COPY Cargo.toml ./
      RUN cargo build --release && cp target/release/app /app
      FROM $0
      COPY --from=build /app /app
    `;
    const references = (completionAt(source)?.items ?? []).filter(
      ({ kind, text }) => kind === 'image' && text.includes(':'),
    );
    assert.equal(references[0]?.text, 'gcr.io/distroless/cc-debian13:nonroot');
    assert.ok(references.every(({ detail }) => detail?.includes('glibc')));
  });

  test('a build stage is offered images with a shell, the official one first', () => {
    const texts = textsAt(
      'FROM $0 AS build\nCOPY package.json .\nRUN npm ci\nFROM gcr.io/distroless/nodejs22-debian13\n',
    );
    assert.match(texts[0] ?? '', /^node:22-[a-z]+$/);
    assert.ok(!texts.some((text) => /^gcr\.io\/distroless\/nodejs.*:/.test(text)));
  });

  test('the version of the build stage is kept', () => {
    const texts = textsAt('FROM node:22 AS build\nRUN npm ci\nFROM $0\n');
    assert.equal(texts[1], 'gcr.io/distroless/nodejs22-debian13:nonroot');
    assert.ok(!texts.some((text) => /nodejs2[46].*:/.test(text)));
    assert.equal(textsAt('FROM python:3.12 AS b\nRUN pip install x\nFROM python:$0')[0], 'python:3.12-slim-trixie');
  });

  test('the version is that of the language which is wanted', () => {
    const texts = textsAt(`
      FROM node:22 AS assets
      FROM python:3.12 AS build
      RUN pip install x
      FROM $0
      COPY requirements.txt .
    `);
    const references = texts.filter((text) => /python.*:/.test(text));
    assert.ok(references.some((text) => text.includes(':3.12')));
    assert.ok(!references.some((text) => text.includes(':3.14')));
  });

  test('files and commands tell the language', () => {
    const first = (source: string) => textsAt(source)[0] ?? '';
    assert.match(first('FROM $0\nCOPY requirements.txt .\n'), /python/);
    assert.match(first('FROM $0\nCOPY --chown=1 src/package*.json ./\n'), /node/);
    assert.match(first('FROM $0\nRUN bundle install\n'), /ruby/);
    assert.match(first('FROM $0\nCMD ["/usr/bin/node", "x.js"]\n'), /node/);
    assert.match(textsAt('FROM maven:3 AS build\nRUN mvn package\nFROM $0\n')[1] ?? '', /java|jre/);
    assert.match(
      textsAt('FROM node:22 AS b\nRUN npm run build\nFROM $0\nCOPY nginx.conf /etc/nginx/nginx.conf\n')[1] ?? '',
      /nginx/,
    );
  });

  test('families the user prefers come first', () => {
    const { text, offset } = readCursor('FROM node:22 AS build\nRUN npm ci\nFROM $0\n');
    const catalog = { ...loadCatalog(), prefer: ['red-hat'] };
    const analysis = analyze(text, { catalog, today, buildArgs: {} });
    assert.match(complete(analysis, offset)?.items[1]?.text ?? '', /redhat/);
  });

  test('what is given up is struck through and comes last', () => {
    const items = completionAt('FROM gcr.io/distroless/$0')?.items ?? [];
    const old = items.findIndex(({ text }) => text === 'gcr.io/distroless/static-debian11');
    assert.equal(items[old]?.isDeprecated, true);
    assert.ok(old > items.findIndex(({ text }) => text === 'gcr.io/distroless/static-debian13'));
    assert.ok(items.slice(old).every(({ isDeprecated }) => isDeprecated));
    assert.equal(itemAt('FROM gcr.io/distroless/$0', 'gcr.io/distroless/static-debian13').isDeprecated, false);
  });

  test('images of the workspace are offered with the others', () => {
    const file: VendorData = {
      ...emptyVendor,
      repositories: {
        'registry.example.com/base': { purpose: 'base', shared: { libc: 'musl' }, images: [{ tags: '1 2' }] },
      },
    };
    const catalog = extendCatalog(loadCatalog(), { files: [file], mirrors: [], prefer: [] });
    const texts = (source: string) => {
      const { text, offset } = readCursor(source);
      return (complete(analyze(text, { catalog, today, buildArgs: {} }), offset)?.items ?? []).map((item) => item.text);
    };
    assert.ok(texts('FROM reg$0').includes('registry.example.com/base'));
    assert.deepEqual(texts('FROM registry.example.com/base:$0'), [
      'registry.example.com/base:2',
      'registry.example.com/base:1',
    ]);
  });

  test('an empty catalog still offers stages and scratch', () => {
    const { text, offset } = readCursor('FROM debian AS a\nFROM $0');
    const analysis = analyze(text, { catalog: createCatalog([]), today, buildArgs: {} });
    assert.deepEqual(
      complete(analysis, offset)?.items.map((item) => item.text),
      ['a', 'scratch'],
    );
  });
});

describe('tags', () => {
  const labels = (source: string) => (completionAt(source)?.items ?? []).map(({ label }) => label);

  test('a version line with its release comes first, unfinished versions last', () => {
    const tags = labels('FROM python:$0');
    assert.match(tags[0] ?? '', /^3\.\d+-slim-[a-z]+$/);
    assert.ok(tags.findIndex((tag) => /^3\.\d+-slim$/.test(tag)) < tags.indexOf('slim'));
    assert.ok(!tags.slice(0, 30).some((tag) => tag.includes('rc')));
  });

  test('a build stage is offered the plain variant first', () => {
    assert.match(labels('FROM golang:$0 AS build\nFROM scratch')[0] ?? '', /^1\.\d+-[a-z]+$/);
    assert.equal(labels('FROM mcr.microsoft.com/dotnet/aspnet:$0')[0]?.includes('chiseled'), true);
  });

  test('of a distribution the code name counts as the version', () => {
    assert.match(labels('FROM debian:$0').slice(0, 2).join(' '), /^[a-z]+-slim \d+-slim$/);
    assert.equal(labels('FROM debian:$0').includes('bullseye'), false);
    assert.match(labels('FROM alpine:$0')[0] ?? '', /^3\.\d+$/);
  });

  test('runtime tags of distroless images: non-root first, debug last', () => {
    assert.deepEqual(labels('FROM gcr.io/distroless/static-debian13:$0'), [
      'nonroot',
      'latest',
      'debug-nonroot',
      'debug',
    ]);
  });

  test('build arguments in the name are put in, and stay in the text', () => {
    assert.equal(textsAt('ARG R=dhi.io\nFROM ${R}/node:$0')[0]?.startsWith('${R}/node:'), true);
    assert.equal(
      itemAt('ARG R=docker.io\nFROM $R/library/alpine:$0', '$R/library/alpine:3.24').reference,
      'docker.io/library/alpine:3.24',
    );
    assert.deepEqual(textsAt('ARG R\nFROM ${R}/node:$0'), []);
    assert.ok(textsAt('ARG R\nFROM ${R}/node:$0', { buildArgs: { R: 'docker.io/library' } }).length > 5);
  });

  test('a mirror has the tags of what it stands for', () => {
    assert.equal(
      textsAt('FROM public.ecr.aws/docker/library/alpine:$0')[0],
      'public.ecr.aws/docker/library/alpine:3.24',
    );
  });

  test('a long list is cut, and said to be', () => {
    const found = completionAt('FROM gradle:$0');
    assert.equal(found?.items.length, 60);
    assert.equal(found?.isCapped, true);
    assert.equal(completionAt('FROM alpine:$0')?.isCapped, false);
  });

  test('nothing for images that are not known or gone', () => {
    for (const source of [
      'FROM nobody/knows:$0',
      'FROM localhost:5000/x:$0',
      'FROM localhost:$0',
      'FROM gcr.io/distroless/static-debian10:$0',
    ])
      assert.deepEqual(textsAt(source), [], source);
  });
});
