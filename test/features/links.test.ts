import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadCatalog } from '../../server/src/catalog/catalog.js';
import { parseReference } from '../../server/src/catalog/reference.js';
import { links } from '../../server/src/features/links.js';
import { registryPage } from '../../server/src/features/links/registry-page.js';
import { analysisOf, type CheckOptions } from '../support/checks.js';

function linksOf(text: string, options: CheckOptions = {}): string[] {
  return links(analysisOf(text, options)).map(({ span, target }) => `${text.slice(span.start, span.end)} ${target}`);
}

test('a name leads to the page that the catalog gives, tag and digest left out', () => {
  assert.deepEqual(linksOf('FROM python:3.14-slim'), ['python https://hub.docker.com/_/python']);
  assert.deepEqual(linksOf(`FROM cgr.dev/chainguard/node@sha256:${'a'.repeat(64)}`), [
    'cgr.dev/chainguard/node https://images.chainguard.dev/directory/image/node/overview',
  ]);
  assert.match(
    linksOf('FROM gcr.io/distroless/static-debian13:nonroot')[0] ?? '',
    /^gcr\.io\/\S+debian13 https:\/\/github\.com\//,
  );
});

test('COPY --from and mounts have links as well; stages and scratch have none', () => {
  const text = `FROM alpine AS build
COPY --from=quay.io/podman/stable:v5 /usr/bin/podman /x
RUN --mount=type=bind,from=dhi.io/uv:0,target=/uv ls
FROM scratch
COPY --from=build /x /x
COPY --from=0 /x /x
FROM build
`;
  assert.deepEqual(linksOf(text), [
    'alpine https://hub.docker.com/_/alpine',
    'quay.io/podman/stable https://quay.io/repository/podman/stable',
    'dhi.io/uv https://hub.docker.com/hardened-images/catalog/dhi/uv',
  ]);
});

test('a build argument is followed, and the whole word is the link', () => {
  const text = 'ARG IMAGE=quay.io/podman/stable\nFROM ${IMAGE}:v5\n';
  assert.deepEqual(linksOf(text), ['${IMAGE}:v5 https://quay.io/repository/podman/stable']);
  assert.deepEqual(linksOf('ARG IMAGE\nFROM $IMAGE\n'), []);
  assert.equal(linksOf('ARG IMAGE\nFROM $IMAGE\n', { buildArgs: { IMAGE: 'alpine' } }).length, 1);
});

test('a mirror leads to what it stands for', () => {
  assert.deepEqual(linksOf('FROM public.ecr.aws/docker/library/python:3'), [
    'public.ecr.aws/docker/library/python https://hub.docker.com/_/python',
  ]);
});

test('what is no reference makes no link', () => {
  const broken = [
    'FROM a"b',
    'FROM "x',
    'FROM javascript:alert(1)//',
    'FROM quay.io/A/B',
    'FROM quay.io/a/../b',
    'FROM',
    'FROM https://evil',
  ];
  for (const text of broken) assert.deepEqual(linksOf(text), [], text);
  assert.deepEqual(linksOf('FROM {{ .Base }}\nFROM alpine\n'), []);
  assert.deepEqual(linksOf('ARG E="a b"\nFROM quay.io/$E\n'), []);
});

describe('the page of a registry', () => {
  const pages: Record<string, string | null> = {
    'quay.io/org/name:1': 'https://quay.io/repository/org/name',
    'public.ecr.aws/lambda/nodejs': 'https://gallery.ecr.aws/lambda/nodejs',
    'mcr.microsoft.com/dotnet/sdk': 'https://mcr.microsoft.com/artifact/mar/dotnet/sdk/about',
    'registry.access.redhat.com/ubi9/ubi': 'https://catalog.redhat.com/software/containers/search?q=ubi9%2Fubi',
    'registry.redhat.io/rhel9/nodejs-22': 'https://catalog.redhat.com/software/containers/search?q=rhel9%2Fnodejs-22',
    'cgr.dev/chainguard/made-up': 'https://images.chainguard.dev/directory/image/made-up/overview',
    'cgr.dev/example.com/node': null,
    'dhi.io/made-up': 'https://hub.docker.com/hardened-images/catalog/dhi/made-up',
    'gcr.io/distroless/cc': 'https://console.cloud.google.com/gcr/images/distroless/GLOBAL/cc',
    'gcr.io/project/name': null,
    'reg.mini.dev/made-up': 'https://images.minimus.io/?search=made-up&type=image',
    'made/up': 'https://hub.docker.com/r/made/up',
    madeup: 'https://hub.docker.com/_/madeup',
    'index.docker.io/made/up': 'https://hub.docker.com/r/made/up',
    'registry.example.com/a/b': null,
    'localhost:5000/a': null,
    'quay.io/alone': null,
  };
  for (const [name, page] of Object.entries(pages)) {
    test(name, () => {
      const reference = parseReference(name);
      assert.ok(reference);
      assert.equal(registryPage(reference), page);
    });
  }
});

test('every repository of the catalog that has a link has a whole one', () => {
  const names = [...loadCatalog().repositories.keys()].filter((name) => !name.endsWith('/scratch'));
  const found = links(analysisOf(names.map((name) => `FROM ${name}`).join('\n')));
  assert.ok(found.length > names.length / 2);
  for (const { target } of found) assert.equal(URL.canParse(target) && new URL(target).protocol, 'https:', target);
});
