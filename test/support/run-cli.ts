import { createWorld } from '../../server/src/analyze.js';
import { run } from '../../server/src/cli/run.js';
import { today } from './checks.js';
import { memoryTree } from './memory-tree.js';

export type CliResult = { readonly status: number | null; readonly out: string; readonly err: string };

/** Runs the command line inside this process. `files` are the contents by name; any other file does not exist. */
export async function runCli(
  args: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  let out = '';
  let err = '';
  const status = await run(args, {
    version: '1.2.3',
    world: () => createWorld(today),
    read: (file) => {
      const text = files[file];
      return text === undefined ? { problem: 'there is no such file', isMissing: true } : { text };
    },
    placesAbove: (file, name) => {
      const steps = file.split('/').slice(0, -1);
      return [...steps.map((_, index) => [...steps.slice(0, steps.length - index), name].join('/')), name];
    },
    shown: (_file, path) => path,
    placeOf: (file) => (file === '-' ? null : { tree: memoryTree(files), path: file }),
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    isColoured: false,
    startServer: async () => {
      out += 'server';
    },
  });
  return { status, out, err };
}
