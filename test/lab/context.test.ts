import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { recipeOf } from '../../scripts/lab/assemble.js';
import { treeOf, writeContext } from '../../scripts/lab/context.js';
import { program, script, text } from '../../scripts/lab/programs.js';
import { cacheOf, chainOf, roots } from '../../scripts/lab/roots.js';

const files = { 'entrypoint.sh': script('#!/bin/sh\r\n'), 'conf/app.conf': text('a = 1\n'), 'bin/app': program };

test('files are written with their text and mode', () => {
  const folder = mkdtempSync(join(tmpdir(), 'distroless-guide-lab-'));
  try {
    writeContext(files, folder, { program: process.execPath });
    assert.equal(readFileSync(join(folder, 'entrypoint.sh'), 'utf8'), '#!/bin/sh\r\n');
    const modes = ['entrypoint.sh', 'conf/app.conf', 'bin/app'].map(
      (path) => statSync(join(folder, path)).mode & 0o777,
    );
    assert.deepEqual(modes, [0o755, 0o644, 0o755]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the guide sees the same files, and does not know what a program holds', () => {
  const tree = treeOf(files);
  assert.deepEqual(
    [...(tree.list('') ?? [])],
    [
      ['entrypoint.sh', 'file'],
      ['conf', 'directory'],
      ['bin', 'directory'],
    ],
  );
  assert.deepEqual([...(tree.list('conf') ?? [])], [['app.conf', 'file']]);
  assert.equal(tree.list('src'), null);
  assert.equal(tree.read('entrypoint.sh')?.isExecutable, true);
  assert.equal(tree.read('conf/app.conf')?.isExecutable, false);
  assert.equal(tree.read('bin/app'), undefined);
  assert.equal(tree.read('none'), null);
});

test('roots add to each other, and what changes below changes the recipe above', () => {
  assert.deepEqual(chainOf('golang'), [roots['shell'], roots['gcc'], roots['golang']]);
  assert.throws(() => chainOf('none'), /no root 'none'/);
  assert.equal(cacheOf('golang-without-gcc'), cacheOf('golang'));
  assert.equal(cacheOf('gcc'), null);
  const recipes = Object.keys(roots).map(recipeOf);
  assert.equal(new Set(recipes).size, recipes.length);
});

test('a root that others add to is complete', () => {
  for (const { on } of Object.values(roots)) if (on) assert.ok(roots[on]?.isComplete, on);
});
