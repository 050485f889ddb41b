import type { ImageData } from '../catalog/data-model.js';
import type { JsonEntry, JsonNode } from './json.js';
import type { Report } from './problem.js';
import * as values from './values.js';
import type { Read } from './values.js';

/** What is written about an image: the words of `ImageData`, with the values themselves for its indices. */
export type Description = Omit<ImageData, 'contents' | 'env' | 'note' | 'architectures' | 'source' | 'lasting'> & {
  readonly contents?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly note?: string;
  readonly architectures?: string;
};

type Readers<T> = { readonly [K in keyof Required<T>]: Read<Exclude<T[K], undefined>> };

export const imageReaders: Readers<Description> = {
  tags: values.tags,
  like: values.reference,
  os: values.orNull(values.os),
  ofRelease: values.truth,
  libc: values.libc,
  shells: values.paths,
  packageManager: values.orNull(values.oneOf(['apt', 'apk', 'dnf', 'microdnf', 'yum', 'tdnf', 'zypper', 'pacman'])),
  user: values.user,
  accounts: values.accounts,
  users: values.accounts,
  workdir: values.path,
  env: values.env,
  entrypoint: values.orNull(values.argv),
  cmd: values.orNull(values.argv),
  runtime: values.orNull(values.runtime),
  contents: values.things,
  closed: values.truth,
  files: values.paths,
  purpose: values.oneOf(['static', 'base', 'runtime', 'build', 'application']),
  flavor: values.oneOf(['debug', 'dev']),
  status: values.oneOf(['supported', 'deprecated', 'retired']),
  eol: values.day,
  replacement: values.reference,
  dev: values.reference,
  production: values.reference,
  debug: values.reference,
  nonroot: values.reference,
  fips: values.reference,
  isFips: values.truth,
  access: values.oneOf(['public', 'free-login', 'subscription']),
  signing: values.text,
  attestations: values.text,
  size: values.size,
  packageCount: values.count,
  architectures: values.platforms,
  note: values.text,
};

/** What is written about the repository as a whole. */
export type RepositoryDescription = {
  readonly title?: string;
  readonly vendor?: string;
  readonly family?: string;
  readonly docs?: string;
};

export const repositoryReaders: Readers<RepositoryDescription> = {
  title: values.text,
  vendor: values.text,
  family: values.family,
  docs: values.page,
};

/** Keys that hold other objects or names, beside those of the readers. */
export const repositoryKeys = ['names', 'images'] as const;
export const fileKeys = ['$schema', 'images', 'mirrors', 'prefer'] as const;

/** The entries that `readers` know, read; others are left to `others`, and reported when that does not know them. */
export function readFields<T>(
  entries: readonly JsonEntry[],
  { readers, others, report }: { readers: Readers<T>; others: readonly string[]; report: Report },
): Partial<T> {
  const found = new Map<string, unknown>();
  const known = Object.keys(readers);
  const seen = new Set<string>();
  for (const { key, keySpan, value } of entries) {
    if (seen.has(key)) report(keySpan, () => values.twice(key));
    seen.add(key);
    if (known.includes(key))
      found.set(key, (readers as Readers<Record<string, unknown>>)[key]?.(value, { key, report }));
    else if (!others.includes(key)) report(keySpan, () => strayKey(key, [...known, ...others]));
  }
  const read = [...found].filter(([, value]) => value !== undefined);
  return Object.fromEntries(read) as Partial<T>;
}

/** The value of a key that `readFields` leaves alone. */
export function entryOf(entries: readonly JsonEntry[], key: string): JsonNode | null {
  return entries.find((entry) => entry.key === key)?.value ?? null;
}

export function strayKey(key: string, known: readonly string[]): string {
  const near = known.find((one) => isNear(key, one));
  const short = values.quoted(key);
  if (near) return `There is no key ${short} here: write '${near}'.`;
  return known.length > 8
    ? `There is no key ${short} here.`
    : `There is no key ${short} here: the keys are ${known.join(', ')}.`;
}

/** The same but for case, or one letter that is missing, added, changed or exchanged. */
function isNear(key: string, known: string): boolean {
  const [a, b] = [key.toLowerCase(), known.toLowerCase()];
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return (
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB.slice(1) ||
    (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  );
}
