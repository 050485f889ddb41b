import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  isExecutableOnDisk,
  listDisk,
  listDiskSync,
  readDisk,
  readDiskSync,
} from '../../server/src/disk/disk-files.js';
import { openDiskTree } from '../../server/src/disk/disk-tree.js';

const root = mkdtempSync(join(tmpdir(), 'distroless-guide-disk-'));
const project = join(root, 'project');
mkdirSync(join(project, 'bin'), { recursive: true });
writeFileSync(join(root, 'secret'), 'secret');
writeFileSync(join(project, 'bin', 'start.sh'), '\ufeff#!/bin/sh\r\n', { mode: 0o755 });
writeFileSync(join(project, 'plain'), 'plain', { mode: 0o644 });
writeFileSync(join(project, 'binary'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]));
writeFileSync(join(project, 'latin1'), Buffer.from([0x66, 0xfc, 0x72]));
writeFileSync(join(project, 'huge'), '');
truncateSync(join(project, 'huge'), 4 * 1024 * 1024 + 1);
symlinkSync('..', join(project, 'up'));
symlinkSync('../secret', join(project, 'link'));
if (process.platform !== 'win32') execFileSync('mkfifo', [join(project, 'pipe')]);

after(() => rmSync(root, { recursive: true, force: true }));

test('a tree has texts as they are, without a byte order mark, and whether they can be executed', () => {
  const tree = openDiskTree(project, (path) => `shown/${path}`);
  assert.deepEqual(tree.read('bin/start.sh'), {
    path: 'shown/bin/start.sh',
    uri: pathToFileURL(join(project, 'bin', 'start.sh')).href,
    text: '#!/bin/sh\r\n',
    isExecutable: process.platform === 'win32' ? null : true,
  });
  assert.equal(tree.read('plain')?.isExecutable, process.platform === 'win32' ? null : false);
  assert.equal(tree.read('plain'), tree.read('plain'));
});

test('a tree tells what is not there from what cannot be read', () => {
  const tree = openDiskTree(project, (path) => path);
  for (const path of ['missing', 'missing/too', 'plain/x', 'bin', '..', '../secret', '', '/etc/passwd'])
    assert.equal(tree.read(path), null, path);
  for (const path of ['binary', 'latin1', 'huge', 'link', 'up/secret', 'pipe'])
    assert.equal(tree.read(path), undefined, path);
  assert.equal(tree.list('up'), undefined);
  assert.equal(tree.list('missing'), null);
  assert.equal(tree.list('plain'), null);
  const names = tree.list('');
  assert.deepEqual(
    ['bin', 'plain', 'up', 'link', 'pipe'].map((name) => names?.get(name)),
    ['directory', 'file', 'link', 'link', 'link'],
  );
});

test('a folder that is not there is not known', () => {
  const tree = openDiskTree(join(root, 'nowhere'), (path) => path);
  assert.equal(tree.list(''), undefined);
  assert.equal(tree.read('x'), undefined);
});

test('files are read alike with and without waiting', async () => {
  for (const name of ['plain', 'binary', 'latin1', 'huge', 'missing', 'bin', 'pipe'])
    assert.deepEqual(await readDisk(join(project, name)), readDiskSync(join(project, name)), name);
  for (const name of ['', 'bin', 'plain', 'missing'])
    assert.deepEqual(await listDisk(join(project, name)), listDiskSync(join(project, name)), name);
});

test('what can be executed is told apart, and nothing is said of what is not there', async () => {
  const told = await Promise.all(
    ['bin/start.sh', 'plain', 'missing'].map((path) => isExecutableOnDisk(join(project, path))),
  );
  assert.deepEqual(told, process.platform === 'win32' ? [null, null, null] : [true, false, null]);
});
