import type { DistributionData, ReleaseData, RuntimeData } from '../../../server/src/catalog/data-model.js';
import type { Difference, ReadFile, Reading } from './difference.js';
import { mapsOf, readFrontMatter, textOf, type YamlMap, type YamlValue } from './read-yaml.js';

/** A row of `releases` in a product page. A day is YYYY-MM-DD; true and false mean that no day is given. */
export type Cycle = {
  readonly name: string;
  readonly released: string | null;
  readonly eol: string | boolean | null;
  readonly eoas: string | boolean | null;
  readonly eoes: string | boolean | null;
  readonly lts: string | boolean | null;
};

/** Null when the page has no front matter with releases. */
export function readProduct(text: string): readonly Cycle[] | null {
  const page = readFrontMatter(text);
  return page && Array.isArray(page.releases) ? mapsOf(page.releases).flatMap(readCycle) : null;
}

/** What the pages of endoflife.date say about the days of distributions and runtimes. */
export function compareDates(read: ReadFile, distributions: DistributionData, runtimes: RuntimeData): Reading {
  const parts = [compareDistributions(read, distributions), compareRuntimes(read, runtimes)];
  return {
    differences: parts.flatMap(({ differences }) => differences),
    unread: parts.flatMap(({ unread }) => unread),
  };
}

/** The page of each distribution; CentOS Stream has one of its own. */
const pages: Readonly<Record<string, string>> = {
  debian: 'debian',
  ubuntu: 'ubuntu',
  alpine: 'alpine-linux',
  fedora: 'fedora',
  rhel: 'rhel',
  oraclelinux: 'oracle-linux',
  almalinux: 'almalinux',
  rocky: 'rocky-linux',
  centos: 'centos',
  amazonlinux: 'amazon-linux',
  photon: 'vmware-photon',
  'opensuse-leap': 'opensuse',
  sles: 'sles',
};

function compareDistributions(read: ReadFile, { releases }: DistributionData): Reading {
  const differences: Difference[] = [];
  const unread: string[] = [];
  for (const id of new Set(releases.map((release) => release.id))) {
    const own = releases.filter((release) => release.id === id);
    const name = pages[id];
    const upstream = `products/${name ?? id}.md`;
    const cycles = name ? readPage(read, upstream) : null;
    if (!cycles) {
      unread.push(`${id}: ${name ? `${upstream} cannot be read` : 'there is no page'}.`);
      continue;
    }
    for (const release of own) {
      const page = isStream(release) ? streamPage : upstream;
      const cycle = cycleOf(release, page === upstream ? cycles : (readPage(read, page) ?? []));
      if (cycle) differences.push(...compareRelease(release, cycle, page));
      else if (!release.rolling) unread.push(`${id}:${release.version}: not in ${page}.`);
    }
    differences.push(...newReleases(own, cycles, upstream));
  }
  return { differences, unread };
}

function readPage(read: ReadFile, path: string): readonly Cycle[] | null {
  const text = read(path);
  return text === null ? null : readProduct(text);
}

const streamPage = 'products/centos-stream.md';

/** From 9 on CentOS is CentOS Stream, and 8 was there as both. */
function isStream({ id, version }: ReleaseData): boolean {
  return id === 'centos' && (version.startsWith('stream') || Number(version) >= 9);
}

function cycleOf({ version }: ReleaseData, cycles: readonly Cycle[]): Cycle | undefined {
  const plain = version.replace(/^stream/, '').replace(/\.0$/, '');
  return cycles.find(({ name }) => name === version || name === plain);
}

/** Only days are compared: where the page says yes or no, it does not contradict a day from elsewhere. */
function compareRelease(release: ReleaseData, cycle: Cycle, upstream: string): Difference[] {
  const { id, version } = release;
  const stated = { released: cycle.released, eol: cycle.eol, ltsEol: cycle.eoes };
  return Object.entries(stated).flatMap(([key, to]): Difference[] => {
    const from = release[key as keyof typeof stated] ?? null;
    if (typeof to !== 'string' || to === from) return [];
    const edit = { to: 'release', id, version, facts: { [key]: to } } as const;
    return [{ kind: 'changed', key: `${id}:${version} ${key}`, from, to, upstream, edit }];
  });
}

/** A release that came after all those known; what is in it is not told here, so that nothing can be written. */
function newReleases(own: readonly ReleaseData[], cycles: readonly Cycle[], upstream: string): Difference[] {
  const newest = own.map(({ released }) => released ?? '').reduce((left, right) => (left > right ? left : right), '');
  const known = new Set(own.map(({ version }) => version));
  return cycles
    .filter(({ name, released }) => released !== null && released > newest && !known.has(name))
    .map(({ name, released }) => ({
      kind: 'added',
      key: `${own[0]?.id ?? ''}:${name}`,
      from: null,
      to: released,
      upstream,
    }));
}

function compareRuntimes(read: ReadFile, { products }: RuntimeData): Reading {
  const differences: Difference[] = [];
  const unread: string[] = [];
  for (const { page, cycles } of products) {
    const upstream = `products/${page}.md`;
    const stated = readPage(read, upstream);
    if (!stated) {
      unread.push(`${page}: ${upstream} cannot be read.`);
      continue;
    }
    const known = new Map(cycles.map((line) => [line.split(' ')[0] ?? '', line]));
    for (const cycle of stated) {
      const to = toLine(cycle);
      const from = known.get(cycle.name) ?? null;
      if (to === from || to === null) continue;
      const edit = { to: 'cycle', page, cycle: cycle.name, line: to } as const;
      differences.push({ kind: from ? 'changed' : 'added', key: `${page} ${cycle.name}`, from, to, upstream, edit });
    }
    const names = new Set(stated.map(({ name }) => name));
    for (const [name, from] of known)
      if (!names.has(name)) differences.push({ kind: 'removed', key: `${page} ${name}`, from, to: null, upstream });
  }
  return { differences, unread };
}

/** `cycle released eol eoas eoes lts` as runtimes.json has it, without the empty columns at the end. */
function toLine({ name, released, eol, eoas, eoes, lts }: Cycle): string | null {
  if (released === null || name.includes(' ')) return null;
  const columns = [name, released, word(eol, 'ended'), word(eoas, 'ended'), word(eoes, 'ended'), word(lts, 'yes')];
  return columns.join(' ').replace(/(?: -)+$/, '');
}

function word(value: string | boolean | null, yes: string): string {
  if (typeof value === 'string') return value;
  return value ? yes : '-';
}

function readCycle(row: YamlMap): Cycle[] {
  const name = textOf(row.releaseCycle);
  if (name === null) return [];
  const [eol, eoas, eoes, lts] = [row.eol, row.eoas, row.eoes, row.lts].map(dayOrFlag);
  const released = dayOrFlag(row.releaseDate);
  return [
    {
      name,
      released: typeof released === 'string' ? released : null,
      eol: eol ?? null,
      eoas: eoas ?? null,
      eoes: eoes ?? null,
      lts: lts ?? null,
    },
  ];
}

function dayOrFlag(value: YamlValue | undefined): string | boolean | null {
  if (typeof value === 'boolean') return value;
  const text = textOf(value);
  return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) ? text : null;
}
