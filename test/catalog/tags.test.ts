import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findImage, findImageByText, knowsRepository, loadCatalog } from '../../server/src/catalog/catalog.js';
import type { ImageFacts } from '../../server/src/catalog/model.js';
import { parseReference } from '../../server/src/catalog/reference.js';
import { readTag } from '../../server/src/catalog/tag-words.js';

/** Tags that are no longer built, from the history of docker-library/official-images: image, base, last day. */
const frozen: readonly (readonly [string, string, string | null])[] = [
  ['python:3.8', 'debian 12', '2024-10-07'],
  ['golang:1.21', 'debian 12', '2024-08-13'],
  ['golang:1.21-alpine', 'alpine 3.20', '2024-08-13'],
  ['node:14-alpine', 'alpine 3.17', '2023-05-02'],
  ['node:16', 'debian 10', '2023-09-11'],
  ['nginx:1.27-alpine', 'alpine 3.21', '2025-06-24'],
];

for (const [image, os, until] of frozen) {
  test(`${image} stays on ${os}`, () => {
    const facts = known(image);
    assert.equal(osOf(facts), os);
    assert.equal(facts.status, 'retired');
    assert.match(facts.note ?? '', new RegExp(`since ${until}`));
  });
}

test('golang:1.21 is glibc with a C compiler, golang:1.21-alpine is musl without one', () => {
  const debian = known('golang:1.21');
  assert.deepEqual(debian.libc.known && debian.libc.value, { kind: 'glibc', version: '2.36' });
  assert.equal(debian.runtime.known && debian.runtime.value?.version, '1.21');
  assert.equal(holds(debian, 'gcc'), true);
  const alpine = known('golang:1.21-alpine');
  assert.equal(alpine.libc.known && alpine.libc.value.kind, 'musl');
  assert.equal(holds(alpine, 'gcc'), false);
  assert.equal(alpine.runtime.known && alpine.runtime.value?.version, '1.21');
});

test('a patch release stays on the base it had when the next one came', () => {
  assert.equal(osOf(known('python:3.13.5')), 'debian 12');
  assert.equal(osOf(known('python:3.13.6')), 'debian 13');
  assert.equal(osOf(known('python:3.13.5-slim')), 'debian 12');
  assert.equal(osOf(known('golang:1.21.5')), 'debian 12');
  assert.equal(osOf(known('postgres:16.4')), 'debian 12');
  assert.equal(osOf(known('node:18.12.1')), 'debian 11');
  assert.equal(osOf(known('eclipse-temurin:17.0.6_10-jre-alpine')), 'alpine 3.17');
  const facts = known('python:3.13.5');
  assert.equal(facts.runtime.known && facts.runtime.value?.version, '3.13.5');
  assert.equal(facts.status, null);
});

test('a patch release after the lists were read follows its line', () => {
  assert.equal(osOf(known('python:3.14.99')), 'debian 13');
});

test('where the base of a patch release was not read, only the distribution is told', () => {
  const facts = known('maven:3.9.6-eclipse-temurin-21');
  assert.equal(osOf(facts), 'ubuntu ?');
  assert.deepEqual(facts.libc.known && facts.libc.value, { kind: 'glibc', version: null });
  assert.equal(facts.osEol, null);
  assert.equal(facts.packageManager.known && facts.packageManager.value, 'apt');
});

test('a version newer than the lists shares what does not depend on the release', () => {
  const facts = known('python:3.99-slim');
  assert.equal(osOf(facts), 'debian ?');
  assert.equal(facts.runtime.known && facts.runtime.value?.version, '3.99');
  assert.equal(osOf(known('golang:1.99-alpine')), 'alpine ?');
});

test('a tag names its release, also for a version that is not listed with it', () => {
  assert.equal(osOf(known('python:3.9-slim-bullseye')), 'debian 11');
  assert.equal(osOf(known('node:22.14.0-bookworm-slim')), 'debian 12');
  assert.equal(osOf(known('node:22.1.0-alpine3.19')), 'alpine 3.19');
  assert.equal(osOf(known('golang:1.21-bookworm')), 'debian 12');
});

test('a tag that cannot have been published is not known', () => {
  const images = [
    'golang:1.21-trixie',
    'golang:1.26-bullseye',
    'python:3.13-forky',
    'python:nonsense',
    'golang:1.27-slim',
    'python:3.13-slim-nonsense',
  ];
  for (const image of [
    ...images,
    'gcr.io/distroless/static-debian13:wat',
    'cgr.dev/chainguard/python:nonsense',
    'dhi.io/python',
    'redhat/ubi7',
  ]) {
    assert.equal(findImageByText(loadCatalog(), image), null, image);
  }
});

test('tags that have moved since they were read tell only what all their images share', () => {
  const facts = known('node:lts');
  assert.equal(osOf(facts), 'debian ?');
  assert.equal(facts.libc.known && facts.libc.value.version, null);
  assert.deepEqual(facts.entrypoint.known && facts.entrypoint.value, ['docker-entrypoint.sh']);
  assert.equal(osOf(known('ubuntu:rolling')), 'ubuntu ?');
});

test('old builds tell their base and nothing about their contents', () => {
  const facts = known('node:8');
  assert.equal(osOf(facts), 'debian 9');
  assert.equal(facts.contents.size, 0);
  assert.equal(facts.entrypoint.known, false);
  assert.equal(facts.user.known, false);
});

test('where older builds differed from those that were read, only their base is told', () => {
  const facts = known('eclipse-temurin:17.0.6_10-jre-alpine');
  assert.equal(osOf(facts), 'alpine 3.17');
  assert.deepEqual(facts.shells.known && facts.shells.value, ['/bin/sh', '/bin/ash']);
  assert.equal(facts.entrypoint.known, false);
  assert.equal(facts.contents.size, 0);
  assert.equal(known('eclipse-temurin:21-jre').entrypoint.known, true);
});

test('a Windows tag is known to be one, and nothing else is told', () => {
  for (const image of [
    'golang:1.25-nanoserver',
    'python:3.13-windowsservercore-ltsc2022',
    'mcr.microsoft.com/dotnet/sdk:8.0-nanoserver-ltsc2022',
  ]) {
    const facts = known(image);
    assert.equal(facts.isWindows, true, image);
    for (const fact of [facts.os, facts.libc, facts.shells, facts.packageManager, facts.user])
      assert.equal(fact.known, false);
  }
});

test('tags that Linux and Windows share mean the Linux image', () => {
  for (const image of ['golang:1.27', 'eclipse-temurin:21-jdk', 'python:3.13', 'mongo:8.0']) {
    const facts = known(image);
    assert.equal(facts.isWindows, false);
    assert.equal(facts.shells.known, true, image);
  }
});

test('one architecture or one commit of a Google Distroless tag is the same image', () => {
  const commit = 'a'.repeat(40);
  for (const tag of ['latest-amd64', `latest-${'arm64'}`, commit, `amd64-${commit}`]) {
    assert.equal(known(`gcr.io/distroless/static:${tag}`).closed.known, true, tag);
  }
  const debug = known(`gcr.io/distroless/static:debug-nonroot-${commit}`);
  assert.deepEqual(debug.shells.known && debug.shells.value, ['/busybox/sh']);
  assert.equal(findImageByText(loadCatalog(), 'gcr.io/distroless/static:amd64'), null);
});

test('a digest alone says nothing; beside a digest the tag is believed', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  assert.equal(findImageByText(loadCatalog(), `debian@${digest}`), null);
  assert.equal(osOf(known(`debian:12@${digest}`)), 'debian 12');
});

test('mirrors of Docker Hub resolve, other registries do not', () => {
  for (const name of [
    'public.ecr.aws/docker/library/python:3.13',
    'mirror.gcr.io/library/python:3.13',
    'docker.io/python:3.13',
    'index.docker.io/library/python:3.13',
  ]) {
    const facts = known(name);
    assert.equal(facts.name, 'python');
  }
  assert.equal(findImageByText(loadCatalog(), 'registry.corp.example/library/python:3.13'), null);
});

test('the same answer is given twice', () => {
  assert.equal(known('alpine'), known('alpine:latest'));
});

test('a repository can be known without the tag', () => {
  const reference = parseReference('python:nonsense');
  assert.ok(reference);
  assert.equal(knowsRepository(loadCatalog(), reference), true);
  assert.equal(findImage(loadCatalog(), reference), null);
});

test('takes a tag apart', () => {
  const parts = (tag: string): string => {
    const { version, shape, release } = readTag(tag);
    return [version ?? '-', shape || '-', release ? `${release.id}:${release.version}` : '-'].join(' ');
  };
  assert.equal(parts('3.13.5-slim-bookworm'), '3.13.5 slim debian:12');
  assert.equal(parts('22-alpine3.20'), '22 alpine alpine:3.20');
  assert.equal(parts('21-jre-alpine-3.21'), '21 jre-alpine alpine:3.21');
  assert.equal(parts('17.0.6_10-jre'), '17.0.6 jre -');
  assert.equal(parts('21-al2023'), '21 - amazonlinux:2023');
  assert.equal(parts('bookworm-20240812-slim'), '- slim debian:12');
  assert.equal(parts('latest'), '- - -');
  assert.equal(parts('8.4-fpm-trixie'), '8.4 fpm debian:13');
});

function known(image: string): ImageFacts {
  const facts = findImageByText(loadCatalog(), image);
  assert.ok(facts, `${image} is not known`);
  return facts;
}

function osOf({ os }: ImageFacts): string {
  if (!os.known) return '?';
  return os.value ? `${os.value.id} ${os.value.version ?? '?'}` : 'none';
}

function holds({ contents }: ImageFacts, key: string): boolean | undefined {
  const fact = contents.get(key);
  return fact?.known ? fact.value : undefined;
}
