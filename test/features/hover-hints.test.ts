import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markdownAt } from '../support/cursor.js';

const dns = /DNS answers too long for UDP\*\* arrive cut off .*guide\/glibc-and-musl\.md/;
const threads = /Threads get 128 KiB of stack on musl.*guide\/glibc-and-musl\.md/;
const servers = /musl asks all name servers at once.*guide\/glibc-and-musl\.md/;
const allocator = /allocator of musl.*guide\/glibc-and-musl\.md/;
const probes =
  /Probes and hooks that run a command find only what is in the image.*guide\/debugging-without-a-shell\.md/;
const signals = /ignores SIGTERM unless.*guide\/going-distroless\.md/;
const contents = /ARG BUILDKIT_SBOM_SCAN_STAGE=true`.*guide\/release-requirements\.md/;

test('names the DNS of an old musl before all else', () => {
  assert.match(markdownAt('FROM python$0:3.11-alpine3.17\n'), dns);
  assert.doesNotMatch(markdownAt('FROM python$0:3.11-alpine3.17\n'), threads);
  assert.doesNotMatch(markdownAt('FROM alpine$0:3.24\n'), dns);
});

test('names the stack of threads where Python and Ruby run on musl', () => {
  assert.match(markdownAt('FROM python$0:3.13-alpine\n'), threads);
  assert.match(markdownAt('FROM ruby$0:3.4-alpine\n'), threads);
  assert.doesNotMatch(markdownAt('FROM python$0:3.13-slim\n'), threads);
  assert.doesNotMatch(markdownAt('FROM golang$0:1.26-alpine\n'), /Threads|name servers/);
});

test('names the search for hosts where Node.js runs on musl', () => {
  assert.match(markdownAt('FROM node$0:24-alpine\n'), servers);
  assert.doesNotMatch(markdownAt('FROM node$0:24-slim\n'), servers);
  assert.doesNotMatch(markdownAt('FROM node$0:24-alpine AS build\nFROM scratch\nCOPY --from=build /a /a\n'), servers);
});

const rust = `FROM rust:1-alpine AS build
WORKDIR /src
COPY . .
RUN cargo build --release
`;

test('names the allocator where a Rust program for musl is started', () => {
  const copy = 'COPY --from=build /src/target/release/app /app\nENTRYPOINT ["/app"]\n';
  assert.match(markdownAt(`${rust}FROM alpine$0:3.24\n${copy}`), allocator);
  assert.match(markdownAt(`${rust}FROM scratch$0\n${copy}`), allocator);
  assert.doesNotMatch(
    markdownAt(`${rust.replace('-alpine', '')}FROM gcr.io/distroless/cc$0-debian13\n${copy}`),
    allocator,
  );
});

test('names probes only where the final image has no shell', () => {
  assert.match(markdownAt('FROM gcr.io/distroless/static$0-debian13\n'), probes);
  assert.doesNotMatch(markdownAt('FROM alpine$0:3.24\n'), probes);
  assert.doesNotMatch(markdownAt('FROM gcr.io/distroless/static$0-debian13 AS a\nFROM scratch\n'), probes);
});

test('names signals where Node.js or a script of Python is process 1', () => {
  assert.match(markdownAt('FROM node:24-slim\nCMD$0 ["node", "server.js"]\n'), signals);
  assert.match(markdownAt('FROM gcr.io/distroless/python3-debian13\nCMD$0 ["main.py"]\n'), signals);
  assert.doesNotMatch(markdownAt('FROM python:3.13\nCMD$0 ["python", "-m", "gunicorn"]\n'), signals);
  assert.doesNotMatch(markdownAt('FROM golang:1.26\nCMD$0 ["/app"]\n'), signals);
  assert.doesNotMatch(
    markdownAt('FROM node:24-alpine\nRUN apk add tini\nENTRYPOINT ["tini", "--"]\nCMD$0 ["node", "a.js"]\n'),
    signals,
  );
  assert.doesNotMatch(markdownAt('FROM node:24-slim\nCMD$0 ["sh", "-c", "node a.js"]\n'), signals);
});

test('names the stop signal that a copied server leaves behind', () => {
  const copy = 'COPY --from=nginx:1.30 /usr/sbin/nginx /usr/sbin/nginx\n';
  const start = 'CMD$0 ["/usr/sbin/nginx", "-g", "daemon off;"]\n';
  const note = /sets `STOPSIGNAL SIGQUIT`, which the copy does not bring/;
  assert.match(markdownAt(`FROM debian:trixie-slim\n${copy}${start}`), note);
  assert.doesNotMatch(markdownAt(`FROM debian:trixie-slim\n${copy}STOPSIGNAL SIGQUIT\n${start}`), note);
  assert.doesNotMatch(markdownAt(`FROM nginx:1.30\n${start}`), note);
});

test('names the list of contents where libraries of a build stage end up in the program', () => {
  const final = 'FROM scratch\nCOPY --from=build /src/target/release/app /app\n';
  assert.match(markdownAt(`${rust.replace('alpine', '$0alpine')}${final}`), contents);
  assert.doesNotMatch(
    markdownAt(`ARG BUILDKIT_SBOM_SCAN_STAGE=true\n${rust.replace('alpine', '$0alpine')}${final}`),
    contents,
  );
  assert.doesNotMatch(
    markdownAt('FROM golang$0:1.26 AS build\nRUN go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\n'),
    contents,
  );
});
