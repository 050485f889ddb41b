import type { PackageData, PackageRow } from '../../../server/src/catalog/data-model.js';
import type { Difference, Reading, Upstream } from './difference.js';
import { isMap, readYaml, textOf } from './read-yaml.js';

/** Releases whose slices packages.json names, in the order of its lists. */
export const chiselReleases = ['22.04', '24.04', '26.04'] as const;

type Slices = ReadonlyMap<string, readonly string[]>;

/** Names of the slices by package: `libssl3t64` has `libs`, `libcrypto`. Null when the text is no slice definition. */
function readSlices(text: string): readonly [name: string, slices: readonly string[]] | null {
  const definition = readYaml(text);
  const name = textOf(definition?.package);
  return definition && name !== null && isMap(definition.slices) ? [name, Object.keys(definition.slices)] : null;
}

/** Which slices that packages.json names are gone, and which packages without a slice there have some by now. */
export function compareSlices(branches: ReadonlyMap<string, Upstream>, { packages }: PackageData): Reading {
  const unread: string[] = [];
  const differences: Difference[] = [];
  for (const [index, release] of chiselReleases.entries()) {
    const upstream = branches.get(release);
    if (!upstream) {
      unread.push(`There is no branch for Ubuntu ${release}.`);
      continue;
    }
    const { slices, unread: files } = readRelease(upstream, release);
    unread.push(...files);
    for (const row of packages) differences.push(...comparePackage({ row, release, index, slices }));
  }
  if (differences.length > 0) unread.push('Which of the slices of a package stands for it is for a person to say.');
  return { differences, unread };
}

function readRelease(upstream: Upstream, release: string): { slices: Slices; unread: string[] } {
  const slices = new Map<string, readonly string[]>();
  const unread: string[] = [];
  for (const path of upstream.list('slices').filter((each) => each.endsWith('.yaml'))) {
    const found = readSlices(upstream.read(path) ?? '');
    if (found) slices.set(...found);
    else unread.push(`ubuntu-${release}:${path} is no slice definition.`);
  }
  return { slices, unread };
}

type Comparison = {
  readonly row: PackageRow;
  readonly release: string;
  readonly index: number;
  readonly slices: Slices;
};

function comparePackage({ row, release, index, slices }: Comparison): Difference[] {
  const named = [...namesAt(row.chisel, index), ...namesAt(row.chiselRuntime, index)];
  const gone = [...new Set(named)].filter((name) => !exists(name, slices));
  const own = row.apt === '' ? undefined : slices.get(row.apt);
  const upstream = `ubuntu-${release}:slices`;
  const removed = gone.map((name): Difference => {
    return { kind: 'removed', key: `${row.apt} (${release})`, from: name, to: null, upstream };
  });
  if (row.chisel !== undefined || !own) return removed;
  const to = own.filter((slice) => slice !== 'copyright').map((slice) => `${row.apt}_${slice}`);
  return [...removed, { kind: 'added', key: `${row.apt} (${release})`, from: null, to: to.join(' '), upstream }];
}

function namesAt(value: string | readonly string[] | undefined, index: number): string[] {
  const text = typeof value === 'string' ? value : (value?.[index] ?? '');
  return text.split(' ').filter(Boolean);
}

/** `libssl3t64_libs`: no package has an underscore in its name. */
function exists(name: string, slices: Slices): boolean {
  const [owner = '', slice = ''] = name.split('_');
  return slices.get(owner)?.includes(slice) ?? false;
}
