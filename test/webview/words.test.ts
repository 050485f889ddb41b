import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf, fitted, lineOf, linkText, marksOf, pathsText, shortened } from '../../client/webview/stages/words.js';
import type { StageLink, StageNode } from '../../server/src/protocol.js';

const stage: StageNode = {
  id: 'stage0',
  kind: 'stage',
  title: 'build',
  isFinal: false,
  isNeeded: true,
  libc: 'musl',
  shell: null,
  user: 'root',
  line: 3,
};
const link: StageLink = { from: 'image0', to: 'stage0', kind: 'copy', paths: ['/a', '/b', '/c'], line: 7 };

test('only what is known of a stage is said', () => {
  assert.deepEqual(factsOf(stage), ['musl', 'runs as root']);
  assert.deepEqual(factsOf({ ...stage, libc: null, user: null }), []);
  assert.deepEqual(factsOf({ ...stage, kind: 'scratch', libc: 'no libc', user: null }), []);
});

test('the final stage and one that is not needed are marked, images are not', () => {
  assert.deepEqual(marksOf({ ...stage, isFinal: true }), ['final']);
  assert.deepEqual(marksOf({ ...stage, isNeeded: false }), ['not needed']);
  assert.deepEqual(marksOf({ ...stage, isNeeded: false, kind: 'image' }), []);
});

test('a label has two paths, the text has all', () => {
  assert.equal(pathsText(link), '/a, /b and 1 more');
  assert.equal(linkText(link, 'nginx'), 'copied from nginx: /a, /b, /c');
  assert.equal(pathsText({ ...link, kind: 'mount', paths: ['/'] }), 'mount /');
  assert.equal(linkText({ ...link, kind: 'base', paths: [] }, 'nginx'), 'based on nginx');
});

test('an image is written where it is first taken from', () => {
  const image = { ...stage, id: 'image0', line: null };
  assert.equal(lineOf(image, { uri: '', version: 1, nodes: [], links: [link] }), 7);
  assert.equal(lineOf(image, { uri: '', version: 1, nodes: [], links: [] }), null);
});

test('what is too long keeps both ends', () => {
  assert.equal(shortened('abcdefghij', 10), 'abcdefghij');
  assert.equal(shortened('abcdefghij', 7), 'abc…hij');
  const measure = (text: string) => text.length * 10;
  assert.equal(fitted('abcdefghijkl', 120, measure), 'abcdefghijkl');
  assert.equal(fitted('abcdefghijklmnop', 100, measure), 'abcde…mnop');
  assert.equal(fitted('a'.repeat(5000), 100, measure).length, 10);
});
