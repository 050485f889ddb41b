import { findRelease, releaseOfCodename, type Release } from './releases.js';

/** A tag taken apart: `3.13.5-slim-bookworm` is version 3.13.5, shape `slim`, release Debian 12. */
export type TagWords = {
  /** The leading version; null for `latest`, `slim`, `lts` and the like. */
  readonly version: string | null;
  /** What remains without version and release; `alpine` stays when its release is named. */
  readonly shape: string;
  /** The distribution release the tag names, or null. */
  readonly release: Release | null;
  /** The tag without its version. */
  readonly rest: string;
};

const named: readonly (readonly [RegExp, (match: RegExpExecArray) => Release | null, string])[] = [
  [/^alpine(3\.\d+)$/, (match) => findRelease('alpine', match[1] ?? ''), 'alpine'],
  [/^debian(\d+)$/, (match) => findRelease('debian', match[1] ?? ''), ''],
  [/^al(2023|2)$/, (match) => findRelease('amazonlinux', match[1] ?? ''), ''],
  [/^amazonlinux(2023|2)$/, (match) => findRelease('amazonlinux', match[1] ?? ''), ''],
  [/^oraclelinux(\d+)$/, (match) => findRelease('oraclelinux', match[1] ?? ''), ''],
  [/^(?:rhel-)?ubi(\d+)$/, (match) => findRelease('rhel', match[1] ?? ''), 'ubi'],
  [/^mariner(\d\.\d)$/, (match) => findRelease('mariner', match[1] ?? ''), ''],
  [/^azurelinux(\d\.\d)$/, (match) => findRelease('azurelinux', match[1] ?? ''), ''],
];

/** Words that name whatever is newest. Dates and build numbers are passed over too. */
const alias = /^(?:latest|lts|current|rolling|devel|rawhide|mainline|stable)$/;

const leadingVersion = /^(?!\d{8}(?:-|$))v?(\d+(?:\.\d+)*)(?:_\d+)?(?=-|$)/;

export function readTag(tag: string): TagWords {
  const leading = leadingVersion.exec(tag);
  const version = leading?.[1] ?? null;
  const rest = leading ? tag.slice(leading[0].length).replace(/^-/, '') : tag;
  const shape: string[] = [];
  let release: Release | null = null;
  for (const word of joinNames(rest).split('-')) {
    const found = releaseOfWord(word);
    release ??= found.release;
    if (found.shape) shape.push(found.shape);
  }
  return { version, shape: shape.join('-'), release, rest };
}

/** The version a tag begins with, or null. */
export function versionOf(tag: string): string | null {
  return leadingVersion.exec(tag)?.[1] ?? null;
}

/** Whether the tag can only name a Windows image. */
export function isWindowsTag(tag: string): boolean {
  return /(?:^|-)(?:nanoserver|windowsservercore|windows|ltsc\d{4})(?:-|$)/.test(tag);
}

/** Numeric comparison of dotted versions: negative, zero or positive. */
export function compareVersions(left: string, right: string): number {
  const a = left.split('.').map(Number);
  const b = right.split('.').map(Number);
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Some repositories write `alpine-3.22` for `alpine3.22`, and Microsoft wrote `cbl-mariner2.0`. */
function joinNames(text: string): string {
  return text.replace(/(^|-)alpine-(?=3\.\d+(?:-|$))/, '$1alpine').replace(/(^|-)cbl-(?=mariner)/, '$1');
}

function releaseOfWord(word: string): { release: Release | null; shape: string } {
  if (/^\d{4,}(?:\.\d+)?$/.test(word) || alias.test(word)) return { release: null, shape: '' };
  const release = releaseOfCodename(word);
  if (release) return { release, shape: '' };
  for (const [pattern, find, shape] of named) {
    const match = pattern.exec(word);
    if (match) return { release: find(match), shape };
  }
  return { release: null, shape: word };
}
