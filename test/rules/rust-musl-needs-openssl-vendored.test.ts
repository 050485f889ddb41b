import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/rust-musl-needs-openssl-vendored.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

const target = '--target x86_64-unknown-linux-musl';

const debian = (parts: { setting?: string; build?: string; packages?: string; mark?: string }) => `
FROM rust:1-trixie AS build
RUN apt-get install -y ${parts.packages ?? 'libssl-dev'}
${parts.mark ?? ''}${parts.setting ?? 'ENV PKG_CONFIG_ALLOW_CROSS=1'}
WORKDIR /src
RUN ${parts.build ?? `cargo build --release ${target}`}
FROM scratch
COPY --from=build /src/target /target
`;

const alpine = (packages: string, setting = '', base = 'rust:1-alpine') => `
FROM ${base} AS build
RUN apk add --no-cache ${packages}
WORKDIR /src
${setting}RUN cargo build --release
FROM scratch
COPY --from=build /src/target/release/app /app
`;

const isSilent = (text: string) => checkSilent(rule, text);

test('warns of headers for glibc where a setting shows that OpenSSL is linked', () => {
  const mark =
    "#                      ^^^^^^^^^^ 'libssl-dev' is made for glibc, and 'cargo build' cannot link it into a program for musl.\n";
  checkRule(rule, debian({ mark }));
  checkRule(rule, debian({ mark, setting: '', build: `OPENSSL_STATIC=1 cargo build --release ${target}` }));
  checkRule(rule, debian({ mark, setting: '', build: `export OPENSSL_STATIC=1 && cargo build --release ${target}` }));
});

test('only informs where the headers may be without use', () => {
  checkRule(
    rule,
    debian({
      setting: '',
      mark: "#                      ^^^^^^^^^^ (information) 'libssl-dev' is made for glibc, and 'cargo build' cannot link it into a program for musl.\n",
    }),
  );
});

test('informs of the headers of Alpine without the archive', () => {
  checkRule(
    rule,
    `
FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev openssl-dev
#                               ^^^^^^^^^^^ fixable: (information) 'openssl-dev' holds only shared libraries, and 'cargo build' links statically.
WORKDIR /src
RUN cargo build --release
FROM scratch
COPY --from=build /src/target/release/app /app
`,
  );
});

test('follows headers of a parent stage', () => {
  checkRule(
    rule,
    `
FROM rust:1-alpine AS base
RUN apk add --no-cache musl-dev openssl-dev
#                               ^^^^^^^^^^^ fixable: 'openssl-dev' holds only shared libraries, and 'cargo build' links statically.
ENV OPENSSL_STATIC=1
FROM base AS build
WORKDIR /src
RUN cargo build --release
FROM scratch
COPY --from=build /src/target/release/app /app
`,
  );
});

test('is silent where the build has an OpenSSL that fits', () => {
  isSilent(debian({ build: `cargo build ${target} --features openssl/vendored` }));
  isSilent(debian({ setting: 'ENV OPENSSL_DIR=/opt/openssl-musl' }));
  isSilent(debian({ setting: 'ENV X86_64_UNKNOWN_LINUX_MUSL_OPENSSL_DIR=/opt/openssl-musl' }));
  isSilent(alpine('musl-dev openssl-dev openssl-libs-static'));
});

test('is silent about other builds and where something is not known', () => {
  isSilent(debian({ packages: 'musl-tools' }));
  isSilent(debian({ build: 'cargo build --release' }));
  isSilent(debian({ build: `. ./settings.sh && cargo build --release ${target}` }));
  isSilent(alpine('openssl-dev', 'ENV RUSTFLAGS="-C target-feature=-crt-static"\n'));
  isSilent(alpine('cargo openssl-dev', '', 'alpine:3.24'));
  isSilent(alpine('openssl-dev', '', 'registry.example.com/muslrust'));
});

test('fix: installs the archive', () => {
  checkFix(rule, alpine('openssl-dev musl-dev'), alpine('openssl-dev openssl-libs-static musl-dev'));
});

test('has no fix for headers of another libc', () => {
  assert.deepEqual(fixTitles(rule, debian({})), []);
});

test('believes the lock file about what the program links', () => {
  const source = alpine('musl-dev openssl-dev', 'COPY . .\n');
  const severities = (...names: string[]) => {
    const lock = names.map((name) => `[[package]]\r\nname = "${name}"\r\nversion = "0.9.1"\r\n`).join('\r\n');
    return findingsOf(rule, source, { files: { 'Cargo.lock': lock } }).map(({ severity }) => severity);
  };
  assert.deepEqual(severities('app', 'openssl-sys'), ['warning']);
  assert.deepEqual(severities('app', 'openssl-sys', 'openssl-src'), []);
  assert.deepEqual(severities('app', 'rustls'), []);
  assert.deepEqual(severities(), ['information']);
});

test('believes Cargo.toml where there is no lock file', () => {
  const source = alpine('musl-dev openssl-dev', 'COPY . .\n');
  const found = (manifest: string, more = {}) =>
    findingsOf(rule, source, { files: { 'Cargo.toml': `[package]\nname = "app"\n${manifest}`, ...more } });
  const severities = (manifest: string, more = {}) => found(manifest, more).map(({ severity }) => severity);
  assert.deepEqual(severities('[dependencies]\nopenssl = "0.10"\n'), ['warning']);
  assert.deepEqual(severities('[dependencies]\nnative-tls = { version = "0.2" }\n'), ['warning']);
  assert.deepEqual(severities('[dependencies]\nopenssl = { version = "0.10", features = ["vendored"] }\n'), []);
  const reqwest = 'reqwest = { version = "0.12", features = ["native-tls-vendored"] }\n';
  assert.deepEqual(severities(`[dependencies]\nopenssl = "0.10"\n${reqwest}`), []);
  const musl = `[target.'cfg(target_env = "musl")'.dependencies]\nopenssl = { version = "*", features = ["vendored"] }\n`;
  assert.deepEqual(severities(`[dependencies]\nopenssl = "0.10"\n${musl}`), ['information']);
  const feature = '[features]\ndefault = ["openssl/vendored"]\n';
  assert.deepEqual(severities(`[dependencies]\nopenssl = "0.10"\n${feature}`), ['information']);
  assert.deepEqual(severities('[dependencies]\nopenssl = { version = "0.10", optional = true }\n'), ['information']);
  assert.deepEqual(severities('[dev-dependencies]\nopenssl = "0.10"\n'), ['information']);
  assert.deepEqual(severities('[dependencies]\nopenssl.workspace = true\n'), ['information']);
  const [told] = found('[dependencies]\nopenssl = "0.10"\n');
  assert.ok(
    told?.because.some((one) => one.kind === 'file' && one.note === "'openssl' is a dependency of the program."),
  );
  const lock = { 'Cargo.lock': '[[package]]\nname = "app"\nversion = "0.1.0"\n' };
  assert.deepEqual(severities('[dependencies]\nopenssl = "0.10"\n', lock), []);
});

test('follows a dependency into the workspace', () => {
  const source = alpine('musl-dev openssl-dev', 'COPY . .\nWORKDIR /src/app\n');
  const severities = (shared: string) => {
    const files = {
      'Cargo.toml': `[workspace]\nmembers = ["app"]\n[workspace.dependencies]\n${shared}`,
      'app/Cargo.toml': '[package]\nname = "app"\n[dependencies]\nopenssl.workspace = true\n',
    };
    return findingsOf(rule, source, { files }).map(({ severity }) => severity);
  };
  assert.deepEqual(severities('openssl = "0.10"\n'), ['warning']);
  assert.deepEqual(severities('openssl = { version = "0.10", features = ["vendored"] }\n'), []);
});
