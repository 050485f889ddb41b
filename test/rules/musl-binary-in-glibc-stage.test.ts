import { test } from 'node:test';
import rule from '../../server/src/rules/musl-binary-in-glibc-stage.js';
import { checkFix, checkRule, checkSilent } from '../support/checks.js';

const onGlibc = (build: string, final = 'debian:trixie-slim', extra = '') => `
FROM alpine:3.24 AS build
RUN apk add --no-cache gcc musl-dev
${build}
FROM ${final}
${extra}
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`;

const isSilent = (build: string, final?: string, extra?: string) => checkSilent(rule, onGlibc(build, final, extra));
const gcc = 'RUN gcc -o /out/app main.c';

test('reports a C program of Alpine that a glibc image starts', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24 AS build
RUN apk add --no-cache gcc musl-dev && gcc -o /out/app main.c
FROM gcr.io/distroless/base-debian13
COPY --from=build /out/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/app' is linked against musl, and this image has only glibc.
ENTRYPOINT ["/app"]
`,
  );
});

test('reports programs of the distribution, also straight from an image', () => {
  checkRule(
    rule,
    `
FROM debian:trixie-slim
COPY --from=alpine:3.24 /bin/busybox /bin/busybox
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ '/bin/busybox' is linked against musl, and this image has only glibc.
ENTRYPOINT ["/bin/busybox", "httpd"]
`,
  );
});

test('warns of a Go program that a C compiler has made cgo of', () => {
  checkRule(
    rule,
    `
FROM golang:1.26-alpine AS build
RUN apk add --no-cache build-base
RUN go build -o /out/app .
FROM debian:trixie-slim
COPY --from=build /out/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) The Go program '/app' is built with cgo against musl and will not start on glibc as soon as it uses net or os/user.
CMD ["/app"]
`,
  );
});

test('warns of a program that is not started by the image', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24 AS build
RUN apk add --no-cache gcc musl-dev && gcc -o /out/tool main.c
FROM debian:trixie-slim
COPY --from=build /out/tool /usr/local/bin/tool
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) '/usr/local/bin/tool' is linked against musl, and this image has only glibc.
CMD ["/entrypoint.sh"]
`,
  );
});

test('is silent about what is static on musl by default', () => {
  isSilent('RUN gcc -static -o /out/app main.c');
  checkSilent(
    rule,
    `
FROM golang:1.26-alpine AS build
RUN go build -o /out/app .
FROM gcr.io/distroless/base-debian13
COPY --from=build /out/app /app
CMD ["/app"]
`,
  );
  checkSilent(
    rule,
    `
FROM rust:1-alpine AS build
WORKDIR /src
RUN cargo build --release
FROM debian:trixie-slim
COPY --from=build /src/target/release/app /app
CMD ["/app"]
`,
  );
});

test('is silent about the BusyBox image of musl, which is static', () => {
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
COPY --from=busybox:musl /bin/busybox /bin/busybox
CMD ["/bin/busybox", "httpd"]
`,
  );
});

test('warns of a Rust program that was told to link musl dynamically', () => {
  checkRule(
    rule,
    `
FROM rust:1-alpine AS build
WORKDIR /src
RUN RUSTFLAGS="-C target-feature=-crt-static" cargo build --release
FROM debian:trixie-slim
COPY --from=build /src/target/release/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ (warning) '/app' is linked against musl, and this image has only glibc.
CMD ["/app"]
`,
  );
});

test('is silent where musl is there too', () => {
  isSilent(gcc, 'debian:trixie-slim', 'RUN apt-get update && apt-get install -y musl');
  isSilent(gcc, 'debian:trixie-slim', 'COPY --from=build /lib/ld-musl-x86_64.so.1 /lib/');
});

test('is silent about scripts', () => {
  checkSilent(
    rule,
    `
FROM php:8.4-apache
COPY --from=composer:2 /usr/bin/composer /usr/local/bin/composer
`,
  );
});

test('is silent about images without libc, of the same libc, or that are not known', () => {
  isSilent(gcc, 'scratch');
  isSilent(gcc, 'alpine:3.24');
  isSilent(gcc, 'registry.example.com/base');
  isSilent('RUN make install');
});

test('fix: links a C program statically and keeps comments', () => {
  checkFix(
    rule,
    onGlibc('RUN gcc \\\n    # optimised\n    -O2 -o /out/app main.c'),
    onGlibc('RUN gcc -static \\\n    # optimised\n    -O2 -o /out/app main.c'),
  );
});

test('fix: builds a Go program without cgo', () => {
  checkFix(
    rule,
    `
FROM golang:1.26-alpine AS build
RUN apk add --no-cache gcc musl-dev && go build -o /out/app .
FROM debian:trixie-slim
COPY --from=build /out/app /app
CMD ["/app"]
`,
    `
FROM golang:1.26-alpine AS build
RUN apk add --no-cache gcc musl-dev && CGO_ENABLED=0 go build -o /out/app .
FROM debian:trixie-slim
COPY --from=build /out/app /app
CMD ["/app"]
`,
  );
});
