import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/libgcc-missing-for-rust.js';
import { checkNamedFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

type Parts = { readonly build?: string; readonly builder?: string; readonly base?: string; readonly extra?: string };

const rust = (parts: Parts, mark = '') => `
FROM ${parts.builder ?? 'rust:1-trixie'} AS build
WORKDIR /src
COPY . .
${parts.build ?? 'RUN cargo build --release'}
FROM ${parts.base ?? 'gcr.io/distroless/base-debian13:nonroot'}${parts.extra ? `\n${parts.extra}` : ''}
COPY --from=build /src/target/release/app /app
${mark}ENTRYPOINT ["/app"]
`;

const caret =
  "#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) The Rust program '/app' loads libgcc_s.so.1, which this image does not have.\n";
const speaks = (parts: Parts) => checkRule(rule, rust(parts, caret));
const isSilent = (parts: Parts) => checkSilent(rule, rust(parts));

test('warns of a Rust program in distroless base', () => {
  speaks({});
  speaks({ base: 'gcr.io/distroless/base-nossl-debian13' });
  speaks({ base: 'gcr.io/distroless/base-debian12', builder: 'rust:1-bookworm' });
});

const project = {
  'Cargo.toml': '[package]\nname = "app"\n',
  'src/main.rs': 'fn main() {}\n',
};

const severities = (parts: Parts, files: Readonly<Record<string, string>>) =>
  findingsOf(rule, rust(parts), { files }).map(({ severity }) => severity);

test('is certain where the build context shows that no Cargo configuration makes it static', () => {
  assert.deepEqual(severities({}, project), ['error']);
  const plain = { '.cargo/config.toml': '[net]\ngit-fetch-with-cli = true\n' };
  assert.deepEqual(severities({}, { ...project, ...plain }), ['error']);
  const other = {
    '.cargo/config.toml': '[target.x86_64-pc-windows-msvc]\nrustflags = ["-C", "target-feature=+crt-static"]\n',
  };
  assert.deepEqual(severities({}, { ...project, ...other }), ['error']);
});

test('follows what a Cargo configuration says', () => {
  const isStatic = { '.cargo/config.toml': '[build]\nrustflags = ["-C", "target-feature=+crt-static"]\n' };
  assert.deepEqual(severities({}, { ...project, ...isStatic }), []);
  assert.deepEqual(severities({}, { ...project, ...isStatic, '.dockerignore': '.cargo\n' }), ['error']);
  const musl = { '.cargo/config': '[build]\ntarget = "x86_64-unknown-linux-musl"\n' };
  assert.deepEqual(severities({}, { ...project, ...musl }), []);
  const cleared = { build: 'RUN RUSTFLAGS="-C opt-level=3" cargo build --release' };
  assert.deepEqual(severities(cleared, { ...project, ...isStatic }), ['error']);
});

test('is no error where a configuration may lie elsewhere, or cannot be read', () => {
  assert.deepEqual(severities({}, {}), ['warning']);
  assert.deepEqual(severities({}, { ...project, '.cargo/config.toml': '[build\n' }), ['warning']);
  assert.deepEqual(severities({ builder: 'registry.example.com/rust' }, project), []);
  const written = 'RUN mkdir -p .cargo && cp /opt/config .cargo/config.toml && cargo build --release';
  assert.deepEqual(severities({ build: written }, project), ['warning']);
  assert.deepEqual(severities({ build: 'RUN ./prepare.sh && cargo build --release' }, project), ['warning']);
  assert.deepEqual(severities({ build: 'RUN CARGO_HOME=/opt/$X cargo build --release\nARG X' }, project).length, 1);
});

test('warns of a Rust program that is linked dynamically against musl', () => {
  speaks({
    builder: 'alpine:3.24',
    build: 'RUN apk add --no-cache cargo\nRUN cargo build --release',
    base: 'alpine:3.24',
  });
  speaks({
    builder: 'rust:1-alpine',
    build: 'ENV RUSTFLAGS="-C target-feature=-crt-static"\nRUN cargo build --release',
    base: 'alpine:3.24',
    extra: 'RUN apk add --no-cache ca-certificates tzdata curl',
  });
});

test('follows the program through stages and copies', () => {
  checkRule(
    rule,
    `
FROM rust:1-trixie AS build
WORKDIR /src
RUN cargo build --release && cp target/release/app /usr/local/bin/server
FROM scratch AS files
COPY --from=build /usr/local/bin/server /out/server
FROM gcr.io/distroless/base-debian13
COPY --from=files /out/server /usr/bin/server
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) The Rust program '/usr/bin/server' loads libgcc_s.so.1, which this image does not have.
CMD ["server"]
`,
  );
});

test('is silent where libgcc is there', () => {
  isSilent({ base: 'gcr.io/distroless/cc-debian13' });
  isSilent({ base: 'gcr.io/distroless/python3-debian13' });
  isSilent({ base: 'gcr.io/distroless/java21-debian13' });
  isSilent({ base: 'debian:trixie-slim' });
  isSilent({ base: 'cgr.dev/chainguard/glibc-dynamic', builder: 'cgr.dev/chainguard/rust' });
  isSilent({ extra: 'COPY --from=build /lib/x86_64-linux-gnu/libgcc_s.so.1 /lib/x86_64-linux-gnu/' });
  isSilent({ extra: 'COPY --from=build /lib/x86_64-linux-gnu/libgcc_s.so.1 /app-libs/libgcc_s.so.1' });
  const dynamic = 'ENV RUSTFLAGS="-C target-feature=-crt-static"\nRUN cargo build --release';
  const musl = { builder: 'rust:1-alpine', build: dynamic, base: 'alpine:3.24' };
  isSilent({ ...musl, extra: 'RUN apk add --no-cache libgcc' });
  isSilent({ ...musl, extra: 'RUN apk add --no-cache libstdc++' });
});

test('is silent where it may be there', () => {
  isSilent({ extra: 'ENV LD_LIBRARY_PATH=/opt/lib' });
  isSilent({ extra: 'COPY --from=build /opt/lib /usr/lib' });
  isSilent({ extra: 'COPY libs/ /app-deps/lib/' });
  isSilent({ base: 'registry.example.com/base' });
  isSilent({ builder: 'registry.example.com/rust' });
  isSilent({ base: 'ubuntu:22.04', builder: 'rust:1-bullseye' });
});

test('is silent about static programs and about those of another libc', () => {
  isSilent({ build: 'ENV RUSTFLAGS="-C target-feature=+crt-static"\nRUN cargo build --release' });
  isSilent({ build: 'ARG RUSTFLAGS\nENV RUSTFLAGS=$RUSTFLAGS\nRUN cargo zigbuild --release' });
  isSilent({ build: 'RUN cargo zigbuild --release' });
  isSilent({ builder: 'rust:1-alpine', base: 'alpine:3.24' });
  isSilent({ base: 'alpine:3.24' });
  isSilent({ base: 'gcr.io/distroless/static-debian13' });
});

test('fix: goes to distroless cc', () => {
  checkNamedFix(rule, {
    title: 'Use distroless cc, which has libgcc and libstdc++',
    before: rust({}),
    after: rust({ base: 'gcr.io/distroless/cc-debian13:nonroot' }),
  });
  checkNamedFix(rule, {
    before: rust({ base: 'gcr.io/distroless/base-nossl-debian13' }),
    after: rust({ base: 'gcr.io/distroless/cc-debian13' }),
  });
});

test('fix: installs the package of Alpine', () => {
  const parts = { builder: 'alpine:3.24', build: 'RUN apk add --no-cache cargo\nRUN cargo build --release' };
  checkNamedFix(rule, {
    title: 'Install libgcc',
    before: rust({ ...parts, base: 'alpine:3.24' }),
    after: rust({ ...parts, base: 'alpine:3.24', extra: 'RUN apk add --no-cache libgcc' }),
  });
});

test('offers no fix where the base is written with a variable or a digest', () => {
  const digest = `gcr.io/distroless/base-debian13:nonroot@sha256:${'a'.repeat(64)}`;
  assert.deepEqual(fixTitles(rule, rust({ base: digest })), []);
});

test('is silent where a file of the project asks for another linkage', () => {
  const musl = 'channel = "stable-x86_64-unknown-linux-musl"';
  for (const [path, text] of [
    ['rust-toolchain.toml', `[toolchain]\n${musl}\n`],
    ['.cargo/config.toml', '[target.x86_64-unknown-linux-gnu]\nlinker = "musl-gcc"\n'],
    ['.cargo/config.toml', 'include = ["static.toml"]\n'],
    ['src/main.rs', '#![no_std]\n#![no_main]\n'],
    ['build.rs', 'fn main() { println!("cargo:rustc-link-arg=-nostartfiles"); }\n'],
  ] as const)
    assert.deepEqual(severities({}, { ...project, [path]: text }), [], text);
  const targets = { 'rust-toolchain.toml': '[toolchain]\ntargets = ["x86_64-unknown-linux-musl"]\n' };
  assert.deepEqual(severities({}, { ...project, ...targets }), ['error']);
  const alias = { '.cargo/config.toml': '[alias]\nship = "build --release"\n' };
  assert.deepEqual(severities({}, { ...project, ...alias }), ['warning']);
});
