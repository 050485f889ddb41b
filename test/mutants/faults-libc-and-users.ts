import {
  append,
  both,
  everywhere,
  finalBase,
  first,
  inBuild,
  inFinal,
  notOnBase,
  onBase,
  withBuilder,
} from './edits.js';
import { apt, copied, google, withoutLibc, type Fault } from './fault.js';

export const libcAndUserFaults: readonly Fault[] = [
  // C library.
  {
    name: 'CGO_ENABLED=0 removed',
    rules: ['go-dynamic-binary-in-static-base'],
    apply: onBase(withoutLibc, withBuilder(/^golang:(?!.*alpine)/, inBuild(/CGO_ENABLED=0 /, '', copied))),
  },
  {
    name: 'cgo turned on',
    rules: ['go-dynamic-binary-in-static-base'],
    apply: onBase(withoutLibc, withBuilder(/^golang:(?!.*alpine)/, inBuild(/CGO_ENABLED=0/, 'CGO_ENABLED=1', copied))),
  },
  {
    name: '-static removed',
    rules: ['scratch-dynamic-binary'],
    apply: inBuild(/ -static/, '', copied),
  },
  {
    name: 'musl target removed',
    rules: ['scratch-dynamic-binary'],
    apply: withBuilder(
      /^rust:1-trixie/,
      everywhere(/ --target x86_64-unknown-linux-musl|x86_64-unknown-linux-musl\/|^RUN rustup.*\n/gm, '', copied),
    ),
  },
  {
    name: 'build stage on Alpine',
    rules: ['musl-binary-in-glibc-stage'],
    apply: onBase(
      /distroless\/base/,
      inBuild(/-trixie AS build/, '-alpine AS build\nRUN apk add --no-cache gcc musl-dev', copied),
    ),
  },
  {
    name: 'C build stage on Alpine',
    rules: ['musl-binary-in-glibc-stage'],
    apply: withBuilder(
      apt,
      both(
        inBuild(/^RUN apt-get.*$/m, 'RUN apk add --no-cache g++', ''),
        inBuild(/^FROM \S+/, 'FROM alpine:3.24', copied),
      ),
    ),
  },
  {
    name: 'final stage on Alpine',
    rules: ['glibc-binary-in-musl-stage'],
    apply: first(
      onBase(/distroless\/(?:base|cc)/, inFinal(/^FROM .*$/m, 'FROM alpine:3.24\nUSER 65532', copied)),
      onBase(
        /^(?:debian|ubuntu):/,
        both(inFinal(/^RUN apt(?:.*\\\n)*.*$/m, ''), inFinal(/^FROM .*$/m, 'FROM alpine:3.24', copied)),
      ),
      onBase(/glibc-dynamic/, inFinal(/^FROM .*$/m, 'FROM alpine:3.24\nUSER 65532', copied)),
    ),
  },
  {
    name: 'older glibc in the final stage',
    rules: ['glibc-version-skew'],
    apply: first(
      onBase(/distroless\/(?:base|cc)/, inFinal(/-debian13/, '-debian12', copied)),
      onBase(/^ubuntu:/, inFinal(/:24\.04/, ':22.04', copied)),
    ),
  },
  {
    name: 'newer Debian in the build stage',
    rules: ['glibc-version-skew'],
    apply: onBase(/^debian:bookworm/, inBuild(/-bookworm/, '-trixie', copied)),
  },
  // Files and users.
  {
    name: 'certificates dropped',
    rules: ['scratch-no-ca-certs'],
    apply: onBase(/^scratch$/, (text) => {
      const dropped = inFinal(/^COPY .*ca-certificates.*\n/m, '')(text);
      return dropped && { ...dropped, at: '' };
    }),
  },
  {
    name: 'USER removed',
    rules: ['final-stage-runs-as-root'],
    apply: notOnBase(/^registry|nginx|chainguard|fpm|busybox/, (text) => {
      const removed = inFinal(/^USER .*\n/m, '')(text);
      return removed && { ...removed, at: `FROM ${finalBase(text)}` };
    }),
  },
  {
    name: 'USER root',
    rules: ['final-stage-runs-as-root'],
    apply: notOnBase(/nginx|fpm|busybox/, append('USER root')),
  },
  {
    name: 'nonroot tag dropped',
    rules: ['final-stage-runs-as-root'],
    apply: onBase(google, inFinal(/:nonroot/, '', 'FROM gcr.io/distroless/')),
  },
  {
    name: 'USER of a name that is not there',
    rules: ['user-name-unresolvable'],
    apply: onBase(/^scratch$|^gcr\.io|^cgr\.dev/, append('USER appuser')),
  },
];
