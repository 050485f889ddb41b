import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/glibc-version-skew.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

const rust = (builder: string, final: string) => `
FROM ${builder} AS build
WORKDIR /src
RUN cargo build --release
FROM ${final}
COPY --from=build /src/target/release/app /app
ENTRYPOINT ["/app"]
`;

test('reports a program that was built on a newer glibc', () => {
  checkRule(
    rule,
    `
FROM rust:1 AS build
WORKDIR /src
RUN cargo build --release
FROM gcr.io/distroless/cc-debian12
COPY --from=build /src/target/release/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/app' is built on glibc 2.41, and may not start on the 2.36 of this image.
ENTRYPOINT ["/app"]
`,
  );
});

test('follows base images through named stages and build arguments', () => {
  checkRule(
    rule,
    `
ARG SUITE=bullseye
FROM gcc:15 AS toolchain
FROM toolchain AS build
RUN gcc -o /out/app main.c
FROM debian:$SUITE-slim AS base
FROM base
COPY --from=build /out/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ '/app' is built on glibc 2.41, and may not start on the 2.31 of this image.
CMD ["/app"]
`,
  );
});

test('warns of cgo only across glibc 2.34, where the threads library moved', () => {
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
RUN go build -o /out/app .
FROM debian:bullseye-slim
COPY --from=build /out/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ '/app' is built on glibc 2.41, and may not start on the 2.31 of this image.
CMD ["/app"]
`,
  );
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
RUN go build -o /out/app .
FROM debian:bookworm-slim
COPY --from=build /out/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (information) '/app' is built on glibc 2.41, and may not start on the 2.36 of this image.
CMD ["/app"]
`,
  );
});

test('a Go program with C code, or one that nothing starts, is information', () => {
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
RUN go build -race -o /out/app .
FROM debian:bookworm-slim
COPY --from=build /out/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (information) '/app' is built on glibc 2.41, and may not start on the 2.36 of this image.
CMD ["/app"]
`,
  );
  checkRule(
    rule,
    `
FROM gcc:15 AS build
RUN gcc -o /out/app main.c
FROM debian:bullseye-slim
COPY --from=build /out/app /sources/app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ (information) '/sources/app' is built on glibc 2.41, and may not start on the 2.31 of this image.
`,
  );
});

test('Node.js of its official images was built elsewhere, on an older glibc', () => {
  const node = 'COPY --from=node:24-trixie-slim /usr/local/bin/node /usr/local/bin/node';
  checkSilent(rule, `FROM ubuntu:22.04\n${node}\nCMD ["node", "server.js"]\n`);
  assert.equal(
    findingsOf(rule, 'FROM ubuntu:22.04\nCOPY --from=debian:13 /usr/bin/sed /sed\nCMD ["/sed"]\n').length,
    1,
  );
});

test('names the build command and both images as the reasons', () => {
  const [finding] = findingsOf(rule, rust('rust:1-trixie', 'debian:bookworm-slim'));
  const notes = finding?.because.map(({ note }) => note) ?? [];
  assert.equal(notes[0], "'cargo build' builds it here.");
  assert.ok(
    notes.some((note) => note.includes("'rust:1-trixie'")),
    notes.join('\n'),
  );
  assert.ok(
    notes.some((note) => note.includes("'debian:bookworm-slim'")),
    notes.join('\n'),
  );
});

test('is silent where the image has the same glibc or a newer one', () => {
  checkSilent(rule, rust('rust:1-trixie', 'gcr.io/distroless/cc-debian13'));
  checkSilent(rule, rust('rust:1-bookworm', 'gcr.io/distroless/cc-debian13'));
});

test('is silent about static programs, pure Go and interpreted code', () => {
  checkSilent(
    rule,
    `
FROM gcc:15 AS build
RUN gcc -static -o /out/app main.c
FROM debian:bookworm-slim
COPY --from=build /out/app /app
CMD ["/app"]
`,
  );
  checkSilent(
    rule,
    `
FROM golang:1.26 AS build
RUN CGO_ENABLED=0 go build -o /out/app .
FROM debian:bullseye-slim
COPY --from=build /out/app /app
CMD ["/app"]
`,
  );
  checkSilent(
    rule,
    `
FROM node:26 AS build
RUN npm ci && npm run build
FROM node:24-bookworm-slim
COPY --from=build /src/dist /app
CMD ["node", "/app/main.js"]
`,
  );
});

test('leaves another libc, and none, to the rules about them', () => {
  checkSilent(rule, rust('rust:1', 'alpine:3.24'));
  checkSilent(rule, rust('rust:1', 'scratch'));
  checkSilent(rule, rust('rust:1-alpine', 'debian:bookworm-slim'));
});

test('is silent where an image is not known', () => {
  checkSilent(rule, rust('registry.example.com/rust', 'debian:bookworm-slim'));
  checkSilent(rule, rust('rust:1', 'registry.example.com/base'));
  checkSilent(rule, 'ARG TAG\n' + rust('rust:$TAG', 'debian:bookworm-slim').trimStart());
});

test('fix: builds on the release that the image runs on', () => {
  const fixed = (builder: string, after: string, final = 'debian:bookworm-slim') =>
    checkFix(rule, rust(builder, final), rust(after, final));
  fixed('rust:1', 'rust:1-bookworm');
  fixed('rust', 'rust:bookworm');
  fixed('rust:1-slim-trixie', 'rust:1-slim-bookworm');
  fixed(
    'docker.io/library/rust:1-trixie',
    'docker.io/library/rust:1-bookworm',
    'gcr.io/distroless/cc-debian12:nonroot',
  );
});

test('offers no fix where there is no such builder, or where it is not named here', () => {
  assert.deepEqual(fixTitles(rule, rust('rust:1', 'debian:buster-slim')), []);
  assert.deepEqual(fixTitles(rule, 'ARG V=1\n' + rust('rust:$V', 'debian:bookworm-slim').trimStart()), []);
  assert.deepEqual(fixTitles(rule, rust(`rust:1@sha256:${'0'.repeat(64)}`, 'debian:bookworm-slim')), []);
});
