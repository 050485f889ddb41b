import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publicMirrors } from '../../server/src/catalog/mirrors.js';
import { familiarName, parseReference, throughMirror } from '../../server/src/catalog/reference.js';

const digest = `sha256:${'a'.repeat(64)}`;

/** Written, registry, repository, tag, digest, familiar name. */
const references: readonly (readonly [string, string, string, string | null, string | null, string])[] = [
  ['python', 'docker.io', 'library/python', null, null, 'python'],
  ['python:3.13-slim', 'docker.io', 'library/python', '3.13-slim', null, 'python'],
  ['docker.io/python', 'docker.io', 'library/python', null, null, 'python'],
  ['docker.io/library/python:3', 'docker.io', 'library/python', '3', null, 'python'],
  ['index.docker.io/library/alpine', 'docker.io', 'library/alpine', null, null, 'alpine'],
  ['registry.hub.docker.com/library/node:22', 'docker.io', 'library/node', '22', null, 'node'],
  ['bitnami/redis:7', 'docker.io', 'bitnami/redis', '7', null, 'bitnami/redis'],
  [
    'gcr.io/distroless/static-debian13:nonroot',
    'gcr.io',
    'distroless/static-debian13',
    'nonroot',
    null,
    'gcr.io/distroless/static-debian13',
  ],
  ['localhost/app', 'localhost', 'app', null, null, 'localhost/app'],
  ['localhost:5000/app:1', 'localhost:5000', 'app', '1', null, 'localhost:5000/app'],
  [
    'registry.corp.example:8443/team/base/python:3',
    'registry.corp.example:8443',
    'team/base/python',
    '3',
    null,
    'registry.corp.example:8443/team/base/python',
  ],
  [`debian@${digest}`, 'docker.io', 'library/debian', null, digest, 'debian'],
  [`debian:12@${digest}`, 'docker.io', 'library/debian', '12', digest, 'debian'],
  ['[::1]:5000/app:1', '[::1]:5000', 'app', '1', null, '[::1]:5000/app'],
  ['a/b__c/d.e-f--g', 'docker.io', 'a/b__c/d.e-f--g', null, null, 'a/b__c/d.e-f--g'],
  ['golang:1.21.0_RC-1', 'docker.io', 'library/golang', '1.21.0_RC-1', null, 'golang'],
];

for (const [text, registry, repository, tag, hash, familiar] of references) {
  test(`reads ${text.slice(0, 60)}`, () => {
    const reference = parseReference(text);
    assert.ok(reference);
    assert.equal(reference.text, text);
    assert.equal(reference.registry, registry);
    assert.equal(reference.repository, repository);
    assert.equal(reference.tag, tag);
    assert.equal(reference.digest, hash);
    assert.equal(familiarName(reference), familiar);
  });
}

const wrong = [
  '',
  'Python',
  'python:',
  'python@',
  'python:$TAG',
  '$BASE',
  '${BASE}:1',
  'a//b',
  '/python',
  'python/',
  'a b',
  '-python',
];
const alsoWrong = [
  'python:-1',
  `python:${'t'.repeat(129)}`,
  'python@sha256:abc',
  'a___b',
  'a..b',
  'scratch',
  'b'.repeat(64),
  `gcr.io/${'n'.repeat(260)}`,
];

for (const text of [...wrong, ...alsoWrong]) {
  test(`takes '${text.slice(0, 40)}' for no reference`, () => {
    assert.equal(parseReference(text), null);
  });
}

test('the parts are offsets into the text', () => {
  const text = `gcr.io/distroless/static:nonroot@${digest}`;
  const reference = parseReference(text);
  assert.ok(reference);
  const parts = Object.entries(reference.parts).map(([name, part]) => [name, part && text.slice(...part)]);
  assert.deepEqual(Object.fromEntries(parts), {
    registry: 'gcr.io',
    repository: 'distroless/static',
    tag: 'nonroot',
    digest,
  });
  assert.deepEqual(parseReference('alpine')?.parts, { registry: null, repository: [0, 6], tag: null, digest: null });
});

test('follows public mirrors of Docker Hub and no others', () => {
  const through = (text: string): string => {
    const reference = parseReference(text);
    return reference ? familiarName(throughMirror(reference, publicMirrors)) : '';
  };
  assert.equal(through('public.ecr.aws/docker/library/python:3'), 'python');
  assert.equal(through('mirror.gcr.io/library/golang'), 'golang');
  assert.equal(through('mirror.gcr.io/grafana/grafana'), 'grafana/grafana');
  assert.equal(through('public.ecr.aws/lambda/python:3'), 'public.ecr.aws/lambda/python');
  assert.equal(through('registry.corp.example/library/python'), 'registry.corp.example/library/python');
});
