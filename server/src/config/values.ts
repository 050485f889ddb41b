import { listFamilies } from '../catalog/families.js';
import { list } from '../text/list.js';
import { findRelease } from '../catalog/releases.js';
import { parseReference } from '../catalog/reference.js';
import { shorten, type JsonNode } from './json.js';
import type { Report } from './problem.js';

/** The key that a value is written for, and who is told when it is wrong. */
export type Place = { readonly key: string; readonly report: Report };

/** Reads a value; undefined when it is wrong, which is reported. */
export type Read<T> = (node: JsonNode, at: Place) => T | undefined;

export const text: Read<string> = (node, at) =>
  node.kind === 'text' && node.value.trim() !== '' ? node.value : wrong(node, 'a text', at);

export const truth: Read<boolean> = (node, at) =>
  node.kind === 'boolean' ? node.value : wrong(node, 'true or false', at);

export const count: Read<number> = (node, at) =>
  node.kind === 'number' && Number.isSafeInteger(node.value) && node.value >= 0
    ? node.value
    : wrong(node, 'a whole number', at);

export const day = matching(isDay, "a day, such as '2027-04-30'");
export const path = matching((value) => pathPattern.test(value), "a path that begins with '/'");
export const page = matching(
  (value) => /^https:\/\/[^\s()<>]{1,500}$/.test(value),
  "an address that begins with 'https://'",
);
export const reference = matching(isReference, "an image reference, such as 'debian:13-slim'");
export const libc = matching(
  (value) => /^(?:none|(?:glibc|musl|uclibc)(?::\d{1,4}(?:\.\d{1,4}){0,3})?)$/.test(value),
  "'glibc:2.41', 'glibc', 'musl' or 'none'",
);

/** In the data a user without a number has a colon behind the name. */
export const user: Read<string> = (node, at) => {
  if (node.kind === 'number' && Number.isSafeInteger(node.value) && node.value >= 0) return String(node.value);
  const match = node.kind === 'text' ? accountPattern.exec(node.value) : null;
  if (!match) return wrong(node, "a name, a number, or both as 'app:10001'", at);
  const [, name = '', uid] = match;
  if (uid === undefined) return /^\d+$/.test(name) ? name : `${name}:`;
  return /^\d+$/.test(name) ? wrong(node, "a name, a number, or both as 'app:10001'", at) : `${name}:${uid}`;
};

/** `debian:trixie` becomes `debian:13`. */
export const os: Read<string> = (node, at) => {
  const match = node.kind === 'text' ? /^([a-z][a-z-]{0,30})(?::([\w.]{1,30}))?$/.exec(node.value) : null;
  if (!match) return wrong(node, "a distribution with its release, such as 'debian:13', or null for none", at);
  const [whole, id = '', version] = match;
  const release = version === undefined ? null : findRelease(id, version);
  return release?.id === id ? `${id}:${release.version}` : whole;
};

/** `node 24 /usr/bin/node`, or the first parts of it. */
export const runtime: Read<string> = (node, at) => {
  const match =
    node.kind === 'text'
      ? /^([a-z][a-z0-9+.-]{0,30})(?: ([\w.*-]{1,30}))?(?: (\/\S{1,200}|-))?$/.exec(node.value)
      : null;
  if (!match)
    return wrong(node, "a language with version and path, such as 'node 24 /usr/bin/node', or null for none", at);
  const [, name = '', version = '-', place = '-'] = match;
  return `${name} ${version} ${place}`;
};

export const argv: Read<readonly string[]> = (node, at) => {
  const items = node.kind === 'list' ? node.items.flatMap((item) => (item.kind === 'text' ? [item.value] : [])) : null;
  if (node.kind === 'list' && items?.length === node.items.length) return items;
  return wrong(node, 'a list of texts, such as ["/app/server"], or null for none', at);
};

export const env: Read<Readonly<Record<string, string>>> = (node, at) => {
  const expected = 'an object of names and texts, such as { "LANG": "C.UTF-8" }';
  if (node.kind !== 'object') return wrong(node, expected, at);
  const variables = new Map<string, string>();
  for (const { key: name, value, keySpan } of node.entries) {
    if (value.kind !== 'text') return wrong(value, expected, at);
    if (!/^[^\s=\p{Cc}]{1,200}$/u.test(name)) at.report(keySpan, () => `'${shorten(name)}' is no name of a variable.`);
    if (variables.has(name)) at.report(keySpan, () => twice(name));
    variables.set(name, value.value);
  }
  return Object.fromEntries(variables);
};

/** Compressed megabytes, and the day they were measured. */
export const size: Read<readonly [number, string]> = (node, at) => {
  const [megabytes, measured] = node.kind === 'list' && node.items.length === 2 ? node.items : [];
  if (megabytes?.kind === 'number' && megabytes.value > 0 && measured?.kind === 'text' && isDay(measured.value))
    return [megabytes.value, measured.value];
  return wrong(node, 'compressed megabytes and the day they were measured, such as [28.2, "2026-11-01"]', at);
};

export const paths = words((word) => pathPattern.test(word), "paths, such as '/bin/sh'");
export const tags = words((word) => /^\w[\w.-]{0,127}$/.test(word), "tags, such as '1.4' and 'latest'");
export const platforms = words(
  (word) => /^[a-z0-9/_-]{1,30}$/.test(word),
  "architectures, such as 'amd64' and 'arm64'",
);
export const things = words(
  (word) => /^-?[A-Za-z0-9_/[][\w.+/[-]{0,100}$/.test(word),
  "what the image holds, such as 'curl' and 'ca-certificates', with a minus for what it does not hold",
);

/** The colon is there in the data, also where no number is. */
export const accounts: Read<string> = (node, at) => {
  const names = words(
    (word) => accountPattern.test(word) && !/^\d+(?::|$)/.test(word),
    "accounts, such as 'root:0' and 'app:10001'",
  )(node, at);
  return names?.replace(/(^| )([^ :]+)(?= |$)/g, '$1$2:');
};

export function oneOf<T extends string>(choices: readonly T[]): Read<T> {
  const listed = choices.map((choice) => `'${choice}'`);
  const expected = list(listed, 'or');
  return (node, at) =>
    choices.find((choice) => node.kind === 'text' && node.value === choice) ?? wrong(node, expected, at);
}

const familyIds = listFamilies().map(({ id }) => id);

export const family: Read<string> = (node, at) => {
  const id = node.kind === 'text' ? familyIds.find((one) => one === node.value) : undefined;
  return (
    id ??
    wrong(
      node,
      `the id of a family, such as ${familyIds
        .slice(0, 3)
        .map((one) => `'${one}'`)
        .join(', ')}`,
      at,
    )
  );
};

/** The same, or null. */
export function orNull<T>(read: Read<T>): Read<T | null> {
  return (node, at) => (node.kind === 'null' ? null : read(node, at));
}

/** Says what the value should be; `undefined` is for the caller to hand on. */
export function wrong(node: JsonNode, expected: string, { key, report }: Place): undefined {
  report(node.span, () => `'${key}' is ${expected}, not ${shown(node)}.`);
  return undefined;
}

/** A name of the file for a message. */
export function quoted(name: string): string {
  return `'${shorten(name)}'`;
}

export function twice(key: string): string {
  return `'${shorten(key)}' is written twice: keep one of them.`;
}

const pathPattern = /^\/[^\s\p{Cc}]{0,300}$/u;
const accountPattern = /^([A-Za-z0-9_][\w.-]{0,60}\$?)(?::(\d{1,10}))?$/;

function matching(isRight: (value: string) => boolean, expected: string): Read<string> {
  return (node, at) => (node.kind === 'text' && isRight(node.value) ? node.value : wrong(node, expected, at));
}

/** Words of a text, or the texts of a list, joined by single spaces as the data have them. */
function words(isRight: (word: string) => boolean, expected: string): Read<string> {
  const all = `a text or a list of ${expected}`;
  return (node, at) => {
    if (node.kind === 'text') {
      const list = node.value.split(/\s+/).filter(Boolean);
      return list.every(isRight) ? list.join(' ') : wrong(node, all, at);
    }
    if (node.kind !== 'list') return wrong(node, all, at);
    const list: string[] = [];
    for (const item of node.items) {
      if (item.kind !== 'text' || !isRight(item.value)) return wrong(item, all, at);
      list.push(item.value);
    }
    return list.join(' ');
  };
}

function isReference(value: string): boolean {
  return value === 'scratch' || (value.length <= 400 && parseReference(value.replace('*', '1')) !== null);
}

function isDay(value: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) === true;
}

function shown(node: JsonNode): string {
  switch (node.kind) {
    case 'text':
      return `'${shorten(node.value)}'`;
    case 'number':
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
    default:
      return node.kind === 'list' ? 'a list' : 'an object';
  }
}
