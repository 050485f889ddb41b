import { performance } from 'node:perf_hooks';
import { analyze, createWorld } from '../../server/src/analyze.js';
import { findImageByText } from '../../server/src/catalog/catalog.js';
import { runRules } from '../../server/src/rules/run.js';
import { longDockerfile, typical } from './dockerfiles.js';

/** Milliseconds, but for `lookups`, which are microseconds for one. */
export type Times = {
  readonly firstLookup: number;
  readonly lookups: number;
  readonly repeatedLookups: number;
  readonly firstTypical: number;
  readonly typical: number;
  readonly long: number;
};

/** What an editor's server does before it answers; the bundle of this file is started with and without the data. */
const world = createWorld('2026-01-01');
if (process.argv.includes('--times')) process.stdout.write(JSON.stringify(measure()));

function measure(): Times {
  const tags = [...world.catalog.repositories].flatMap(([name, { data }]) =>
    data.images.flatMap((row) => row.tags?.split(' ') ?? []).map((tag) => `${name}:${tag}`),
  );
  const long = longDockerfile(2000);
  const firstTypical = time(() => check(typical));
  const firstLookup = time(() => findImageByText(world.catalog, 'node:22-bookworm-slim'));
  const every = time(() => tags.forEach((name) => findImageByText(world.catalog, name)));
  const again = time(() => tags.forEach((name) => findImageByText(world.catalog, name)));
  for (let round = 0; round < 200; round++) check(typical);
  return {
    firstTypical,
    firstLookup,
    lookups: (1000 * every) / tags.length,
    repeatedLookups: (1000 * again) / tags.length,
    typical: time(() => check(typical)),
    long: median(Array.from({ length: 5 }, () => time(() => check(long)))),
  };
}

function check(text: string): void {
  runRules(analyze(text, world), { severities: {} });
}

function time(action: () => unknown): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? 0;
}
