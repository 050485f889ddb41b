import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/toolchain-installed-in-final-stage.js';
import { checkRule, checkSilent, findingsOf } from '../support/checks.js';

test('reports compilers and development packages, one finding for a stage', () => {
  checkRule(
    rule,
    `
FROM python:3.13-slim
RUN apt-get update && apt-get install -y gcc libpq-dev libpq5
#                                        ^^^ 'gcc' and 'libpq-dev' are needed to build, not to run, and stay in the final image; the same is true of one more RUN instruction.
RUN apt-get install -y \\
    cmake
CMD ["python", "/app.py"]
`,
  );
});

test('counts what it does not name', () => {
  checkRule(
    rule,
    `
FROM ruby:3.4-alpine
RUN apk add --no-cache build-base postgresql-dev yaml-dev libxml2-dev
#                      ^^^^^^^^^^ 'build-base', 'postgresql-dev' and 2 more packages are needed to build, not to run, and stay in the final image.
CMD ["ruby", "/app.rb"]
`,
  );
});

test('follows packages from the stages that the final stage continues', () => {
  checkRule(
    rule,
    `
FROM node:24-slim AS base
RUN apt-get update && apt-get install -y g++ python3
#                                        ^^^ 'g++' is needed to build, not to run, and stays in the final image.
FROM base
CMD ["node", "app.js"]
`,
  );
});

test('says which package a built program needs instead', () => {
  const text = 'FROM python:3.13-slim\nRUN apt-get install -y libpq-dev\nCMD ["python", "/app.py"]\n';
  const notes = findingsOf(rule, text).flatMap(({ because }) => because.map(({ note }) => note));
  assert.ok(notes.includes("A program built with 'libpq-dev' runs with 'libpq5'."), notes.join('\n'));
});

test('is silent about build stages', () => {
  checkSilent(
    rule,
    `
FROM python:3.13-slim AS wheels
RUN apt-get update && apt-get install -y gcc libpq-dev
FROM python:3.13-slim
COPY --from=wheels /wheels /wheels
CMD ["python", "/app.py"]
`,
  );
});

test('is silent about packages that are removed again', () => {
  checkSilent(
    rule,
    `
FROM python:3.13-alpine
RUN apk add --no-cache --virtual .build-deps gcc musl-dev \\
    && pip install psycopg2 \\
    && apk del .build-deps
CMD ["python", "/app.py"]
`,
  );
  checkSilent(
    rule,
    `
FROM python:3.13-slim
RUN buildDeps='gcc libc6-dev' \\
    && apt-get update && apt-get install -y $buildDeps \\
    && pip install uwsgi \\
    && apt-get purge -y --auto-remove $buildDeps
CMD ["uwsgi"]
`,
  );
});

test('is silent about packages that may have been removed again', () => {
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
RUN savedAptMark="$(apt-mark showmanual)"; \\
    apt-get update; apt-get install -y gcc make; \\
    make -C /src install; \\
    apt-mark auto '.*' > /dev/null; \\
    apt-mark manual $savedAptMark; \\
    apt-get purge -y --auto-remove
CMD ["/app"]
`,
  );
  checkSilent(
    rule,
    `
FROM alpine:3.24
RUN apk add gcc && ./build.sh && apk del $(cat packages)
CMD ["/app"]
`,
  );
});

test('is silent about packages that may not have been installed', () => {
  checkSilent(
    rule,
    `
FROM alpine:3.24
ARG DEBUG
RUN if [ -n "$DEBUG" ]; then apk add --no-cache gcc; fi
CMD ["/app"]
`,
  );
});

test('is silent about images for building and for people', () => {
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y build-essential
`,
  );
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y build-essential
CMD ["make", "test"]
`,
  );
  checkSilent(
    rule,
    `
FROM golang:1.26
RUN apt-get update && apt-get install -y protobuf-compiler
ENTRYPOINT ["/usr/local/bin/server"]
`,
  );
  checkSilent(
    rule,
    `
FROM debian:trixie-slim AS builder
RUN apt-get update && apt-get install -y build-essential
CMD ["/app"]
`,
  );
});

test('is information where a script is started, which may build something', () => {
  checkRule(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y gcc
#                                        ^^^ (information) 'gcc' is needed to build, not to run, and stays in the final image.
ENTRYPOINT ["/entrypoint.sh"]
`,
  );
});

test('is silent about libraries, and about packages nobody knows', () => {
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y libpq5 ca-certificates strange-thing r-base-dev
CMD ["/app"]
`,
  );
});

test('is silent where the start command builds, in whatever form it is written', () => {
  const install = 'FROM debian:trixie-slim\nRUN apt-get update && apt-get install -y gcc make\n';
  checkSilent(rule, `${install}ENTRYPOINT ["bash", "-lc", "cd /src && make docs && server /docs"]\n`);
  checkSilent(rule, `${install}CMD cd /src && make run\n`);
  checkSilent(rule, `${install}CMD ["/usr/bin/env", "make", "run"]\n`);
});

test('is silent where a compiler is copied into the image, which is there to be used', () => {
  checkSilent(
    rule,
    `
FROM golang:1.26 AS build
RUN go build -o /tool ./tool
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y gcc make
COPY --from=build /usr/local/go /usr/local/go
COPY --from=build /tool /tool
ENTRYPOINT ["/tool"]
`,
  );
});

test('is silent about patch, which programs call too', () => {
  checkSilent(rule, 'FROM alpine:3.23\nRUN apk add --no-cache patch\nCOPY app /app\nCMD ["/app"]\n');
});
