// Prints what the catalog costs and how long an analysis takes: npm run benchmark. It asserts nothing.
import { build } from 'esbuild';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Times } from './benchmark/core.js';
import { longDockerfile, typical } from './benchmark/dockerfiles.js';
import { catalogData } from './catalog-data.mjs';

const folder = join('out', 'benchmark');
const runs = 21;

mkdirSync(folder, { recursive: true });
const full = await bundle('with-catalog.cjs', (text) => text);
const empty = await bundle('without-catalog.cjs', emptied);
console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, median of ${runs} runs\n`);
printStart();
const times = printTimes();
printPeers();
await printLibraryPeer(times);

/** The core as the server bundles it. */
async function bundle(name: string, change: (text: string) => string): Promise<string> {
  const outfile = join(folder, name);
  const entryPoints = [join('scripts', 'benchmark', 'core.ts')];
  const plugins = [catalogData(change)];
  await build({ entryPoints, outfile, bundle: true, minify: true, platform: 'node', format: 'cjs', plugins });
  return outfile;
}

/** The same keys with nothing in their lists and tables. */
function emptied(text: string): string {
  const entries = Object.entries(JSON.parse(text) as Record<string, unknown>);
  const blank = (value: unknown): unknown => {
    if (Array.isArray(value)) return [];
    return typeof value === 'object' && value !== null ? {} : value;
  };
  return JSON.stringify(Object.fromEntries(entries.map(([key, value]) => [key, blank(value)])));
}

function printStart(): void {
  const [withData = [], without = []] = timeCommands([
    ['node', full],
    ['node', empty],
  ]);
  const kilobytes = Math.round((statSync(full).size - statSync(empty).size) / 1000);
  print('start with the catalog', median(withData), 'ms');
  print('start without it', median(without), 'ms');
  print('the catalog adds', median(withData) - median(without), `ms (goal: below 15), ${kilobytes} kB`);
  print('between the fastest starts', Math.min(...withData) - Math.min(...without), 'ms');
}

type Main = Pick<Times, 'typical' | 'long'>;

function printTimes(): Main {
  const all = Array.from(
    { length: 5 },
    () => JSON.parse(execFileSync('node', [full, '--times'], { encoding: 'utf8' })) as Times,
  );
  const of = (key: keyof Times): number => median(all.map((times) => times[key]));
  print('first analysis of a typical file', of('firstTypical'), 'ms');
  print('later ones', of('typical'), 'ms');
  print('analysis of 2,000 lines', of('long'), 'ms');
  print('first look-up in a repository', of('firstLookup'), 'ms');
  print('look-up of a tag, mean over all', of('lookups'), 'µs');
  print('the same again', of('repeatedLookups'), 'µs');
  return { typical: of('typical'), long: of('long') };
}

/** Other tools that happen to be on PATH, over the same files in the same run; without them nothing is printed. */
function printPeers(): void {
  const cli = join('dist', 'cli.js');
  if (spawnSync('hadolint', ['--version']).status !== 0 || spawnSync('node', [cli, '--version']).status !== 0) return;
  for (const [title, text] of [
    ['typical file', typical],
    ['2,000 lines', longDockerfile(2000)],
  ] as const) {
    const file = join(folder, 'Dockerfile');
    writeFileSync(file, text);
    const [own = 0, peer = 0] = timeCommands([
      ['node', cli, file],
      ['hadolint', file],
    ]).map(median);
    print(`${title}: command line`, own, 'ms');
    print(`${title}: hadolint`, peer, `ms (ratio ${(own / peer).toFixed(2)})`);
  }
}

/** The checks of the general Dockerfile language server, where its library is installed. */
async function printLibraryPeer(own: Main): Promise<void> {
  const name = 'dockerfile-utils';
  const peer = (await import(name).catch(() => null)) as { validate: (text: string) => unknown } | null;
  if (!peer) return;
  for (const [title, text, mine] of [
    ['typical file', typical, own.typical],
    ['2,000 lines', longDockerfile(2000), own.long],
  ] as const) {
    const all = Array.from({ length: runs }, () => {
      const start = performance.now();
      peer.validate(text);
      return performance.now() - start;
    });
    print(`${title}: ${name}`, median(all), `ms (ratio ${(mine / median(all)).toFixed(2)})`);
  }
}

/** Wall times of each command in milliseconds; they take turns, so that a busy moment hits all of them. */
function timeCommands(commands: readonly (readonly string[])[]): number[][] {
  const times = commands.map((): number[] => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, [program = '', ...args]] of commands.entries()) {
      const start = performance.now();
      spawnSync(program, args, { stdio: 'ignore' });
      times[index]?.push(performance.now() - start);
    }
  }
  return times;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? 0;
}

function print(title: string, value: number, unit: string): void {
  console.log(`${title.padEnd(36)} ${value.toFixed(2).padStart(9)} ${unit}`);
}
