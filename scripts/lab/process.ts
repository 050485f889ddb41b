import { spawnSync } from 'node:child_process';

export type Ran = { readonly code: number; readonly output: string };

type RunOptions = { readonly cwd?: string; readonly seconds?: number; readonly env?: Readonly<Record<string, string>> };

/** Runs a program to its end and gathers what it prints. Code 124 when it was ended for its time, 127 when not found. */
export function run(words: readonly string[], { cwd, seconds = 120, env = {} }: RunOptions = {}): Ran {
  const [program = '', ...rest] = words;
  const ended = spawnSync(program, rest, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: seconds * 1000,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...env },
    ...(cwd ? { cwd } : {}),
  });
  const output = `${ended.stdout ?? ''}${ended.stderr ?? ''}`;
  if (!ended.error) return { code: ended.status ?? 1, output };
  const isLate = 'code' in ended.error && ended.error.code === 'ETIMEDOUT';
  return { code: isLate ? 124 : 127, output: `${output}\n${program}: ${ended.error.message}` };
}

/** Like `run`, and throws an error with the output when the program fails. Gives what it printed, trimmed. */
export function must(words: readonly string[], options: RunOptions = {}): string {
  const { code, output } = run(words, options);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}:\n${output.trim().slice(-2000)}`);
  return output.trim();
}
