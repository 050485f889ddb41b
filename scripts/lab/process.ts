import { spawnSync } from 'node:child_process';
import { lateness, secondsFor } from './patience.js';

/** `output` is all that was printed; `stdout` is it without warnings and errors. */
export type Ran = { readonly code: number; readonly output: string; readonly stdout: string };

type RunOptions = { readonly cwd?: string; readonly seconds?: number; readonly env?: Readonly<Record<string, string>> };

/**
 * Runs a program to its end and gathers what it prints. Code 127 when it cannot be started. Throws what `isLate` knows
 * when its time is over.
 */
export function run(words: readonly string[], { cwd, seconds = 120, env = {} }: RunOptions = {}): Ran {
  const [program = '', ...rest] = words;
  const ended = spawnSync(program, rest, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: secondsFor(seconds) * 1000,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...env },
    ...(cwd ? { cwd } : {}),
  });
  const stdout = ended.stdout ?? '';
  const output = `${stdout}${ended.stderr ?? ''}`;
  if (!ended.error) return { code: ended.status ?? 1, output, stdout };
  if ('code' in ended.error && ended.error.code === 'ETIMEDOUT') throw lateness(program, seconds);
  return { code: 127, output: `${output}\n${program}: ${ended.error.message}`, stdout };
}

/** Like `run`, and throws an error with the output when the program fails. Gives what it printed to stdout, trimmed. */
export function must(words: readonly string[], options: RunOptions = {}): string {
  const { code, output, stdout } = run(words, options);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}:\n${output.trim().slice(-2000)}`);
  return stdout.trim();
}
