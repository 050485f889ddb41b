import { spawn, type ChildProcess } from 'node:child_process';

/** A server that shows VS Code in a browser. */
export type Host = { url: string; log: () => string; stop: () => Promise<void> };

const startTimeout = 10 * 60_000;
const stopTimeout = 10_000;

/**
 * Starts a script of this project that serves VS Code and prints the address to open.
 *
 * @param args arguments for node; the first is the script
 * @throws when the script ends, or says no address within ten minutes
 */
export async function startHost(args: string[]): Promise<Host> {
  const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = () => killGroup(child, 'SIGKILL');
  process.once('exit', kill);
  const stop = async () => {
    process.removeListener('exit', kill);
    await stopped(child);
  };

  let output = '';
  const read = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  try {
    return { url: await address(child, () => output), log: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function address(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((found, failed) => {
    const fail = (reason: string) => {
      clearTimeout(timer);
      failed(new Error(`The host ${reason}.\n${output()}`));
    };
    const timer = setTimeout(() => fail('did not print its address in time'), startTimeout);
    child.once('exit', (code) => fail(`ended with exit code ${code}`));
    child.stdout?.on('data', () => {
      const line = /^(?:Open|VS Code for the web.*:) (http:\/\/127\.0\.0\.1:\d+\/\S*)\n/m.exec(output());
      if (line?.[1] === undefined) return;
      clearTimeout(timer);
      found(line[1]);
    });
  });
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((done) => {
    const timer = setTimeout(() => killGroup(child, 'SIGKILL'), stopTimeout);
    child.once('exit', () => {
      clearTimeout(timer);
      done();
    });
    killGroup(child, 'SIGTERM');
  });
}

/** The host has children of its own (extension hosts); a detached child leads a group that holds them all. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}
