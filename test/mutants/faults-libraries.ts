import { inBuild, inFinal, onBase, withBuilder } from './edits.js';
import { alpine, apt, copied, type Fault } from './fault.js';

export const libraryFaults: readonly Fault[] = [
  {
    name: 'distroless base in place of cc',
    rules: ['libgcc-missing-for-rust', 'libstdcxx-missing'],
    apply: onBase(/distroless\/cc/, (text) => (/cargo|g\+\+/.test(text) ? toBase(text) : null)),
  },
  {
    name: 'libstdc++ of Alpine removed',
    rules: ['libstdcxx-missing'],
    apply: onBase(alpine, inFinal(/^RUN apk add --no-cache libstdc\+\+\n/m, '', copied)),
  },
  {
    name: 'library of the build not installed',
    rules: ['runtime-shared-library-missing'],
    apply: inFinal(/ libpq5/, '', copied),
  },
  {
    name: 'OpenSSL of an older release in the build stage',
    rules: ['openssl-soname-skew'],
    apply: onBase(
      apt,
      withBuilder(/^rust:1-bookworm/, (text) => openssl(text)),
    ),
  },
  {
    name: 'static OpenSSL of Alpine removed',
    rules: ['rust-musl-needs-openssl-vendored'],
    apply: inBuild(/ openssl-libs-static/, '', 'openssl-dev'),
  },
  {
    name: 'compiler for cgo removed',
    rules: ['go-alpine-cgo-no-compiler'],
    apply: withBuilder(
      /^golang:.*alpine/,
      inBuild(/^RUN apk add --no-cache gcc musl-dev\n/m, '', 'CGO_ENABLED=1 go build'),
    ),
  },
  {
    name: 'headers for cgo removed',
    rules: ['go-alpine-cgo-no-compiler'],
    apply: withBuilder(/^golang:.*alpine/, inBuild(/gcc musl-dev/, 'gcc', 'CGO_ENABLED=1 go build')),
  },
  {
    name: 'cgo turned on without a compiler',
    rules: ['go-alpine-cgo-no-compiler'],
    apply: withBuilder(/^golang:.*alpine/, inBuild(/^ENV CGO_ENABLED=0/m, 'ENV CGO_ENABLED=1', 'RUN go build')),
  },
];

const toBase = inFinal(/distroless\/cc/, 'distroless/base', copied);

function openssl(text: string) {
  return text.includes('libssl-dev') ? inBuild(/^FROM rust:1-bookworm/, 'FROM rust:1-bullseye', copied)(text) : null;
}
