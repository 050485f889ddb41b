import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCargoConfig } from '../../server/src/context/rust/cargo-config.js';
import { readCargoLock } from '../../server/src/context/rust/cargo-lock.js';
import { readCargoManifest } from '../../server/src/context/rust/cargo-manifest.js';

const file = (text: string) => ({ path: 'x', uri: null, text });

test('Cargo.lock: packages with versions and places', () => {
  const text = `version = 4

[[package]]
name = "app"
version = "0.1.0"
dependencies = [
 "openssl-sys",
]

[[package]]
name = "openssl-sys"
version = "0.9.104"
source = "registry+https://github.com/rust-lang/crates.io-index"
`;
  const lock = readCargoLock(file(text));
  assert.deepEqual([...(lock?.packages.keys() ?? [])], ['app', 'openssl-sys']);
  const crate = lock?.packages.get('openssl-sys');
  assert.equal(crate?.version, '0.9.104');
  assert.equal(text.slice(crate?.span.start, crate?.span.end), 'name = "openssl-sys"');
});

test('Cargo.lock: what is none', () => {
  assert.equal(readCargoLock(file('')), null);
  assert.equal(readCargoLock(file('[[package]]\nname = "app\n')), null);
});

test('Cargo configuration: target and flags, those of other systems left out', () => {
  const config = readCargoConfig(
    file(`[build]
target = "x86_64-unknown-linux-musl"
rustflags = ["-C", "opt-level=3"]
[target.'cfg(target_os = "linux")']
rustflags = "-C target-feature=-crt-static"
[target.x86_64-pc-windows-msvc]
rustflags = ["-C", "target-feature=+crt-static"]
`),
  );
  assert.equal(config?.target, 'x86_64-unknown-linux-musl');
  assert.equal(config?.flags, '-C opt-level=3 -C target-feature=-crt-static');
  assert.deepEqual(readCargoConfig(file('[net]\noffline = true\n')), { target: null, flags: '' });
});

test('Cargo configuration: what cannot be read, or brings in more', () => {
  for (const text of [
    '[build',
    '[build]\ntarget = ["a", "b"]\n',
    'include = "x.toml"\n',
    `a = ${'['.repeat(50_000)}`,
  ]) {
    assert.equal(readCargoConfig(file(text)), null, text.slice(0, 20));
  }
});

test('Cargo configuration: conditions that hold on Linux too', () => {
  const flags = (target: string) =>
    readCargoConfig(file(`[target.'${target}']\nrustflags = "-C target-feature=+crt-static"\n`))?.flags.trim();
  const set = '-C target-feature=+crt-static';
  for (const target of ['cfg(not(windows))', 'cfg(any(windows, unix))', 'cfg(unix)', 'x86_64-unknown-linux-gnu'])
    assert.equal(flags(target), set, target);
  for (const target of ['cfg(windows)', 'aarch64-linux-android', 'x86_64-apple-darwin'])
    assert.equal(flags(target), '', target);
});

test('Cargo.toml: the package, its programs and what it links, with places', () => {
  const text = `[package]
name = "app"
edition = "2021"
build = "build/main.rs"

[features]
default = []
tls = ["dep:native-tls", "openssl?/vendored"]

[[bin]]
name = "worker"

[dependencies]
serde = { version = "1", features = [
  "derive",
] }
tls = { package = "openssl", version = "0.10", features = ["v110"] }
native-tls = { version = "0.2", optional = true }
shared.workspace = true

[dependencies.reqwest]
version = "0.12"
features = ["json"]

[dev-dependencies]
openssl-sys = "0.9"

[target.'cfg(unix)'.dependencies]
nix = "0.29"

[target.'cfg(windows)'.dependencies]
winapi = "0.3"
`;
  const manifest = readCargoManifest(file(text));
  assert.equal(manifest?.name, 'app');
  assert.equal(manifest?.buildScript, 'build/main.rs');
  assert.deepEqual([manifest?.programs, manifest?.seeksMain, manifest?.workspace], [['worker'], true, null]);
  assert.deepEqual(manifest?.switches, ['dep:native-tls', 'openssl?/vendored']);
  const told = manifest?.dependencies.map(({ crate, features, isCertain, isInherited, span }) => {
    const line = text.slice(span.start, span.end).split(' ')[0];
    return [crate, features.join(), isCertain ? '' : 'perhaps', isInherited ? 'inherited' : '', line].join(' ');
  });
  assert.deepEqual(told, [
    'serde derive   serde',
    'openssl v110   tls',
    'native-tls  perhaps  native-tls',
    'shared   inherited shared.workspace',
    'reqwest json   [dependencies.reqwest]',
    'nix    nix',
  ]);
});

test('Cargo.toml: workspaces, and what chooses a way to link', () => {
  const shared = readCargoManifest(
    file('[workspace]\nmembers = ["a"]\n[workspace.dependencies]\r\nopenssl = "0.10"\r\n'),
  );
  assert.deepEqual([shared?.name, shared?.workspace], [null, 'whole']);
  assert.deepEqual(
    shared?.shared.map(({ crate, span }) => [crate, span.end - span.start]),
    [['openssl', 'openssl = "0.10"'.length]],
  );
  assert.equal(readCargoManifest(file('[workspace]\nexclude = ["a"]\n'))?.workspace, 'part');
  const chooses = (text: string) => readCargoManifest(file(text))?.choosesLinking;
  assert.equal(chooses('[package]\nname = "a"\n[package.metadata]\nrustflags = "x"\n'), false);
  assert.equal(chooses('cargo-features = ["profile-rustflags"]\n'), true);
  assert.equal(chooses('[profile.release]\nrustflags = ["-C", "x"]\n'), true);
  assert.equal(chooses('[package]\nname = "a"\nforced-target = "x86_64-unknown-linux-musl"\n'), true);
  assert.equal(readCargoManifest(file('[package]\nname = "{{name}}\n')), null);
});
