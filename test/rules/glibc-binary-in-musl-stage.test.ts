import { test } from 'node:test';
import assert from 'node:assert/strict';
import rule from '../../server/src/rules/glibc-binary-in-musl-stage.js';
import { checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

const inAlpine = (build: string, extra = '') => `
FROM gcc:15 AS build
COPY . .
${build}
FROM alpine:3.24
${extra}
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`;

const isSilent = (build: string, extra?: string) => checkSilent(rule, inAlpine(build, extra));

test('reports a C program of a glibc stage that a musl image starts', () => {
  checkRule(
    rule,
    `
FROM gcc:15 AS build
RUN gcc -o /out/app main.c
FROM alpine:3.24
COPY --from=build /out/app /usr/local/bin/
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/usr/local/bin/app' is linked against glibc, and this image has only musl.
ENTRYPOINT ["app"]
`,
  );
});

test('warns of a Rust program, which a configuration file may have made static', () => {
  checkRule(
    rule,
    `
FROM rust:1 AS build
WORKDIR /src
RUN cargo build --release
FROM alpine:3.24
COPY --from=build /src/target/release/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ (warning) '/app' is linked against glibc, and this image has only musl.
CMD ["/app"]
`,
  );
});

test('warns of a Go program with cgo, which needs libc only with some packages', () => {
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
RUN go build -o /out/app .
FROM alpine:3.24
COPY --from=build /out/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) The Go program '/app' is built with cgo against glibc and will not start on musl as soon as it uses net or os/user.
CMD ["/app"]
`,
  );
});

test('warns of a program that lies in the image and is not started by it', () => {
  checkRule(
    rule,
    `
FROM gcc:15 AS build
RUN gcc -o /out/tool main.c
FROM alpine:3.24
COPY --from=build /out/tool /usr/local/bin/tool
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) '/usr/local/bin/tool' is linked against glibc, and this image has only musl.
CMD ["/entrypoint.sh"]
`,
  );
});

test('warns where something in the image was not understood', () => {
  checkRule(
    rule,
    `
FROM gcc:15 AS build
RUN gcc -o /out/app main.c
FROM alpine:3.24
RUN ./setup.sh
COPY --from=build /out/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) '/app' is linked against glibc, and this image has only musl.
CMD ["/app"]
`,
  );
});

test('follows programs of the distribution', () => {
  checkRule(
    rule,
    `
FROM debian:trixie AS tools
RUN apt-get update && apt-get install -y curl
FROM alpine:3.24
COPY --from=tools /usr/bin/curl /usr/bin/curl
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ '/usr/bin/curl' is linked against glibc, and this image has only musl.
ENTRYPOINT ["/usr/bin/curl"]
`,
  );
});

test('is silent about static programs', () => {
  isSilent('RUN gcc -static -o /out/app main.c');
  checkSilent(
    rule,
    `
FROM golang:1.26 AS build
RUN CGO_ENABLED=0 go build -o /out/app .
FROM alpine:3.24
COPY --from=build /out/app /app
CMD ["/app"]
`,
  );
  checkSilent(
    rule,
    `
FROM rust:1 AS build
WORKDIR /src
RUN cargo build --release --target x86_64-unknown-linux-musl
FROM alpine:3.24
COPY --from=build /src/target/x86_64-unknown-linux-musl/release/app /app
CMD ["/app"]
`,
  );
});

test('is silent where a layer or a loader for glibc is there', () => {
  const build = 'RUN gcc -o /out/app main.c';
  isSilent(build, 'RUN apk add --no-cache gcompat');
  isSilent(build, 'RUN apk add --no-cache libc6-compat');
  isSilent(build, 'COPY --from=build /lib64/ld-linux-x86-64.so.2 /lib64/');
  isSilent(build, 'COPY --from=build /usr/lib/x86_64-linux-gnu /usr/lib/x86_64-linux-gnu');
  isSilent(build, 'COPY glibc.apk /tmp/glibc-2.35.apk\nRUN apk add --allow-untrusted /tmp/glibc-2.35.apk');
});

test('is silent about scripts, data and programs whose making is not seen', () => {
  isSilent('RUN make && make install');
  isSilent('COPY app /out/app');
  checkSilent(
    rule,
    `
FROM composer:2 AS tools
FROM debian:trixie AS build
COPY --from=tools /usr/bin/composer /usr/bin/composer
FROM alpine:3.24
COPY --from=build /usr/bin/composer /usr/bin/composer
CMD ["composer"]
`,
  );
});

test('is silent where one of the images is not known, and where both have the same libc', () => {
  checkSilent(
    rule,
    `
FROM registry.example.com/gcc AS build
RUN gcc -o /out/app main.c
FROM alpine:3.24
COPY --from=build /out/app /app
CMD ["/app"]
`,
  );
  checkSilent(
    rule,
    `
FROM gcc:15 AS build
RUN gcc -o /out/app main.c
FROM debian:trixie-slim
COPY --from=build /out/app /app
CMD ["/app"]
`,
  );
});

test('fix: links a C program statically', () => {
  checkFix(
    rule,
    inAlpine('RUN mkdir /out && g++ -O2 \\\n    -o /out/app main.cpp'),
    inAlpine('RUN mkdir /out && g++ -static -O2 \\\n    -o /out/app main.cpp'),
  );
});

test('fix: builds a Go program without cgo', () => {
  checkFix(
    rule,
    'FROM golang:1.26 AS build\r\nRUN go build -o /app\r\nFROM alpine:3.24\r\nCOPY --from=build /app /app\r\nCMD ["/app"]\r\n',
    'FROM golang:1.26 AS build\r\nRUN CGO_ENABLED=0 go build -o /app\r\nFROM alpine:3.24\r\nCOPY --from=build /app /app\r\nCMD ["/app"]\r\n',
  );
});

test('offers no fix where the file asks for cgo', () => {
  const text =
    'FROM golang:1.26 AS b\nRUN CGO_ENABLED=1 go build -o /app\nFROM alpine:3.24\nCOPY --from=b /app /app\nCMD ["/app"]\n';
  assert.deepEqual(fixTitles(rule, text), []);
});
