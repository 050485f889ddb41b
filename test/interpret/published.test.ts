import assert from 'node:assert/strict';
import { test } from 'node:test';
import { javaRelease } from '../../server/src/interpret/java.js';
import { entryAt } from '../../server/src/interpret/query.js';
import type { StageState } from '../../server/src/interpret/state.js';
import { analysisOf } from '../support/checks.js';
import type { MemoryFiles } from '../support/memory-tree.js';

function endOf(text: string, files: MemoryFiles = {}): StageState {
  const end = analysisOf(text, { files }).stages.at(-1)?.end;
  if (!end) throw new Error('No stage.');
  return end;
}

/** What a tool made of a directory: `java-runtime musl 21`, with its traits behind. */
function made(text: string, path: string, files: MemoryFiles = {}): string {
  const bundle = entryAt(endOf(text, files), path)?.bundle;
  if (!bundle) return 'nothing';
  const libc = bundle.libc.known ? bundle.libc.value.kind : 'unknown';
  const version = bundle.version.known ? bundle.version.value : 'unknown';
  return [bundle.kind, libc, version, ...bundle.traits].join(' ');
}

test('jlink makes a runtime for the libc and the release of its image', () => {
  const jlink = (image: string, command: string) => made(`FROM ${image}\nWORKDIR /w\nRUN ${command}`, '/w/jre');
  const options = '--add-modules java.base --strip-debug';
  assert.equal(jlink('eclipse-temurin:21', `jlink ${options} --output jre`), 'java-runtime glibc 21');
  assert.equal(jlink('eclipse-temurin:21-alpine', `jlink ${options} --output=jre`), 'java-runtime musl 21');
  assert.equal(jlink('eclipse-temurin:25', `$JAVA_HOME/bin/jlink ${options} --output /w/jre`), 'java-runtime glibc 25');
  const found = '--add-modules $(jdeps --print-module-deps app.jar) --output jre';
  assert.equal(jlink('amazoncorretto:21-alpine', `jlink ${found}`), 'java-runtime musl 21');
  assert.equal(jlink('eclipse-temurin:21', `jlink --module-path=/x/jmods --output jre`), 'java-runtime unknown 21');
  assert.equal(jlink('eclipse-temurin:21', `jlink ${options} --output $(cat where)`), 'nothing');
});

test('javac makes classes for the release that it is told', () => {
  const javac = (options: string) => made(`FROM eclipse-temurin:25\nRUN javac ${options} -d /out Main.java`, '/out');
  assert.equal(javac(''), 'java-classes glibc 25 settled');
  assert.equal(javac('--release 17'), 'java-classes glibc 17 settled');
  assert.equal(javac('--release=17'), 'java-classes glibc 17 settled');
});

test('packages bring a release of Java, the default one by the release of Debian', () => {
  const release = (image: string, name: string) => {
    const fact = javaRelease(endOf(`FROM ${image}\nRUN apt-get update && apt-get install -y ${name}`));
    return fact.known ? fact.value : 'unknown';
  };
  assert.equal(release('debian:bookworm-slim', 'default-jre-headless'), '17');
  assert.equal(release('debian:trixie-slim', 'default-jdk'), '21');
  assert.equal(release('debian:trixie-slim', 'openjdk-25-jre-headless'), '25');
  assert.equal(release('debian:trixie-slim', 'default-jre openjdk-25-jre'), 'unknown');
  assert.equal(release('ubuntu:24.04', 'default-jre'), 'unknown');
  assert.equal(release('debian:sid', 'default-jre'), 'unknown');
});

test('dotnet publish makes a program for the platform that its options name', () => {
  const publish = (options: string, image = '10.0') =>
    made(
      `FROM mcr.microsoft.com/dotnet/sdk:${image}\nARG RID=linux-musl-arm64\nRUN dotnet publish ${options} -o /app`,
      '/app',
    );
  assert.equal(publish('-r linux-musl-x64'), 'dotnet musl unknown settled');
  assert.equal(publish('--runtime=linux-musl-x64'), 'dotnet musl unknown settled');
  assert.equal(publish('-r $RID'), 'dotnet musl unknown settled');
  assert.equal(publish('-a arm64 --os linux-musl'), 'dotnet musl unknown settled');
  assert.equal(publish('-p:RuntimeIdentifier=linux-musl-x64'), 'dotnet musl unknown settled');
  assert.equal(publish('--use-current-runtime', '10.0-alpine'), 'dotnet musl unknown settled');
  assert.equal(publish('-r linux-x64 --self-contained'), 'dotnet glibc unknown settled self-contained');
  assert.equal(publish('-r linux-x64 -p:PublishAot=true'), 'dotnet glibc unknown settled aot');
  assert.equal(publish('/p:InvariantGlobalization=true'), 'dotnet glibc unknown invariant');
});

test('the project file says the rest of a .NET program', () => {
  const properties = '<TargetFramework>net10.0</TargetFramework><PublishAot>true</PublishAot>';
  const files = {
    'app.csproj': `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup>${properties}</PropertyGroup></Project>`,
  };
  const text =
    'FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -r linux-x64 -o /app';
  assert.equal(made(text, '/app', files), 'dotnet glibc 10.0 settled aot');
});

test('extensions of PHP lie in the directory of its version', () => {
  const text = 'FROM php:8.4-fpm-alpine\nRUN docker-php-ext-install -j4 intl && pecl install redis-6.2.0';
  const folder = '/usr/local/lib/php/extensions/no-debug-non-zts-20240924';
  assert.equal(made(text, `${folder}/intl.so`), 'php-extension musl unknown');
  assert.equal(made(text, `${folder}/redis.so`), 'php-extension musl unknown');
});
