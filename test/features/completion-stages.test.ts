import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completionAt, textsAt } from '../support/completions.js';

describe('stages', () => {
  const file = `
    FROM golang:1.26 AS build
    RUN CGO_ENABLED=0 go build -o /out/app .
    FROM alpine
    FROM debian:13 AS Files
    FROM scratch
    COPY --from=$0 /out/app /app
    FROM busybox AS later
  `;

  test('COPY --from offers the named stages above, the nearest first, and no numbers', () => {
    const stages = (completionAt(file)?.items ?? []).filter(({ kind }) => kind === 'stage');
    assert.deepEqual(
      stages.map(({ text }) => text),
      ['Files', 'build'],
    );
    assert.equal(stages[1]?.detail, 'on golang:1.26 · glibc 2.41 · sh · root · makes /out/app (Go, static)');
  });

  test('then a few images, and their tags', () => {
    assert.ok(textsAt(file).includes('busybox'));
    assert.ok(textsAt(file).length < 20);
    assert.equal(textsAt(file.replace('$0', 'composer:$0'))[0]?.startsWith('composer:2'), true);
  });

  test('a mount takes the same', () => {
    assert.deepEqual(textsAt('FROM debian AS deps\nFROM scratch\nRUN --mount=type=bind,from=de$0 ls')[0], 'deps');
    assert.deepEqual(textsAt('FROM debian AS deps\nFROM scratch\nRUN --mount=type=cache,target=$0 ls'), []);
  });

  test('ADD takes nothing from stages', () => {
    assert.deepEqual(textsAt('FROM debian AS deps\nFROM scratch\nADD --from=$0 a b'), []);
  });

  test('of two stages with one name the later is meant', () => {
    const items = completionAt('FROM debian:12 AS a\nFROM debian:13 AS A\nFROM $0')?.items ?? [];
    assert.deepEqual(
      items.filter(({ kind }) => kind === 'stage').map(({ text, detail }) => `${text}: ${detail?.split(' · ')[0]}`),
      ['A: on debian:13'],
    );
  });
});

describe('users', () => {
  test('an account made in the stage comes first, root last', () => {
    assert.deepEqual(textsAt('FROM node:22-slim\nRUN useradd -u 1234 app\nUSER $0'), [
      'app',
      '1234',
      'node',
      '65532:65532',
      'root',
    ]);
  });

  test('the non-root number where the base has it', () => {
    assert.deepEqual(textsAt('FROM gcr.io/distroless/static-debian13\nUSER $0'), [
      '65532:65532',
      'nonroot',
      'nobody',
      'root',
    ]);
  });

  test('an empty image has no names', () => {
    assert.deepEqual(textsAt('FROM scratch\nUSER $0'), ['65532:65532', '0']);
  });

  test('an account that was removed, or comes only later, is not offered', () => {
    const source = 'FROM node:22-slim\nRUN userdel node\nUSER $0\nRUN useradd app\n';
    assert.ok(!textsAt(source).some((text) => text === 'node' || text === 'app'));
  });

  test('--chown offers the same, --chmod nothing', () => {
    assert.deepEqual(textsAt('FROM node:22\nCOPY --chown=no$0 a b'), ['node']);
    assert.deepEqual(textsAt('FROM node:22\nCOPY --chmod=$0 a b'), []);
  });

  test('what is not known is not offered', () => {
    assert.deepEqual(textsAt('FROM nobody/knows\nUSER $0'), ['65532:65532', 'root']);
    assert.deepEqual(textsAt('FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nUSER Con$0'), []);
  });
});
