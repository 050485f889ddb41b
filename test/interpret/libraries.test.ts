import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headersFor, libraryPackages, mayBringLibrary } from '../../server/src/catalog/library-packages.js';
import { libraryFact } from '../../server/src/interpret/libraries.js';
import { opensslOf } from '../../server/src/interpret/openssl.js';
import { currentEntry } from '../../server/src/interpret/tree.js';
import { analysisOf } from '../support/checks.js';

function endOf(text: string) {
  const stage = analysisOf(text).stages.at(-1);
  assert.ok(stage);
  return stage.end;
}

function librariesOf(command: string, base = 'gcc:14-trixie') {
  return currentEntry(endOf(`FROM ${base}\nRUN ${command}\n`), '/out/app')?.artifact?.libraries;
}

const values = { known: (fact: { known: boolean; value?: unknown }) => (fact.known ? fact.value : 'not known') };

test('a link command names the libraries that the program loads', () => {
  assert.deepEqual(librariesOf('gcc -o /out/app main.c -lpq -lm -l z'), ['-lpq', 'zlib']);
  assert.deepEqual(librariesOf('g++ -o /out/app main.cpp -lssl'), ['libssl', 'libstdc++']);
  assert.deepEqual(librariesOf('g++ -static-libstdc++ -o /out/app main.cpp'), []);
  assert.deepEqual(librariesOf("gcc -Wl,-rpath,'$ORIGIN' -o /out/app main.c -lpq"), []);
  assert.deepEqual(librariesOf('gcc -o /out/app main.c -l:libpq.a'), []);
  assert.deepEqual(librariesOf('gcc -L/opt/openssl -o /out/app main.c -lssl'), []);
});

test('a Rust program that is linked dynamically loads libgcc, except one that Zig links', () => {
  const built = (command: string, base = 'rust:1-trixie') => {
    const end = endOf(`FROM ${base}\nWORKDIR /src\nRUN ${command}\n`);
    return currentEntry(end, '/src/target/release')?.artifact?.libraries;
  };
  assert.deepEqual(built('cargo build --release'), ['libgcc']);
  assert.deepEqual(built('cargo zigbuild --release'), []);
  assert.deepEqual(built('cargo build --release', 'rust:1-alpine'), []);
  assert.deepEqual(built('RUSTFLAGS="-C target-feature=+crt-static" cargo build --release'), []);
});

test('a library is missing only where nothing may have brought it', () => {
  const fact = (lines: string, base = 'alpine:3.24') =>
    values.known(libraryFact(endOf(`FROM ${base}\n${lines}\n`), 'libstdc++'));
  assert.equal(fact(''), false);
  assert.equal(fact('RUN apk add --no-cache ca-certificates curl'), false);
  assert.equal(fact('RUN apk add --no-cache libstdc++'), true);
  assert.equal(fact('RUN apk add --no-cache nodejs'), 'not known');
  assert.equal(fact('ENV LD_LIBRARY_PATH=/opt/lib'), 'not known');
  assert.equal(fact('COPY libstdc++.so.6 /app/libstdc++.so.6'), 'not known');
  assert.equal(fact('COPY app /app'), false);
  assert.equal(fact('', 'debian:trixie-slim'), true);
  assert.equal(fact('', 'registry.example.com/base'), 'not known');
});

test('the release tells the series of OpenSSL', () => {
  const series = (base: string) => values.known(opensslOf(endOf(`FROM ${base}\n`)));
  assert.equal(series('debian:bullseye'), '1.1');
  assert.equal(series('debian:bookworm'), '3');
  assert.equal(series('gcr.io/distroless/base-debian13'), '3');
  assert.equal(series('alpine:3.16'), '1.1');
  assert.equal(series('alpine:3.17'), '3');
  assert.equal(series('scratch'), 'not known');
});

test('headers stand for a library only where the language links it', () => {
  assert.equal(headersFor('libpq-dev', 'apt', 'python')?.id, 'libpq-dev');
  assert.equal(headersFor('postgresql-dev', 'apk', 'python')?.id, 'libpq-dev');
  assert.equal(headersFor('libxml2-dev', 'apt', 'python'), null);
  assert.equal(headersFor('libpq5', 'apt', 'python'), null);
});

test('packages of libraries have the names of their release', () => {
  const curl = headersFor('libcurl4-openssl-dev', 'apt', 'rust');
  assert.ok(curl);
  const debian = (version: string) => libraryPackages(curl, 'apt', { id: 'debian', version, codename: null });
  assert.equal(debian('12'), 'libcurl4');
  assert.equal(debian('13'), 'libcurl4t64');
  assert.equal(debian('11'), null);
  assert.equal(libraryPackages(curl, 'apk', { id: 'alpine', version: '3.24', codename: null }), 'libcurl');
});

test('of a package that is not known, any library may come', () => {
  const pq = headersFor('libpq-dev', 'apt', 'rust');
  assert.ok(pq);
  assert.equal(mayBringLibrary('ca-certificates', 'apt', pq), false);
  assert.equal(mayBringLibrary('curl', 'apt', pq), false);
  assert.equal(mayBringLibrary('postgresql-client', 'apt', pq), true);
  assert.equal(mayBringLibrary('some-package', 'apt', pq), true);
  assert.equal(mayBringLibrary('tzdata', 'dnf', pq), true);
});
