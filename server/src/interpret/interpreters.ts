import type { Process } from './state.js';

/** The interpreter a base image starts on its own: which one, and whether it expects a jar, a script or options. */
export type Interpreter = {
  readonly name: 'node' | 'python' | 'java' | 'ruby' | 'php' | 'deno' | 'bun' | 'nginx' | 'dotnet' | 'perl';
  readonly path: string;
  /** The words after the program, such as -jar. */
  readonly options: readonly string[];
};

const patterns: readonly [RegExp, Interpreter['name']][] = [
  [/^(node|nodejs)$/, 'node'],
  [/^python(\d(\.\d+)?)?$/, 'python'],
  [/^java$/, 'java'],
  [/^ruby$/, 'ruby'],
  [/^php(-fpm)?$/, 'php'],
  [/^deno$/, 'deno'],
  [/^bun$/, 'bun'],
  [/^nginx$/, 'nginx'],
  [/^dotnet$/, 'dotnet'],
  [/^perl$/, 'perl'],
];

/** The interpreter that a process starts; null for any other program. */
export function interpreterOf(process: Process | null): Interpreter | null {
  const [path, ...options] = process?.argv ?? [];
  const name = interpreterName(path ?? '');
  return name && path ? { name, path, options } : null;
}

/** `node`, `/nodejs/bin/node`, `python3.13` by the name of the interpreter. */
export function interpreterName(program: string): Interpreter['name'] | null {
  const base = program.slice(program.lastIndexOf('/') + 1);
  return patterns.find(([pattern]) => pattern.test(base))?.[1] ?? null;
}

/** What the interpreter takes the first word after its options for. */
export function operandOf({ name }: Interpreter): string {
  if (name === 'java') return 'a jar file or a class';
  return name === 'nginx' ? 'an argument' : 'the script to run';
}
