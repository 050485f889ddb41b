import type { CatalogRepository } from '../../catalog/catalog.js';
import type { ImageData } from '../../catalog/data-model.js';
import { findRelease, type Release } from '../../catalog/releases.js';
import { describe } from '../../catalog/sentences.js';
import { indexTags } from '../../catalog/tag-index.js';
import { compareVersions, isWindowsTag, readTag } from '../../catalog/tag-words.js';
import { weigh } from './tag-weight.js';
import type { Wish } from './wish.js';

/** `system`: the distribution as people say it, `Debian 13`; empty when not known. */
export type UsefulTag = { readonly tag: string; readonly system: string };

export type TagOrder = { readonly wish: Pick<Wish, 'role' | 'version'>; readonly today: string };

/**
 * The listed tags of a repository that are still built on a supported release, the most useful first: tags of a version
 * line that name their release, then lines, then shorter and longer versions, then tags that move between versions.
 */
export function usefulTags(repository: CatalogRepository, { wish, today }: TagOrder): readonly UsefulTag[] {
  const rows = rowsOf(repository).filter((row) => isCurrent(row, today));
  return [...rows].sort((a, b) => compareRows(a, b, wish)).map(({ tag, os }) => ({ tag, system: systemTitle(os) }));
}

/** How many numbers of a version decide whether a program of that language still runs. */
export function partsOfLanguage(language: string): number {
  return ['python', 'php', 'ruby', 'dotnet', 'aspnetcore', 'perl', 'elixir'].includes(language) ? 2 : 1;
}

type Row = {
  readonly tag: string;
  readonly version: string | null;
  /** 0 for a tag of a version line, 1 for a shorter or longer version, 2 for none, 3 for one that is not finished. */
  readonly kind: number;
  /** `debian:13`, null for none and for what was not read. */
  readonly os: string | null;
  /** YYYY-MM-DD of the distribution release; empty when it was not read. */
  readonly released: string;
  readonly namesRelease: boolean;
  readonly build: number;
  readonly run: number;
  /** YYYY-MM-DD: the first end of support that is known; null when none is. */
  readonly ends: string | null;
  readonly isGivenUp: boolean;
};

/** Made once for a repository: typing asks for them again and again. */
const known = new WeakMap<object, readonly Row[]>();

function rowsOf(repository: CatalogRepository): readonly Row[] {
  const found = known.get(repository.data);
  if (found) return found;
  const { exact, moving } = indexTags(repository);
  const tags = [...exact].filter(([tag]) => tag !== '' && !moving.has(tag) && !isWindowsTag(tag));
  const names = tags.map(([tag]) => tag);
  const depth = depthOf(repository, names);
  const rows = tags.map(([tag, image]) => rowOf(repository, { tag, image, depth }));
  known.set(repository.data, rows);
  return rows;
}

/** How many numbers name a version line: those that matter to the language, or as few as tell two lines apart. */
function depthOf({ data }: CatalogRepository, tags: readonly string[]): number {
  const versions = tags.filter((tag) => !unfinished.test(tag)).flatMap((tag) => readTag(tag).version ?? []);
  const lines = (depth: number) => new Set(versions.filter((version) => version.split('.').length === depth)).size;
  const parts = partsOfLanguage(data.language ?? '');
  if (parts > 1 && lines(parts) > 0) return parts;
  return [1, 2, 3].find((depth) => lines(depth) > 1) ?? data.lineDepth ?? 1;
}

const unfinished =
  /(?:^|[-_.\d])(?:a|alpha|b|beta|rc|dev|ea|preview|candidate|edge|tip|unstable|nightly|devel|rawhide|testing|sid)\d*(?:$|[-_])/i;

type Tagged = { readonly tag: string; readonly image: ImageData; readonly depth: number };

function rowOf({ data }: CatalogRepository, { tag, image, depth }: Tagged): Row {
  const { version, release, rest } = readTag(tag);
  const os = image.os ?? data.shared.os ?? null;
  const system = systemOf(os);
  // A code name is the version of an image that is a distribution, and of no other.
  const line = version ?? (data.language === undefined ? (release?.version ?? null) : null);
  const isVariant = image.flavor === 'dev';
  const isUnfinished = (!isVariant && unfinished.test(tag)) || isUnreleased(system);
  const status = image.status ?? data.shared.status;
  const ends = [image.eol, data.shared.eol, version && lineEnd(data.lines, version), system?.ltsEol ?? system?.eol];
  return {
    tag,
    version: line,
    kind: isUnfinished ? 3 : line === null ? 2 : Number(version !== null && version.split('.').length !== depth),
    os,
    released: system?.released ?? '',
    namesRelease: release !== null,
    ...weigh(rest),
    ends: ends.filter((end) => typeof end === 'string').sort()[0] ?? null,
    isGivenUp: status === 'retired' || status === 'deprecated',
  };
}

function systemOf(os: string | null): Release | null {
  const [id = '', version = ''] = os?.split(':') ?? [];
  return findRelease(id, version);
}

/** Debian and Ubuntu publish images of a release long before it is one. */
function isUnreleased(system: Release | null): boolean {
  return system !== null && ['debian', 'ubuntu'].includes(system.id) && system.released === null;
}

function systemTitle(os: string | null): string {
  const [id, version] = os?.split(':') ?? [];
  if (!id) return '';
  const isRolling = id === 'wolfi' || id === 'chainguard';
  return describe.os({ id, version: isRolling ? null : (version ?? null), codename: null });
}

function lineEnd(lines: Readonly<Record<string, string>> | undefined, version: string): string | null {
  const parts = version.split('.');
  for (let length = parts.length; length > 0; length--) {
    const end = lines?.[parts.slice(0, length).join('.')];
    if (end) return end;
  }
  return null;
}

function isCurrent({ ends, isGivenUp }: Row, today: string): boolean {
  return !isGivenUp && (ends === null || ends > today);
}

function compareRows(a: Row, b: Row, { role, version }: TagOrder['wish']): number {
  const strange = (row: Row) => Number(version !== null && !(row.version !== null && isOfLine(row.version, version)));
  const fit = ({ build, run }: Row) => (role === 'build' ? build : run);
  return (
    Number(a.kind === 3) - Number(b.kind === 3) ||
    strange(a) - strange(b) ||
    a.kind - b.kind ||
    newer(a.version, b.version) ||
    fit(a) - fit(b) ||
    compareText(b.released, a.released) ||
    Number(b.namesRelease) - Number(a.namesRelease) ||
    a.tag.length - b.tag.length ||
    compareText(b.tag, a.tag)
  );
}

function newer(a: string | null, b: string | null): number {
  return a === null || b === null ? 0 : compareVersions(b, a);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `3.13.5` is of the line 3.13, and `22` of 22.23. */
function isOfLine(version: string, line: string): boolean {
  return version === line || version.startsWith(`${line}.`) || line.startsWith(`${version}.`);
}
