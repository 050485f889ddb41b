import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { awaitTurn } from '../../scripts/lab/lock.js';
import { findOnPath } from '../../scripts/editor/debian.mjs';

test('a lab waits for another, and takes its turn when that has ended', () =>
  inFolder(async (folder) => {
    const other = await holder(folder);
    assert.match((await awaitTurn(folder, 0)) ?? '', new RegExp(`^Another lab \\(process 4711\\) uses ${folder}\\.$`));
    const turn = awaitTurn(folder, 60);
    await ended(other);
    assert.equal(await turn, null);
    assert.equal(readFileSync(join(folder, 'lock'), 'utf8'), `${process.pid}\n`);
  }));

test('a file that a killed lab left behind locks nothing', () =>
  inFolder(async (folder) => {
    writeFileSync(join(folder, 'lock'), '123456789\n');
    assert.equal(await awaitTurn(folder, 0), null);
    assert.equal(readFileSync(join(folder, 'lock'), 'utf8'), `${process.pid}\n`);
  }));

/** Another process that has the lock, as lab number 4711. */
async function holder(folder: string): Promise<ChildProcess> {
  const script = `echo 4711 >"$0"; exec 3<"$0"; flock --nonblock 3 && echo locked && exec cat`;
  const child = spawn('sh', ['-c', script, join(folder, 'lock')], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  const end = once(child, 'exit');
  child.kill('SIGKILL');
  await end;
}

/** Where there is no flock, as on macOS, there is no lab either. */
async function inFolder(check: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'distroless-guide-lock-'));
  try {
    if (findOnPath('flock') === null) await assert.rejects(awaitTurn(folder, 0), { code: 'ENOENT' });
    else await check(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
