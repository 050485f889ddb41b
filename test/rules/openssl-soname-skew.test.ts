import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/openssl-soname-skew.js';
import { allFindings, checkFix, checkRule, checkSilent, findingsOf } from '../support/checks.js';

type Parts = { readonly build?: string; readonly builder?: string; readonly base?: string; readonly extra?: string };

const headers = 'RUN apt-get update && apt-get install -y libssl-dev pkg-config\n';

const rust = (parts: Parts, mark = '') => `
FROM ${parts.builder ?? 'rust:1-bullseye'} AS build
WORKDIR /src
${parts.build ?? `${headers}RUN cargo build --release`}
FROM ${parts.base ?? 'gcr.io/distroless/cc-debian12'}${parts.extra ? `\n${parts.extra}` : ''}
COPY --from=build /src/target/release/app /app
${mark}ENTRYPOINT ["/app"]
`;

const caret = '#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^';
const message = "'/app' is built with OpenSSL 1.1, and this image is of a release with OpenSSL 3.";
const speaks = (parts: Parts) => checkRule(rule, rust(parts, `${caret} fixable: ${message}\n`));
const isSilent = (parts: Parts) => checkSilent(rule, rust(parts));

test('warns of a Rust program that was built with the headers of the older series', () => {
  speaks({});
  speaks({ base: 'debian:bookworm-slim', extra: 'RUN apt-get update && apt-get install -y ca-certificates libssl3' });
});

test('takes a library that is installed for the program for a sign that it links it', () => {
  speaks({ build: 'RUN cargo build --release', base: 'debian:bookworm-slim', extra: 'RUN apt-get install -y libssl3' });
  isSilent({ build: 'RUN cargo build --release', base: 'debian:bookworm-slim' });
});

test('warns of a C program that is linked with it', () => {
  checkRule(
    rule,
    `
FROM gcc:12-bullseye AS build
RUN gcc -o /out/app main.c -lssl -lcrypto
FROM debian:bookworm-slim
COPY --from=build /out/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/app' is built with OpenSSL 1.1, and this image is of a release with OpenSSL 3.
CMD ["/app"]
`,
  );
  checkSilent(
    rule,
    `
FROM gcc:12-bullseye AS build
RUN apt-get update && apt-get install -y libssl-dev
RUN gcc -o /out/app main.c
FROM debian:bookworm-slim
COPY --from=build /out/app /app
CMD ["/app"]
`,
  );
});

test('warns between releases of Alpine', () => {
  const build = 'RUN apk add --no-cache cargo openssl-dev\nRUN cargo build --release';
  checkRule(rule, rust({ builder: 'alpine:3.16', build, base: 'alpine:3.20' }, `${caret} ${message}\n`));
  isSilent({ builder: 'alpine:3.18', build, base: 'alpine:3.20' });
});

test('is silent where both have the same series, or where one of them is not known', () => {
  isSilent({ builder: 'rust:1-bookworm' });
  isSilent({ base: 'gcr.io/distroless/cc-debian11' });
  isSilent({ base: 'registry.example.com/base' });
  isSilent({ builder: 'registry.example.com/rust' });
});

test('is silent where OpenSSL is linked in or not linked', () => {
  isSilent({ build: `ENV OPENSSL_STATIC=1\n${headers}RUN cargo build --release` });
  isSilent({ build: `${headers}RUN RUSTFLAGS="-C target-feature=+crt-static" cargo build --release` });
  isSilent({ build: 'RUN cargo build --release' });
  checkSilent(
    rule,
    `
FROM golang:1.20-bullseye AS build
RUN apt-get update && apt-get install -y libssl-dev
RUN CGO_ENABLED=0 go build -o /app .
FROM gcr.io/distroless/base-debian12
COPY --from=build /app /app
CMD ["/app"]
`,
  );
});

test('is silent where the other series may have been brought along', () => {
  isSilent({ extra: 'COPY --from=build /usr/lib/x86_64-linux-gnu/libssl.so.1.1 /usr/lib/x86_64-linux-gnu/' });
  isSilent({ extra: 'COPY --from=build /usr/lib/x86_64-linux-gnu /usr/lib/x86_64-linux-gnu' });
  isSilent({ base: 'debian:bookworm-slim', extra: 'COPY libssl.deb /tmp/\nRUN dpkg -i /tmp/libssl.deb' });
  isSilent({ base: 'alpine:3.18', builder: 'alpine:3.16', extra: 'RUN apk add --no-cache openssl1.1-compat' });
});

test('leaves a builder on a newer release to the rule about glibc', () => {
  const text = rust({ builder: 'rust:1-bookworm', base: 'gcr.io/distroless/cc-debian11' });
  checkSilent(rule, text);
  const libc = allFindings(text).filter((finding) => finding.rule.meta.category === 'libc');
  assert.deepEqual(
    libc.map((finding) => finding.rule.meta.id),
    ['glibc-version-skew'],
  );
});

test('fix: builds on the release of the image', () => {
  checkFix(rule, rust({}), rust({ builder: 'rust:1-bookworm' }));
});

const copied = (files: Readonly<Record<string, string>>, build = 'COPY . .\nRUN cargo build --release') =>
  findingsOf(rule, rust({ build }), { files }).map(({ because }) => because.some(({ kind }) => kind === 'file'));

const lock = (...names: string[]) => ({
  'Cargo.lock': names.map((name) => `[[package]]\nname = "${name}"\nversion = "0.9.1"\n`).join('\n'),
});

test('believes the lock file about what the program links', () => {
  assert.deepEqual(copied(lock('app', 'openssl-sys')), [true]);
  assert.deepEqual(copied(lock('app')), []);
  assert.deepEqual(copied(lock('app', 'openssl-sys', 'openssl-src')), []);
  assert.deepEqual(copied(lock('app', 'rustls'), `COPY . .\n${headers}RUN cargo build --release`), []);
  assert.deepEqual(copied({}, `COPY . .\n${headers}RUN cargo build --release`), [false]);
});

test('the programs of one build are one finding', () => {
  checkRule(
    rule,
    `
FROM gcc:12-bullseye AS build
RUN gcc -o /out/a a.c -lssl && gcc -o /out/b b.c -lssl
FROM debian:bookworm-slim
COPY --from=build /out/a /a
#^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/a' is built with OpenSSL 1.1, and this image is of a release with OpenSSL 3; the same is true of one more COPY instruction.
COPY --from=build /out/b /b
CMD ["/a"]
`,
  );
});
