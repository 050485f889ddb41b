import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placedBundles } from '../../server/src/interpret/bundles.js';
import type { Bundle } from '../../server/src/interpret/state.js';
import { analysisOf } from '../support/checks.js';

/** The paths of such bundles in the last stage. */
function paths(text: string, kind: Bundle['kind'] = 'node-modules'): string[] {
  return bundles(text, kind).map(({ path }) => path);
}

function bundles(text: string, kind: Bundle['kind'] = 'node-modules') {
  const stage = analysisOf(text).stages.at(-1);
  return stage ? placedBundles(stage, kind) : [];
}

const built = 'FROM node:24-alpine AS build\nWORKDIR /app\nRUN npm ci\n';
const copied = (copy: string) => paths(`${built}FROM debian:trixie-slim\nWORKDIR /srv\n${copy}\n`);

test('packages of Node.js go along with the directory they lie in', () => {
  assert.deepEqual(copied('COPY --from=build /app /x'), ['/x/node_modules']);
  assert.deepEqual(copied('COPY --from=build /app/node_modules ./node_modules/'), ['/srv/node_modules']);
  assert.deepEqual(copied('COPY --parents --from=build /app/node_modules /'), ['/app/node_modules']);
  assert.deepEqual(copied('COPY --from=build / /image'), ['/image/app/node_modules']);
});

test('they are not followed where some may be left out, or where another directory is copied', () => {
  assert.deepEqual(copied('COPY --from=build --exclude=*.node /app/node_modules ./node_modules'), []);
  assert.deepEqual(copied('COPY --from=build /app/node_modules/express ./express'), []);
  assert.deepEqual(copied('COPY --from=build /app/dist ./node_modules'), []);
  assert.deepEqual(copied('COPY --from=build /app /x\nRUN rm -rf /x/node_modules'), []);
});

test('commands move them', () => {
  const after = (command: string) => paths(`${built}RUN ${command}\n`);
  assert.deepEqual(after('cp -r node_modules /modules'), ['/app/node_modules', '/modules']);
  assert.deepEqual(after('mv /app/node_modules /modules'), ['/modules']);
  assert.deepEqual(after('mkdir /out && cp -a /app/. /out'), ['/app/node_modules']);
});

test('what installs, and where', () => {
  const after = (command: string) => paths(`FROM node:24\nWORKDIR /app\nRUN ${command}\n`);
  assert.deepEqual(after('npm --prefix web ci'), ['/app/web/node_modules']);
  assert.deepEqual(after('yarn --cwd=/web install'), ['/web/node_modules']);
  assert.deepEqual(after('pnpm -C /web install'), ['/web/node_modules']);
  assert.deepEqual(after('pnpm --filter api deploy --prod /out'), ['/out/node_modules']);
  assert.deepEqual(after('cd $UNKNOWN && npm ci'), []);
  assert.deepEqual(after('npm run install-all'), []);
});

test('libc and version are those of the stage, and another libc that is asked for', () => {
  const [own] = bundles(built);
  assert.ok(own?.bundle.libc.known && own.bundle.version.known);
  assert.deepEqual([own.bundle.libc.value.kind, own.bundle.version.value], ['musl', '24']);
  const [other] = bundles(built.replace('npm ci', 'npm ci --libc glibc'));
  assert.ok(other?.bundle.libc.known);
  assert.equal(other.bundle.libc.value.kind, 'glibc');
});

test('a published .NET program is found below the project', () => {
  const published = 'FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build\nWORKDIR /src\nRUN dotnet publish -r linux-x64\n';
  const after = (source: string) => paths(`${published}FROM scratch\nCOPY --from=build ${source} /app\n`, 'dotnet');
  assert.deepEqual(after('/src/bin/Release/net10.0/linux-x64/publish'), ['/app']);
  assert.deepEqual(after('/src/wwwroot'), []);
});

test('classes go along with the archive they are put into', () => {
  const compiled = 'FROM eclipse-temurin:21-jdk AS build\nWORKDIR /src\nRUN javac Main.java\n';
  const after = (copy: string) => paths(`${compiled}FROM debian:trixie-slim\n${copy}\n`, 'java-classes');
  assert.deepEqual(after('COPY --from=build /src/lib/app.jar /opt/'), ['/opt/app.jar']);
  assert.deepEqual(after('COPY --from=build /src/*.jar /app.jar'), ['/app.jar']);
  assert.deepEqual(after('COPY --from=build /src/README.md /'), []);
});

test('the Java of an image is one where it is copied as a whole', () => {
  const after = (source: string) =>
    paths(`FROM debian:13\nCOPY --from=eclipse-temurin:21 ${source} /jre\n`, 'java-runtime');
  assert.deepEqual(after('/opt/java/openjdk'), ['/jre']);
  assert.deepEqual(after('/opt/java/openjdk/lib'), []);
});

test('extensions of PHP lie in the folder of their version', () => {
  const after = (tag: string) => paths(`FROM php:${tag}\nRUN docker-php-ext-install -j4 gd\n`, 'php-extension');
  assert.deepEqual(after('8.4-fpm-alpine'), ['/usr/local/lib/php/extensions/no-debug-non-zts-20240924/gd.so']);
  assert.deepEqual(after('8.3-zts'), ['/usr/local/lib/php/extensions/no-debug-zts-20230831/gd.so']);
});
