import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCargoConfig } from '../../server/src/context/rust/cargo-config.js';
import { readCargoLock } from '../../server/src/context/rust/cargo-lock.js';

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
