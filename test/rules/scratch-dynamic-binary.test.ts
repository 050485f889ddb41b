import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/scratch-dynamic-binary.js';
import { checkFix, checkNamedFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

const program = (build: string, { base = 'gcc:15', final = 'scratch', extra = '' } = {}) => `
FROM ${base} AS build
WORKDIR /src
${build}
FROM ${final}
${extra}
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`;

const gcc = 'RUN gcc -o /out/app main.c';
const isSilent = (build: string, how?: { base?: string; final?: string; extra?: string }) =>
  checkSilent(rule, program(build, how));

test('reports a C program in scratch and in static bases', () => {
  checkRule(
    rule,
    `
FROM gcc:15 AS build
RUN gcc -o /out/app main.c
FROM scratch
COPY --from=build /out/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/app' is linked dynamically against glibc, and this image has no loader to start it.
ENTRYPOINT ["/app"]
`,
  );
  checkRule(
    rule,
    `
FROM alpine:3.24 AS build
RUN apk add --no-cache g++ && g++ -o /out/app main.cc
FROM cgr.dev/chainguard/static
COPY --from=build /out/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/app' is linked dynamically against musl, and this image has no loader to start it.
ENTRYPOINT ["/app"]
`,
  );
});

test('warns of a Rust program, which a configuration file may have made static', () => {
  checkRule(
    rule,
    `
FROM rust:1-trixie AS build
WORKDIR /src
RUN cargo build --release
FROM gcr.io/distroless/static-debian13
COPY --from=build /src/target/release/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) '/app' is linked dynamically against glibc, and this image has no loader to start it.
ENTRYPOINT ["/app"]
`,
  );
});

test('reports programs of a distribution that are started, and warns of those that lie there', () => {
  checkRule(
    rule,
    `
FROM alpine:3.24 AS tools
RUN apk add --no-cache curl tini
FROM scratch
COPY --from=tools /usr/bin/curl /usr/bin/curl
COPY --from=tools /sbin/tini /tini
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ '/tini' is linked dynamically against musl, and this image has no loader to start it; the same is true of one more COPY instruction.
COPY app /app
ENTRYPOINT ["/tini", "--", "/app"]
`,
  );
  checkRule(
    rule,
    `
FROM alpine:3.24 AS tools
RUN apk add --no-cache curl
FROM scratch
COPY --from=tools /usr/bin/curl /usr/bin/curl
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ (warning) '/usr/bin/curl' is linked dynamically against musl, and this image has no loader to start it.
COPY app /app
ENTRYPOINT ["/app"]
`,
  );
});

test('knows which BusyBox images are static', () => {
  checkRule(
    rule,
    `
FROM scratch
COPY --from=busybox:glibc /bin/busybox /busybox
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ '/busybox' is linked dynamically against glibc, and this image has no loader to start it.
CMD ["/busybox", "sh"]
`,
  );
  checkSilent(
    rule,
    `
FROM scratch
COPY --from=busybox:musl /bin/busybox /busybox
CMD ["/busybox", "sh"]
`,
  );
});

test('is silent about static programs', () => {
  isSilent('RUN gcc -static -o /out/app main.c');
  isSilent(
    'ENV RUSTFLAGS="-C target-feature=+crt-static"\nRUN cargo build --release && mv target/release/app /out/app',
    {
      base: 'rust:1',
    },
  );
  isSilent('RUN cargo build --release && mkdir /out && cp target/release/app /out/app', { base: 'rust:1-alpine' });
});

test('is silent where the flags or the making of a program are not seen', () => {
  isSilent('ARG FLAGS\nRUN gcc $FLAGS -o /out/app main.c');
  isSilent('RUN make install');
  isSilent('RUN curl -fsSLo /out/app https://example.com/app');
});

test('is silent where a loader or its libraries come along', () => {
  isSilent(gcc, { extra: 'COPY --from=build /lib64/ld-linux-x86-64.so.2 /lib64/' });
  isSilent(gcc, { extra: 'COPY --from=build /lib64 /lib64' });
  isSilent(gcc, { extra: 'COPY --from=build /lib/x86_64-linux-gnu/ /lib/x86_64-linux-gnu/' });
  isSilent(gcc, { extra: 'COPY rootfs /' });
});

test('leaves Go to its own rule', () => {
  isSilent('RUN go build -race -o /out/app .', { base: 'golang:1.26' });
});

test('is silent about images that have a libc or are not known', () => {
  isSilent(gcc, { final: 'gcr.io/distroless/base-debian13' });
  isSilent(gcc, { final: 'registry.example.com/static' });
  isSilent(gcc, { base: 'registry.example.com/gcc' });
});

test('fix: links a C program statically', () => {
  checkFix(
    rule,
    program('RUN gcc \\\n    -o /out/app main.c # small'),
    program('RUN gcc -static \\\n    -o /out/app main.c # small'),
  );
  checkFix(
    rule,
    'FROM gcc:15 AS b\r\nRUN gcc -o /app a.c\r\nFROM scratch\r\nCOPY --from=b /app /app\r\nCMD ["/app"]\r\n',
    'FROM gcc:15 AS b\r\nRUN gcc -static -o /app a.c\r\nFROM scratch\r\nCOPY --from=b /app /app\r\nCMD ["/app"]\r\n',
  );
});

test('fix: takes the distroless base that has the libraries', () => {
  const rust = (final: string) =>
    `FROM rust:1 AS b\nWORKDIR /s\nRUN cargo build --release\nFROM ${final}\nCOPY --from=b /s/target/release/app /app\nCMD ["/app"]\n`;
  checkNamedFix(rule, {
    title: 'Use distroless cc, which has glibc and libgcc',
    before: rust('gcr.io/distroless/static-debian13:nonroot'),
    after: rust('gcr.io/distroless/cc-debian13:nonroot'),
  });
  assert.deepEqual(fixTitles(rule, rust('gcr.io/distroless/static-debian12')), [], 'Its glibc is older.');
  assert.deepEqual(fixTitles(rule, rust('scratch')), []);
});
