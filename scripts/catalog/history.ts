import type { HistoryData } from '../../server/src/catalog/data-model.js';

type RawChange = { from: string; base: string | null; until?: string };
type RawRepositoryHistory = { changes: Record<string, RawChange[]>; patch?: Record<string, Record<string, string[]>> };
export type RawHistory = { images: Record<string, RawRepositoryHistory | undefined> };

const codenames: Readonly<Record<string, string>> = {
  jessie: '8',
  stretch: '9',
  buster: '10',
  bullseye: '11',
  bookworm: '12',
  trixie: '13',
  forky: '14',
  sid: 'unstable',
  xenial: '16.04',
  bionic: '18.04',
  focal: '20.04',
  jammy: '22.04',
  noble: '24.04',
  resolute: '26.04',
};

/** Nightly builds, discontinued forks and ONBUILD images, which behave otherwise. */
const uninteresting = /^tip-\d|chakracore|onbuild|windows|nanoserver|^(?:latest|\d+\.\d+\.\d+-)/;

/** Tags that left the library before are not met in Dockerfiles of today. */
const oldest = '2018-06-01';

/** Tags that left the library, with the base they stay on; and the base of every patch release. */
export function importHistory(
  raw: RawRepositoryHistory | undefined,
  current: ReadonlySet<string>,
  { images }: RawHistory = { images: {} },
): HistoryData | null {
  if (!raw) return null;
  const groups = new Map<string, string[]>();
  for (const [tag, changes] of Object.entries(raw.changes)) {
    const last = changes.at(-1);
    if (current.has(tag) || uninteresting.test(tag) || !last?.until || !last.base || last.until < oldest) continue;
    const base = baseOf(last.base, raw.patch) ?? ofOther(images, last.base, last.until);
    if (!base) continue;
    const key = `${base} ${last.until}`;
    groups.set(key, [...(groups.get(key) ?? []), tag]);
  }
  const tags = Object.fromEntries([...groups].map(([key, list]) => [key, list.join(' ')]));
  return { tags, ...(raw.patch ? { patches: importPatches(raw) } : {}), ...importStarts(raw, current) };
}

/** `openjdk:11-jdk`, which Maven was built on: the base which that image had on the day. */
function ofOther(images: RawHistory['images'], text: string, day: string): string | null {
  const [name = '', tag = 'latest'] = text.split(':');
  const then = images[name]?.changes[tag]?.filter(({ from }) => from <= day).at(-1);
  return then?.base ? baseOf(then.base, images[name]?.patch) : null;
}

/** The numbers of a version line, by the patch releases of the history. */
export function lineDepthOf(history: RawHistory, name: string): number | null {
  const versions = Object.values(history.images[name]?.patch ?? {}).flatMap((byBase) => Object.values(byBase).flat());
  const depths = versions
    .filter((version) => /^\d+(?:\.\d+)*(?:_\d+)?$/.test(version))
    .map((version) => version.split('.').length);
  return depths.length > 0 && name !== 'openjdk'
    ? Math.max(1, Math.min(...depths.filter((depth) => depth > 1)) - 1)
    : null;
}

const namesRelease = new RegExp(`-(?:${Object.keys(codenames).join('|')}|alpine-?3\\.\\d+|ubi\\d+)(?:-|$)`);

/** The loader finds a patch release through its line. */
export function withoutPatches<T extends { tags: string[]; exampleTags: string[] }>(
  raw: T,
  history?: RawRepositoryHistory,
): T {
  const lines = new Set(raw.tags);
  const exampleTags = raw.exampleTags.filter((tag) => {
    const patch = /^(\d+(?:\.\d+)*)\.\d+(?=-|$)/.exec(tag);
    const rest = tag.slice(patch?.[0].length ?? 0);
    const isFound = rest === '' || namesRelease.test(rest) || rest.slice(1) in (history?.patch ?? {});
    return !patch?.[1] || !isFound || !lines.has(patch[1] + rest);
  });
  return { ...raw, exampleTags };
}

function importStarts(raw: RawRepositoryHistory, current: ReadonlySet<string>): { since?: Record<string, string> } {
  const lines = Object.entries(raw.changes).filter(([tag]) => current.has(tag) && /^\d+\.\d+$/.test(tag));
  const since = Object.fromEntries(lines.flatMap(([tag, changes]) => (changes[0] ? [[tag, changes[0].from]] : [])));
  return lines.length > 0 ? { since } : {};
}

/** `3.13` to `0 debian:12 6 debian:13 11`: from patch 0 on Debian 12, from 6 on Debian 13, read up to patch 11. */
function importPatches({ changes, patch: raw = {} }: RawRepositoryHistory): Record<string, Record<string, string>> {
  const shapes: Record<string, Record<string, string>> = {};
  for (const [shape, byBase] of Object.entries(raw)) {
    const lines = new Map<string, Map<number, string>>();
    for (const [base, versions] of Object.entries(byBase)) {
      for (const version of versions) {
        const match = /^(\d+(?:\.\d+)*)\.(\d+)(?:_\d+)?$/.exec(version);
        if (!match?.[1]) continue;
        const line = lines.get(match[1]) ?? new Map<number, string>();
        line.set(Number(match[2]), baseOf(base, raw) ?? '?');
        lines.set(match[1], line);
      }
    }
    const moved = [...lines].filter(([line, patches]) => {
      const last = changes[shape ? `${line}-${shape}` : line]?.at(-1)?.base;
      const bases = new Set([...patches.values(), (last && baseOf(last, raw)) ?? '?']);
      return bases.size > 1 || bases.has('?');
    });
    shapes[shape] = Object.fromEntries(moved.map(([line, patches]) => [line, toSteps(patches)]));
  }
  return shapes;
}

/** A patch number that no tag had, between two bases, gets `?`, so that nothing is told about it. */
function toSteps(patches: ReadonlyMap<number, string>): string {
  const numbers = [...patches.keys()].sort((left, right) => left - right);
  const last = numbers.at(-1) ?? 0;
  const steps: string[] = [];
  let current: string | null = null;
  for (const [index, patch] of numbers.entries()) {
    const base = patches.get(patch) ?? '?';
    const before = numbers[index - 1];
    if (base === current) continue;
    if (before !== undefined && before + 1 < patch) steps.push(`${before + 1} ?`);
    steps.push(`${patch} ${base}`);
    current = base;
  }
  return `${steps.join(' ')} ${last}`;
}

/**
 * `debian:bookworm` and `alpine:3.19` as the catalog writes them. A base that is a patch release of the same image
 * (`nginx:1.27.5-alpine-slim`) is followed; null for what is not a release in the end.
 */
function baseOf(text: string, patch: RawRepositoryHistory['patch'] = {}): string | null {
  const [id = '', name = ''] = text.split(':');
  if (/^(?:debian|ubuntu|alpine|amazonlinux|oraclelinux|rhel)$/.test(id)) {
    const version = codenames[name.replace(/-slim$/, '')] ?? name;
    return /^(?:\d+(?:\.\d+)?|unstable)$/.test(version) ? `${id}:${version}` : null;
  }
  const own = /^(\d+(?:\.\d+)+)(?:-(.+))?$/.exec(name);
  const bases = Object.entries(patch[own?.[2] ?? ''] ?? {});
  const followed = bases.find(([base, versions]) => base !== text && versions.includes(own?.[1] ?? ''));
  return followed ? baseOf(followed[0]) : null;
}
