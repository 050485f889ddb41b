import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImageByText, loadCatalog } from '../../server/src/catalog/catalog.js';
import type { ImageFacts } from '../../server/src/catalog/model.js';

test('an application may have been on another distribution, so nothing of its base is told for a version not listed', () => {
  const moved = 'kong:2.8 kong:1.5 fluentd:v1.16-1 traefik:1.7 zookeeper:3.4 solr:7 neo4j:3.4 gradle:4.10 mono:5.18';
  for (const image of moved.split(' ')) assert.equal(baseOf(image), '? ? ? ? ?', image);
});

test('neither is it for a patch release or a version to come of an application', () => {
  for (const image of ['zookeeper:3.8.0', 'kong:3.9.0', 'traefik:v3.99', 'traefik:v99'])
    assert.equal(baseOf(image), '? ? ? ? ?', image);
});

test('the runtime of such a version is still told', () => {
  const { runtime } = known('gradle:6.7');
  assert.deepEqual(runtime.known && runtime.value, { name: 'gradle', version: '6.7', path: null });
});

test('a listed tag, and a tag with a release in its name, keep their base', () => {
  assert.match(baseOf('kong:3.9'), /^ubuntu 24\.04 glibc 2\.39/);
  assert.match(baseOf('postgres:14-bullseye'), /^debian 11 glibc 2\.31/);
});

test('a word of the tag tells the distribution, but not the user of an older application', () => {
  assert.equal(baseOf('haproxy:1.8-alpine'), 'alpine musl /bin/sh,/bin/ash apk ?');
  assert.equal(baseOf('ruby:2.3-alpine'), 'alpine musl /bin/sh,/bin/ash apk root');
});

test('distributions, and languages that have been on one as far back as was read, keep it', () => {
  assert.equal(baseOf('alpine:3.8'), 'alpine musl /bin/sh,/bin/ash apk root');
  assert.equal(baseOf('ubuntu:19.10'), 'ubuntu glibc /bin/sh,/bin/dash,/bin/bash apt root');
  assert.equal(baseOf('node:6.9.5'), 'debian glibc /bin/sh,/bin/dash,/bin/bash apt root');
  assert.equal(baseOf('golang:1.6'), 'debian glibc /bin/sh,/bin/dash,/bin/bash apt root');
});

test('a language that has moved between distributions does not', () => {
  assert.equal(baseOf('gradle:6.7'), '? ? ? ? ?');
  assert.equal(baseOf('mysql:8.2'), '? ? ? ? ?');
});

test('where the history was read, the first version on the same base is the limit', () => {
  const pairs = [
    ['alpine:2.7', 'alpine:3.1'],
    ['fedora:21', 'fedora:22'],
    ['docker:1.8', 'docker:1.10'],
    ['registry:2.4', 'registry:2.5'],
  ] as const;
  for (const [before, after] of pairs) {
    assert.equal(baseOf(before), '? ? ? ? ?', before);
    assert.doesNotMatch(baseOf(after).split(' ').slice(0, 2).join(' '), /\?/, after);
    assert.equal(known(after).packageManager.known, true, after);
  }
  for (const image of ['erlang:19', 'nginx:1.9', 'postgres:9.4', 'redmine:3.3', 'registry:2'])
    assert.equal(known(image).os.known, true, image);
});

test('the reason of a fact says no more than the fact', () => {
  for (const [image, os, libc] of [
    ['alpine:3.8', 'is on Alpine', 'holds musl'],
    ['node:6.9.5', 'is on Debian', 'holds glibc'],
    ['fedora:23', 'is on Fedora', 'holds glibc'],
    ['node:99', 'is on Debian', 'holds glibc'],
    ['ubuntu:rolling', 'is on Ubuntu', 'holds glibc'],
  ] as const) {
    const facts = known(image);
    assert.deepEqual(notes(facts.os), [`'${image}' ${os}.`]);
    assert.deepEqual(notes(facts.libc), [`'${image}' ${libc}.`]);
  }
  assert.deepEqual(notes(known('alpine:3.22.2').libc), ["'alpine:3.22.2' holds musl 1.2.5."]);
});

test('what is unknown since images differ is not explained by one of them', () => {
  const { os } = known('mcr.microsoft.com/dotnet/sdk:5.0');
  assert.equal(os.known, false);
  assert.deepEqual(notes(os), [
    "'mcr.microsoft.com/dotnet/sdk:5.0' was not read, and images of its repository differ in this.",
  ]);
});

function known(image: string): ImageFacts {
  const facts = findImageByText(loadCatalog(), image);
  assert.ok(facts, image);
  return facts;
}

/** `debian 13 glibc 2.41 /bin/sh apt root`; `?` for each of the five that is not known. */
function baseOf(image: string): string {
  const { os, libc, shells, packageManager, user } = known(image);
  const words = (...parts: readonly (string | null | undefined)[]) => parts.filter(Boolean).join(' ');
  return [
    os.known ? words(os.value?.id, os.value?.version) : '?',
    libc.known ? words(libc.value.kind, libc.value.version) : '?',
    shells.known ? shells.value.join(',') : '?',
    packageManager.known ? packageManager.value : '?',
    user.known ? (user.value.uid === 0 ? 'root' : user.value.name) : '?',
  ].join(' ');
}

function notes({ because }: ImageFacts['os'] | ImageFacts['libc']): string[] {
  return because.map(({ note }) => note);
}
