import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/runtime-shared-library-missing.js';
import { allFindings, checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

type Parts = { readonly build?: string; readonly builder?: string; readonly base?: string; readonly extra?: string };

const install = (names: string) => `RUN apt-get update && apt-get install -y --no-install-recommends ${names}`;

const python = (parts: Parts, mark = '') => `
FROM ${parts.builder ?? 'python:3.13-slim'} AS build
${parts.build ?? `${install('gcc libpq-dev')}\nRUN python -m venv /venv && /venv/bin/pip install -r requirements.txt`}
FROM ${parts.base ?? 'python:3.13-slim'}${parts.extra ? `\n${parts.extra}` : ''}
COPY --from=build /venv /venv
${mark}CMD ["/venv/bin/python", "/app.py"]
`;

const rust = (parts: Parts, mark = '') => `
FROM ${parts.builder ?? 'rust:1-bookworm'} AS build
WORKDIR /src
${parts.build ?? install('libpq-dev')}
RUN cargo build --release
FROM ${parts.base ?? 'debian:bookworm-slim'}${parts.extra ? `\n${parts.extra}` : ''}
COPY --from=build /src/target/release/app /app
${mark}CMD ["/app"]
`;

const isSilent = (text: string) => checkSilent(rule, text);

test('warns of packages of Python that were compiled against a library the image lacks', () => {
  const mark =
    "#^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/venv/lib/python3.13/site-packages' is built with 'libpq-dev', and this image has no libpq5 to load.\n";
  checkRule(rule, python({}, mark));
  checkRule(rule, python({ extra: install('ca-certificates tzdata') }, mark));
  checkRule(rule, python({ extra: 'RUN apt-get update && apt-get install -y curl git' }, mark));
});

test('warns of gems', () => {
  checkRule(
    rule,
    `
FROM ruby:3.4-slim AS build
${install('build-essential libpq-dev')}
RUN bundle install
FROM ruby:3.4-slim
COPY --from=build /usr/local/bundle /usr/local/bundle
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/usr/local/bundle' is built with 'libpq-dev', and this image has no libpq5 to load.
CMD ["puma"]
`,
  );
});

test('warns of programs, once for all that they lack', () => {
  const caret = '#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^';
  checkRule(
    rule,
    rust({}, `${caret} fixable: '/app' is built with 'libpq-dev', and this image has no libpq5 to load.\n`),
  );
  checkRule(
    rule,
    rust(
      { build: install('libpq-dev libssl-dev') },
      `${caret} fixable: '/app' is built with 'libpq-dev' and 'libssl-dev', and this image has no libpq5 or libssl3 to load.\n`,
    ),
  );
  checkRule(
    rule,
    rust(
      { base: 'gcr.io/distroless/cc-debian12' },
      `${caret} '/app' is built with 'libpq-dev', and this image has no libpq5 to load.\n`,
    ),
  );
});

test('warns of a cgo program on Alpine', () => {
  checkRule(
    rule,
    `
FROM golang:1.26-alpine AS build
RUN apk add --no-cache gcc musl-dev libpcap-dev
RUN CGO_ENABLED=1 go build -o /app .
FROM alpine:3.24
RUN apk add --no-cache ca-certificates
COPY --from=build /app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/app' is built with 'libpcap-dev', and this image has no libpcap to load.
CMD ["/app"]
`,
  );
});

test('of C and C++ programs believes the flags alone', () => {
  checkRule(
    rule,
    `
FROM gcc:14-bookworm AS build
RUN gcc -o /out/app main.c -lpq -lz -lm
FROM gcr.io/distroless/base-debian12
COPY --from=build /out/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ '/app' is built with '-lpq' and '-lz', and this image has no libpq5 or zlib1g to load.
CMD ["/app"]
`,
  );
  isSilent(`
FROM gcc:14-bookworm AS build
${install('libpq-dev')}
RUN gcc -o /out/app main.c
FROM debian:bookworm-slim
COPY --from=build /out/app /app
CMD ["/app"]
`);
});

test('follows headers and packages through parent stages', () => {
  checkSilent(
    rule,
    `
FROM python:3.13-slim AS base
${install('libpq5')}
FROM base AS build
${install('gcc libpq-dev')}
RUN python -m venv /venv && /venv/bin/pip install psycopg2
FROM base
COPY --from=build /venv /venv
CMD ["/venv/bin/python"]
`,
  );
});

test('is silent where the library is there', () => {
  isSilent(python({ extra: install('libpq5') }));
  isSilent(python({ extra: install('libpq-dev') }));
  isSilent(python({ extra: install('postgresql-client') }));
  isSilent(rust({ build: install('libssl-dev'), base: 'debian:trixie-slim', builder: 'rust:1-trixie' }));
  isSilent(rust({ build: install('libssl-dev'), base: 'gcr.io/distroless/cc-debian12' }));
  isSilent(rust({ extra: 'COPY --from=build /usr/lib/x86_64-linux-gnu/libpq.so.5 /usr/lib/x86_64-linux-gnu/' }));
});

test('is silent where it may be there', () => {
  isSilent(python({ base: 'python:3.13' }));
  isSilent(python({ base: 'registry.example.com/python:3.13' }));
  isSilent(python({ extra: install('gnupg') }));
  isSilent(python({ extra: install('$(cat packages.txt)') }));
  isSilent(python({ extra: 'RUN ./setup.sh' }));
  isSilent(rust({ extra: install('ca-certificates'), build: install('libssl-dev') }));
  isSilent(rust({ extra: 'COPY --from=build /usr/lib/x86_64-linux-gnu /usr/lib/x86_64-linux-gnu' }));
  isSilent(rust({ extra: 'ENV LD_LIBRARY_PATH=/opt/lib' }));
});

test('is silent where the library is not linked or comes along', () => {
  isSilent(python({ build: 'RUN python -m venv /venv && /venv/bin/pip install psycopg2' }));
  isSilent(python({ build: `${install('libpq-dev')}\nRUN python -m venv /venv && /venv/bin/pip install x` }));
  isSilent(
    python({ build: `${install('gcc libpq-dev')}\nRUN python -m venv /venv && /venv/bin/pip install psycopg2-binary` }),
  );
  isSilent(python({ build: `${install('gcc libxml2-dev')}\nRUN python -m venv /venv && /venv/bin/pip install lxml` }));
  isSilent(rust({ build: 'ENV RUSTFLAGS="-C target-feature=+crt-static"\nRUN apt-get install -y libpq-dev' }));
  isSilent(rust({ build: install('librdkafka-dev protobuf-compiler libprotobuf-dev') }));
});

test('leaves OpenSSL of another series to the rule about that', () => {
  const text = rust({ builder: 'rust:1-bullseye', build: install('libssl-dev') });
  isSilent(text);
  assert.ok(allFindings(text).some((finding) => finding.rule.meta.id === 'openssl-soname-skew'));
});

test('fix: installs the libraries', () => {
  checkFix(rule, python({}), python({ extra: `${install('libpq5')} && rm -rf /var/lib/apt/lists/*` }));
  checkFix(
    rule,
    rust({ build: install('libpq-dev libssl-dev') }),
    rust({
      build: install('libpq-dev libssl-dev'),
      extra: `${install('libpq5 libssl3')} && rm -rf /var/lib/apt/lists/*`,
    }),
  );
});

test('offers no package where there is no package manager', () => {
  assert.deepEqual(fixTitles(rule, rust({ base: 'gcr.io/distroless/cc-debian12' })), []);
});
