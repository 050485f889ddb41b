import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGemfile } from '../../server/src/context/ruby/gemfile.js';
import { readGemfileLock } from '../../server/src/context/ruby/gemfile-lock.js';

const file = (text: string) => ({ path: 'Gemfile.lock', uri: null, text });

const lock = `GIT
  remote: https://example.org/mine.git
  revision: 1
  specs:
    mine (1.0)

GEM
  remote: https://gems.example.org/
  specs:
    ffi (1.17.4)
    ffi (1.17.4-x86_64-linux-musl)
    nokogiri (1.18.10-x86_64-linux)
      racc (~> 1.4)
    racc (1.8.1)

PLATFORMS
  ruby
  x86_64-linux

DEPENDENCIES
  nokogiri (>= 1.18)

CHECKSUMS
  ffi (1.17.4) sha256=1

RUBY VERSION
   ruby 3.4.6p54

BUNDLED WITH
   2.6.9
`;

test('reads the gems of servers, the platforms and the version of Bundler', () => {
  const found = readGemfileLock(file(lock));
  assert.ok(found);
  assert.deepEqual(
    found.gems.map(({ name, version, platform }) => [name, version, platform]),
    [
      ['ffi', '1.17.4', 'ruby'],
      ['ffi', '1.17.4', 'x86_64-linux-musl'],
      ['nokogiri', '1.18.10', 'x86_64-linux'],
      ['racc', '1.8.1', 'ruby'],
    ],
  );
  assert.deepEqual(
    found.platforms.map(({ name, span }) => [name, lock.slice(span.start, span.end)]),
    [
      ['ruby', 'ruby'],
      ['x86_64-linux', 'x86_64-linux'],
    ],
  );
  assert.equal(lock.slice(found.platformsSpan.start, found.platformsSpan.end), 'ruby\n  x86_64-linux');
  const [, , nokogiri] = found.gems;
  assert.equal(lock.slice(nokogiri?.span.start, nokogiri?.span.end), 'nokogiri (1.18.10-x86_64-linux)');
  assert.equal(found.bundler, '2.6.9');
});

test('reads it with the line endings of Windows, and without the last parts', () => {
  assert.equal(readGemfileLock(file(lock.replace(/\n/g, '\r\n')))?.bundler, '2.6.9');
  assert.equal(readGemfileLock(file(lock.slice(0, lock.indexOf('DEPENDENCIES'))))?.bundler, null);
});

test('gives up on what is no lock', () => {
  for (const text of ['', '<<<<<<< HEAD\n', '{}', 'GEM\n  specs:\n    a (1)\n', 'PLATFORMS\n'])
    assert.equal(readGemfileLock(file(text)), null, text);
});

test('reads what a gem needs', () => {
  const needs = readGemfileLock(file(lock))?.gems.map((gem) => gem.needs);
  assert.deepEqual(needs, [[], [], ['racc'], []]);
});

test('finds the gems that are to be compiled, and those of no group', () => {
  const text = `gem "nokogiri", "~> 1.18", force_ruby_platform: true
gem('pg', :force_ruby_platform => true)
gem "ffi", force_ruby_platform: false
# gem "grpc", force_ruby_platform: true
gem "racc", group: :test
source "https://example.org" do
  gem "mine"
end
group :development, :test do
  gem "sqlite3"
end
gem "puma"
`;
  const { forced, ungrouped } = readGemfile(file(text));
  assert.deepEqual([...forced], ['nokogiri', 'pg']);
  assert.deepEqual([...ungrouped], ['nokogiri', 'pg', 'ffi', 'puma']);
});
