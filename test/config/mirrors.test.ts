import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extendCatalog, findImageByText, loadCatalog } from '../../server/src/catalog/catalog.js';
import { familiarName, parseReference, throughMirror } from '../../server/src/catalog/reference.js';
import { readConfig } from '../../server/src/config/read-config.js';

test('a star stands for the rest of a name', () => {
  const through = follow({ 'registry.corp.example/dhi/*': 'dhi.io/*', 'h.corp.example/flat-*': 'docker.io/library/*' });
  assert.equal(through('registry.corp.example/dhi/node:24-debian13'), 'dhi.io/node');
  assert.equal(through('registry.corp.example/dhi2/node'), 'registry.corp.example/dhi2/node');
  assert.equal(through('h.corp.example/flat-python:3.13'), 'python');
});

test('a name without a star is that repository and all below it', () => {
  const through = follow({ 'registry.corp.example/py': 'python', 'hub.corp.example': 'docker.io' });
  assert.equal(through('registry.corp.example/py:3.13'), 'python');
  assert.equal(through('registry.corp.example/python:3.13'), 'registry.corp.example/python');
  assert.equal(through('hub.corp.example/library/golang'), 'golang');
  assert.equal(through('hub.corp.example/bitnami/redis'), 'bitnami/redis');
});

test('a single name at a mirror of Docker Hub is an official image, as Docker reads it', () => {
  const through = follow({ 'registry.corp.example/hub/*': 'docker.io/*', 'registry.corp.example:5000/*': '*' });
  assert.equal(through('registry.corp.example/hub/python'), 'python');
  assert.equal(through('registry.corp.example/hub/library/python'), 'python');
  assert.equal(through('registry.corp.example:5000/grafana/grafana'), 'grafana/grafana');
});

test('the longest beginning wins, whatever the order', () => {
  const written = {
    'corp.example/*': 'docker.io/*',
    'corp.example/dhi/*': 'dhi.io/*',
    'corp.example/dhi/go': 'golang',
  };
  for (const mirrors of [written, Object.fromEntries(Object.entries(written).reverse())]) {
    const through = follow(mirrors);
    assert.equal(through('corp.example/dhi/node'), 'dhi.io/node');
    assert.equal(through('corp.example/dhi/go:1'), 'golang');
    assert.equal(through('corp.example/node'), 'node');
  }
});

test('the images of a mirror have the facts of their own publisher', () => {
  const { addition } = readConfig('{ "mirrors": { "registry.corp.example/dhi/*": "dhi.io/*" } }', 'x');
  assert.ok(addition);
  const facts = findImageByText(extendCatalog(loadCatalog(), addition), 'registry.corp.example/dhi/node:22-debian13');
  assert.deepEqual([facts?.family, facts?.name, facts?.read === null], ['dhi', 'dhi.io/node', false]);
});

test('public mirrors are still known', () => {
  assert.equal(follow({ 'corp.example/*': 'dhi.io/*' })('public.ecr.aws/docker/library/python'), 'python');
});

function follow(mirrors: object): (text: string) => string {
  const { addition, problem } = readConfig(JSON.stringify({ mirrors }), 'distroless.config.json');
  assert.equal(problem, null);
  assert.ok(addition);
  const catalog = extendCatalog(loadCatalog(), addition);
  return (text) => {
    const reference = parseReference(text);
    return reference ? familiarName(throughMirror(reference, catalog.mirrors)) : '';
  };
}
