import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needsNoList } from '../../server/src/interpret/certificates.js';
import { entryAt } from '../../server/src/interpret/query.js';
import { analysisOf } from '../support/checks.js';
import type { MemoryFiles } from '../support/memory-tree.js';
import { facts } from '../support/facts.js';

const edition = 'edition = "2021"\n';
const app = `[package]\nname = "my-app"\n${edition}`;
const main = { 'src/main.rs': 'fn main() {}\n' };

/** The programs below /src and in Cargo's directory that a build is known to make by name, sorted. */
function programs(run: string, files: MemoryFiles): string[] {
  const { stages } = analysisOf(`FROM rust:1-slim-trixie\nWORKDIR /src\nCOPY . .\nRUN ${run}\n`, { files });
  const end = stages[0]?.end;
  if (!end) throw new Error('No stage.');
  return [...end.files.entries()]
    .flatMap(([path, { kind }]) => (kind === 'file' && entryAt(end, path)?.artifact ? [path.replace('/src/', '')] : []))
    .sort();
}

const build = (files: MemoryFiles, options = '') => programs(`cargo build --release${options}`, files);

test('knows the program of a package by its name', () => {
  assert.deepEqual(build({ 'Cargo.toml': app, ...main }), ['target/release/my-app']);
  assert.deepEqual(build({ 'Cargo.toml': app, ...main }, ' -p my-app'), ['target/release/my-app']);
  assert.deepEqual(build({ 'Cargo.toml': app, ...main }, ' -p other'), []);
  assert.deepEqual(build({ 'Cargo.toml': app, ...main }, ' --lib'), []);
  assert.deepEqual(build({ 'Cargo.toml': app, 'src/lib.rs': '' }), []);
  assert.deepEqual(build({ 'Cargo.toml': `${app}autobins = false\n`, ...main }), []);
  assert.deepEqual(build({ 'Cargo.toml': '[package\n', ...main }), []);
});

test('knows the programs that Cargo.toml lists', () => {
  const bins = '[[bin]]\nname = "worker"\npath = "src/w.rs"\n[[bin]]\nname = "extra"\nrequired-features = ["x"]\n';
  const both = ['target/release/my-app', 'target/release/worker'];
  assert.deepEqual(build({ 'Cargo.toml': app + bins, ...main }), both);
  assert.deepEqual(build({ 'Cargo.toml': app.replace(edition, '') + bins, ...main }), ['target/release/worker']);
  const renamed = '[[bin]]\nname = "server"\npath = "src/main.rs"\n';
  assert.deepEqual(build({ 'Cargo.toml': app + renamed, ...main }), ['target/release/server']);
});

test('knows the programs that the command names, whatever the files are', () => {
  assert.deepEqual(build({}, ' --bin a --bin=b'), ['target/release/a', 'target/release/b']);
  assert.deepEqual(programs('cargo build --bin a --target-dir /t', {}), ['/t/debug/a']);
  assert.deepEqual(build({}, ' --bin $(cat name)'), []);
});

test('knows where the programs of a workspace go', () => {
  const files = { 'Cargo.toml': '[workspace]\nmembers = ["api"]\n', 'api/Cargo.toml': app, 'api/src/main.rs': '' };
  assert.deepEqual(build(files), []);
  assert.deepEqual(programs('cd api && cargo build --release', files), ['target/release/my-app']);
  assert.deepEqual(programs('cargo build --manifest-path api/Cargo.toml', files), ['target/debug/my-app']);
  const part = { ...files, 'Cargo.toml': '[workspace]\nmembers = ["x"]\nexclude = ["api"]\n' };
  assert.deepEqual(programs('cd api && cargo build', part), ['api/target/debug/my-app']);
});

test('knows what cargo install makes of a package that lies there, and nothing of one that it downloads', () => {
  const files = { 'Cargo.toml': app, ...main };
  assert.deepEqual(programs('cargo install --path .', files), ['/usr/local/cargo/bin/my-app']);
  assert.deepEqual(programs('cargo install --path . --root /out', files), ['/out/bin/my-app']);
  assert.deepEqual(programs('cargo install ripgrep --root /out', files), []);
});

test('a package that is downloaded has no lock file of the project', () => {
  const files = { 'Cargo.lock': '[[package]]\nname = "openssl-sys"\nversion = "0.9.1"\n', 'Cargo.toml': app };
  const sources = (what: string) => {
    const text = `FROM rust:1\nWORKDIR /src\nCOPY . .\nRUN cargo install ${what} --root /out\n`;
    const end = analysisOf(text, { files }).stages[0]?.end;
    return end && entryAt(end, '/out/bin/x')?.artifact?.sources;
  };
  assert.equal(sources('ripgrep'), null);
  assert.equal(sources('--path .')?.kind, 'rust');
});

test('Zig builds for the glibc that it is told, in the directory of the plain target', () => {
  const zig = (target: string) =>
    facts(`FROM rust:1-trixie\nWORKDIR /src\nRUN cargo zigbuild --release --target ${target}`);
  const gnu = '/src/target/x86_64-unknown-linux-gnu/release/app';
  assert.equal(zig('x86_64-unknown-linux-gnu.2.17').artifact(gnu), 'rust dynamic from glibc 2.17');
  assert.equal(zig('x86_64-unknown-linux-gnu').artifact(gnu), 'rust dynamic from glibc');
});

test('a program carries a list of authorities where Cargo.lock, or without one Cargo.toml, says so', () => {
  const carries = (files: MemoryFiles) => {
    const text = 'FROM rust:1\nWORKDIR /src\nCOPY . .\nRUN cargo build\n';
    const end = analysisOf(text, { files }).stages[0]?.end;
    const artifact = end && entryAt(end, '/src/target/debug/my-app')?.artifact;
    return artifact ? needsNoList(artifact) : undefined;
  };
  const needs = (line: string) => ({ 'Cargo.toml': `${app}[dependencies]\n${line}\n` });
  assert.equal(carries(needs('webpki-roots = "1"')), true);
  assert.equal(carries(needs('ureq = { version = "3", features = ["rustls-webpki-roots"] }')), true);
  assert.equal(carries(needs('webpki-roots = { version = "1", optional = true }')), false);
  assert.equal(carries(needs('reqwest = "0.12"')), false);
  const lock = '[[package]]\nname = "rustls"\nversion = "0.23.0"\n';
  assert.equal(carries({ ...needs('webpki-roots = "1"'), 'Cargo.lock': lock }), false);
});
