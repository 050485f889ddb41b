import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentFact, programFact } from '../../server/src/interpret/query.js';
import { analysisOf } from '../support/checks.js';

/** Whether the last stage of a file holds a program; undefined when that is not known. */
function holds(text: string, name: string): boolean | undefined {
  const end = analysisOf(text).stages.at(-1)?.end;
  assert.ok(end);
  const fact = contentFact(end, name);
  return fact.known ? fact.value : undefined;
}

test('distributions and the language images on them hold no init', () => {
  for (const image of ['alpine:3.24', 'debian:trixie', 'ubuntu:24.04', 'node:24-slim', 'golang:1.26-alpine'])
    assert.equal(holds(`FROM ${image}\n`, 'tini'), false, image);
});

test('images of which that was not read may hold one', () => {
  for (const image of ['postgres:18', 'httpd:2.4', 'registry.example.com/node'])
    assert.equal(holds(`FROM ${image}\n`, 'tini'), undefined, image);
});

test('BusyBox has no useradd, and the package shadow brings it', () => {
  assert.equal(holds('FROM python:3.14-alpine\n', 'useradd'), false);
  assert.equal(holds('FROM cgr.dev/chainguard/wolfi-base\n', 'groupadd'), false);
  assert.equal(holds('FROM alpine:3.24\nRUN apk add shadow\n', 'useradd'), true);
  assert.equal(holds('FROM debian:trixie-slim\n', 'useradd'), true);
});

test("Debian's own images have no adduser since 13, those of languages perhaps", () => {
  for (const tag of ['trixie', 'trixie-slim', '13', '13-slim', '13.1', 'trixie-20260824-slim', 'stable-slim'])
    assert.equal(holds(`FROM debian:${tag}\n`, 'adduser'), false, tag);
  assert.equal(holds('FROM node:24-trixie-slim\n', 'adduser'), undefined);
  assert.equal(holds('FROM python:3.13-slim\n', 'adduser'), undefined);
  assert.equal(holds('FROM node:24-trixie\n', 'adduser'), undefined);
  assert.equal(holds('FROM debian:bookworm-slim\n', 'adduser'), undefined);
});

test('what cannot be read makes that unknown again', () => {
  assert.equal(holds('FROM alpine:3.24\nRUN ./setup.sh\n', 'tini'), undefined);
  assert.equal(holds('FROM alpine:3.24\nCOPY rootfs /\n', 'useradd'), undefined);
});

test('what the entrypoint script of an image starts is in the image', () => {
  const end = (base: string) => {
    const stage = analysisOf(`FROM ${base}\n`).stages[0];
    assert.ok(stage);
    return programFact(stage.end, 'bash');
  };
  const own = end('bash:5');
  assert.ok(own.known && own.value !== null);
  const alpine = end('alpine:3.22');
  assert.ok(alpine.known && alpine.value === null);
});
