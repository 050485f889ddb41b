import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const pause = 500;

/**
 * Waits until no other lab uses a folder, and keeps it until this process ends, however it ends: the lock is the
 * kernel's, so none is left behind. Gives a sentence when another lab still has it after `seconds`, null otherwise.
 */
export async function awaitTurn(folder: string, seconds: number): Promise<string | null> {
  const until = Date.now() + seconds * 1000;
  for (let isFirst = true; ; isFirst = false) {
    const holder = lock(folder);
    if (holder === null) return null;
    if (Date.now() >= until) return `Another lab (process ${holder}) uses ${folder}.`;
    if (isFirst) console.log(`Another lab (process ${holder}) uses ${folder}. This one waits, ${seconds} s at most.`);
    await sleep(pause);
  }
}

/** Null when the lock is ours now, else the number of the process that has it. */
function lock(folder: string): string | null {
  const path = join(folder, 'lock');
  const file = openSync(path, 'a+');
  // The lock belongs to the open file, which flock only borrows.
  const { status, error } = spawnSync('flock', ['--nonblock', '3'], { stdio: ['ignore', 'ignore', 'ignore', file] });
  if (error) throw error;
  if (status !== 0) {
    closeSync(file);
    return readFileSync(path, 'utf8').trim() || 'unknown';
  }
  ftruncateSync(file);
  writeSync(file, `${process.pid}\n`);
  return null;
}
