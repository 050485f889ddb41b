import { first, halves, inBuild, inFinal, insert, onBase, withBuilder } from './edits.js';
import { apt, google, type Fault } from './fault.js';

export const baseFaults: readonly Fault[] = [
  // Bases.
  {
    name: 'debug tag left in',
    rules: ['debug-or-dev-variant-in-final'],
    apply: onBase(google, inFinal(/:nonroot/, ':debug-nonroot')),
  },
  {
    name: '-dev tag left in',
    rules: ['debug-or-dev-variant-in-final'],
    apply: first(
      onBase(/^dhi\.io\/(?:node|python)/, inFinal(/-debian13/, '-debian13-dev')),
      onBase(/^cgr\.dev\/chainguard\/(?:node|python|jre|nginx)/, inFinal(/:latest/, ':latest-dev')),
    ),
  },
  {
    name: 'retired Debian release of distroless',
    rules: ['distroless-unsupported-image'],
    apply: onBase(/distroless\/(?!nodejs|java21)/, inFinal(/-debian13/, '-debian11')),
  },
  {
    name: 'release left out of the name',
    rules: ['distroless-name-without-debian-suffix'],
    apply: onBase(google, inFinal(/-debian13/, '', 'FROM gcr.io/distroless/')),
  },
  {
    name: 'release past its support',
    rules: ['eol-base-distribution'],
    apply: first(
      inFinal(/^FROM debian:bookworm/, 'FROM debian:buster'),
      inFinal(/^FROM alpine:3\.24/, 'FROM alpine:3.15'),
      inFinal(/^FROM ubuntu:24\.04/, 'FROM ubuntu:18.04'),
    ),
  },
  {
    name: 'build stage past its support',
    rules: ['eol-base-distribution'],
    apply: first(
      inBuild(/^FROM alpine:3\.24/, 'FROM alpine:3.14', 'FROM alpine:3.14'),
      inBuild(/^FROM debian:trixie/, 'FROM debian:buster', 'FROM debian:buster'),
      inBuild(/^FROM ubuntu:24\.04/, 'FROM ubuntu:18.04', 'FROM ubuntu:18.04'),
    ),
  },
  {
    name: 'build stage shipped',
    rules: ['single-stage-with-toolchain'],
    apply: withBuilder(/^(?:golang|rust|gcc):/, (text) => {
      const { head } = halves(text);
      const shipped = head.replace(/ AS build/i, '').trimEnd();
      return { text: `${shipped}\nUSER 65532:65532\nENTRYPOINT ["/out/app"]\n`, at: 'FROM ' };
    }),
  },
  {
    name: 'compiler installed in the final stage',
    rules: ['toolchain-installed-in-final-stage'],
    apply: first(
      onBase(/^alpine/, insert('RUN apk add --no-cache build-base')),
      onBase(apt, insert('RUN apt-get update && apt-get install -y build-essential')),
    ),
  },
  {
    name: 'tools for people in the final stage',
    rules: ['debug-tools-in-final-stage'],
    apply: first(
      onBase(/^alpine/, insert('RUN apk add --no-cache vim strace')),
      onBase(apt, insert('RUN apt-get update && apt-get install -y vim strace')),
    ),
  },
];
