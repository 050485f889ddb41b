import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BuildContext } from '../../server/src/context/context.js';
import { foldersUp, joinPath } from '../../server/src/context/file-tree.js';
import { analysisOf } from '../support/checks.js';
import type { MemoryFiles } from '../support/memory-tree.js';

function contextOf(text: string, files: MemoryFiles, path = 'Dockerfile'): BuildContext {
  return analysisOf(text, { files, path }).context;
}

const copies = 'FROM alpine\nCOPY package.json server.js ./\n';

test('paths stay inside the folder', () => {
  assert.equal(joinPath('a/b', '../c'), 'a/c');
  assert.equal(joinPath('', './x//y/'), 'x/y');
  assert.equal(joinPath('a', '../../b'), null);
  assert.equal(joinPath('a', '/b'), 'b');
  assert.deepEqual(foldersUp('a/b'), ['a/b', 'a', '']);
});

test('the folder of the Dockerfile is the root when what is copied lies there', () => {
  const { root, isSure, read } = contextOf(copies, { 'package.json': '{}', 'server.js': '' });
  assert.equal(root, '');
  assert.ok(isSure);
  assert.equal(read('package.json')?.text, '{}');
  assert.equal(read('package-lock.json'), null);
});

test('a folder above is the root when what is copied lies there', () => {
  const files = { 'package.json': '{}', 'server.js': '' };
  const { root, isSure } = contextOf(copies, files, 'docker/Dockerfile');
  assert.equal(root, '');
  assert.ok(isSure);
});

test('two folders that fit as well leave the root unsure, and the nearer one is taken', () => {
  const files = { 'package.json': '1', 'server.js': '', 'app/package.json': '2', 'app/server.js': '' };
  const { root, isSure, read } = contextOf(copies, files, 'app/Dockerfile');
  assert.equal(root, 'app');
  assert.ok(!isSure);
  assert.equal(read('package.json')?.text, '2');
});

test('what is made before the build may be missing', () => {
  const text = 'FROM alpine\nCOPY dist/app package.json ./\n';
  const { root, isSure } = contextOf(text, { 'package.json': '' }, 'docker/Dockerfile');
  assert.equal(root, '');
  assert.ok(isSure);
});

test('a copy of everything says nothing about the root', () => {
  const { root, isSure } = contextOf('FROM alpine\nCOPY . .\n', { 'a.txt': '' }, 'docker/Dockerfile');
  assert.equal(root, 'docker');
  assert.ok(!isSure);
});

test('a Dockerfile in the folder that is open is built there', () => {
  assert.ok(contextOf('FROM alpine\nCOPY . .\n', { 'a.txt': '' }).isSure);
  assert.ok(!contextOf('FROM alpine\nCOPY b.txt .\n', { 'a.txt': '' }).isSure);
});

test('the sources of bind mounts count', () => {
  const text = 'FROM alpine\nRUN --mount=type=bind,source=go.mod,target=go.mod true\n';
  const { root, isSure } = contextOf(text, { 'go.mod': '' }, 'docker/Dockerfile');
  assert.equal(root, '');
  assert.ok(isSure);
});

test('what .dockerignore keeps out is not there', () => {
  const { read, kind, ignoring, list } = contextOf(copies, {
    'package.json': '{}',
    'server.js': '',
    'node_modules/a.js': '',
    '.dockerignore': 'node_modules\n',
  });
  assert.equal(read('node_modules/a.js'), null);
  assert.equal(kind('node_modules'), null);
  assert.ok(ignoring('node_modules'));
  assert.equal(ignoring('server.js'), null);
  assert.deepEqual(
    [...(list('') ?? [])].map(([name]) => name),
    ['package.json', 'server.js', '.dockerignore', 'Dockerfile'],
  );
});

test('an ignore file named after the Dockerfile goes first', () => {
  const { kind } = contextOf(
    copies,
    {
      'package.json': '',
      'server.js': '',
      '.dockerignore': 'package.json\n',
      'web.Dockerfile.dockerignore': 'server.js\n',
    },
    'web.Dockerfile',
  );
  assert.equal(kind('package.json'), 'file');
  assert.equal(kind('server.js'), null);
});

test('with an ignore file that cannot be read nothing is known to be there, and what is missing is missing', () => {
  const { read, kind, ignoring } = contextOf(copies, { 'package.json': '', 'server.js': '', '.dockerignore': '[' });
  assert.equal(ignoring('package.json'), undefined);
  assert.equal(read('package.json'), undefined);
  assert.equal(kind('other'), null);
});

test('paths do not leave the context', () => {
  const { read, kind } = contextOf(copies, { 'package.json': '', 'server.js': '' }, 'Dockerfile');
  assert.equal(read('../secret'), null);
  assert.equal(kind('a/../../b'), null);
});

test('without a place nothing is known', () => {
  const { root, read, kind } = analysisOf(copies).context;
  assert.equal(root, null);
  assert.equal(read('package.json'), undefined);
  assert.equal(kind('package.json'), undefined);
});

test('a tree that knows nothing yet leaves all open', () => {
  const asked: string[] = [];
  const tree = { list: (folder: string) => void asked.push(folder), read: () => undefined };
  const { context } = analysisOf(copies, { tree });
  assert.equal(context.read('package.json'), undefined);
  assert.deepEqual(new Set(asked), new Set(['']));
});
