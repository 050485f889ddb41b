import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facts } from '../support/facts.js';

type Case = readonly [name: string, base: string, script: string, path: string, artifact: string];

const gnu = 'target/x86_64-unknown-linux-gnu/release/app';
const musl = 'target/x86_64-unknown-linux-musl/release/app';

/** What the program at a path below /src is, after a RUN in /src. */
const cases: readonly Case[] = [
  ['Debian', 'rust:1.80', 'cargo build --release', 'target/release/app', 'rust dynamic from glibc 2.36'],
  ['debug profile', 'rust:1.80', 'cargo build', 'target/debug/app', 'rust dynamic from glibc 2.36'],
  ['own profile', 'rust:1.80', 'cargo build --profile dist', 'target/dist/app', 'rust dynamic from glibc 2.36'],
  ['-r', 'rust:1.80', 'cargo build -r', 'target/release/app', 'rust dynamic from glibc 2.36'],
  [
    'options first',
    'rust:1.80',
    'cargo --locked +nightly build --release',
    'target/release/app',
    'rust dynamic from glibc 2.36',
  ],
  ['Alpine', 'rust:1.80-alpine', 'cargo build --release', 'target/release/app', 'rust static from musl 1.2.5'],
  [
    'Alpine, dynamic',
    'rust:1.80-alpine',
    'RUSTFLAGS="-C target-feature=-crt-static" cargo build --release',
    'target/release/app',
    'rust dynamic from musl 1.2.5',
  ],
  [
    "Alpine's own package",
    'alpine:3.20',
    'apk add cargo && cargo build --release',
    'target/release/app',
    'rust dynamic from musl 1.2.5',
  ],
  [
    'musl target',
    'rust:1.80',
    'cargo build --release --target x86_64-unknown-linux-musl',
    musl,
    'rust static from musl',
  ],
  [
    'musl target, =',
    'rust:1.80',
    'cargo build --release --target=x86_64-unknown-linux-musl',
    musl,
    'rust static from musl',
  ],
  [
    'musl target, not where it lies',
    'rust:1.80',
    'cargo build --release --target x86_64-unknown-linux-musl',
    'target/release/app',
    'none',
  ],
  [
    'gnu target',
    'rust:1.80',
    'cargo build --release --target x86_64-unknown-linux-gnu',
    gnu,
    'rust dynamic from glibc 2.36',
  ],
  [
    'gnu target, static',
    'rust:1.80',
    "RUSTFLAGS='-C target-feature=+crt-static' cargo build --release --target x86_64-unknown-linux-gnu",
    gnu,
    'rust static from glibc 2.36',
  ],
  [
    'gnu target on Alpine',
    'rust:1.80-alpine',
    'cargo build --release --target x86_64-unknown-linux-gnu',
    gnu,
    'rust dynamic from glibc',
  ],
  [
    'another system',
    'rust:1.80',
    'cargo build --release --target wasm32-wasi',
    'target/wasm32-wasi/release/app',
    'rust unknown from glibc 2.36',
  ],
  [
    'target by the environment',
    'rust:1.80',
    'CARGO_BUILD_TARGET=x86_64-unknown-linux-musl cargo build --release',
    musl,
    'rust static from musl',
  ],
  [
    'a target that is not known',
    'rust:1.80',
    'cargo build --release --target $(cat t) --artifact-dir /src/out',
    'out/app',
    'rust unknown from unknown',
  ],
  [
    'target folder',
    'rust:1.80',
    'cargo build --release --target-dir /build',
    '/build/release/app',
    'rust dynamic from glibc 2.36',
  ],
  [
    'target folder by the environment',
    'rust:1.80',
    'CARGO_TARGET_DIR=/build cargo build --release',
    '/build/release/app',
    'rust dynamic from glibc 2.36',
  ],
  [
    'manifest',
    'rust:1.80',
    'cargo build --release --manifest-path app/Cargo.toml',
    'app/target/release/app',
    'rust dynamic from glibc 2.36',
  ],
  [
    'exported flags',
    'rust:1.80',
    "export RUSTFLAGS='-Ctarget-feature=+crt-static'; cargo build --release",
    'target/release/app',
    'rust static from glibc 2.36',
  ],
  [
    'unknown flags',
    'rust:1.80',
    'RUSTFLAGS=$(cat flags) cargo build --release',
    'target/release/app',
    'rust unknown from glibc 2.36',
  ],
  [
    'an image that is not known',
    'example.com/rust',
    'cargo build --release',
    'target/release/app',
    'rust unknown from unknown',
  ],
  [
    'cargo install --root',
    'rust:1.80',
    'cargo install --path . --root /out',
    '/out/bin/app',
    'rust dynamic from glibc 2.36',
  ],
  ['cargo install', 'rust:1.80', 'cargo install ripgrep', '/usr/local/cargo/bin/rg', 'rust dynamic from glibc 2.36'],
  [
    'cargo rustc',
    'rust:1.80',
    'cargo rustc --release -- -C target-feature=+crt-static',
    'target/release/app',
    'rust static from glibc 2.36',
  ],
  ['nightly', 'rust:1.80', 'cargo +nightly build --release', 'target/release/app', 'rust dynamic from glibc 2.36'],
  ['cargo test', 'rust:1.80', 'cargo test --release', 'target/release/app', 'none'],
  ['a library is no program', 'rust:1.80', 'cargo build --release', 'target/release/libapp.so', 'none'],
  [
    'a folder of cargo is no program',
    'rust:1.80',
    'cargo build --release && cp -r target/release/deps /out',
    '/out/x',
    'none',
  ],
];

for (const [name, base, script, path, artifact] of cases) {
  test(`Rust: ${name}`, () => {
    const stage = facts(`FROM ${base}\nWORKDIR /src\nCOPY . .\nRUN ${script}`);
    assert.equal(stage.artifact(path.startsWith('/') ? path : `/src/${path}`), artifact);
  });
}

test('RUSTFLAGS by ENV, with the line', () => {
  const stage = facts(`
    FROM rust:1.80
    ENV RUSTFLAGS="-C target-feature=+crt-static"
    WORKDIR /src
    RUN cargo build --release
  `);
  assert.equal(stage.linkage('/src/target/release/app'), 'static');
  assert.equal(stage.whyLinkage('/src/target/release/app'), '4');
});

test('a program copied out of a cache mount', () => {
  const stage = facts(`
    FROM rust:1.80-alpine AS build
    WORKDIR /src
    RUN --mount=type=cache,target=/src/target \\
        cargo build --release && cp target/release/app /app
    FROM scratch
    COPY --from=build /app /app
  `);
  assert.equal(stage.artifact('/app'), 'rust static from musl 1.2.5');
});

test('the name of the program does not matter to COPY into the root', () => {
  const stage = facts(`
    FROM rust:1.80 AS build
    WORKDIR /src
    RUN cargo build --release
    FROM gcr.io/distroless/cc-debian12
    COPY --from=build /src/target/release/my-app /
    CMD ["./my-app"]
  `);
  assert.equal(stage.linkage('/my-app'), 'dynamic');
  assert.equal(stage.file('/my-app'), 'yes');
  assert.equal(stage.shell, 'none');
  assert.equal(stage.blur, 'no');
});
