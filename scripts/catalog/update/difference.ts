import type { Edit } from './edits.js';

/** How an upstream repository differs from the data. Without an `edit` it is for a person to look at. */
export type Difference = {
  readonly kind: 'added' | 'removed' | 'changed';
  /** What differs: `gcr.io/distroless/cc:debug user`, `debian:13 eol`. */
  readonly key: string;
  /** In the words of the data files; null where there is nothing. */
  readonly from: string | null;
  readonly to: string | null;
  /** Path in the upstream repository. */
  readonly upstream: string;
  readonly edit?: Edit;
};

/** What one upstream repository says. `unread` are things that could not be read, one sentence each. */
export type Reading = { readonly differences: readonly Difference[]; readonly unread: readonly string[] };

export type ReadFile = (path: string) => string | null;

/** The files of an upstream repository at one commit. `list` gives the paths of all files below a folder, sorted. */
export type Upstream = {
  readonly read: ReadFile;
  readonly list: (folder: string) => readonly string[];
  /** Both null when the folder is no git checkout. The day (YYYY-MM-DD) is that of the commit. */
  readonly commit: string | null;
  readonly day: string | null;
};

/** One line a difference: `changed  debian:13 eol: 2028-08-09 → 2028-08-10  (products/debian.md)`. */
export function toLine({ kind, key, from, to, upstream, edit }: Difference): string {
  const value =
    kind === 'changed' ? `: ${from ?? 'not known'} → ${to ?? 'none'}` : valueOf(kind === 'added' ? to : from);
  return `${kind.padEnd(8)} ${key}${value}  (${upstream})${edit ? '' : '  not written'}`;
}

function valueOf(text: string | null): string {
  return text === null ? '' : `: ${text}`;
}
