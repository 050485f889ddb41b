import type { ComparisonRow } from '../../../server/src/protocol.js';

export type ColumnId =
  | 'reference'
  | 'family'
  | 'libc'
  | 'shell'
  | 'packageManager'
  | 'user'
  | 'entrypoint'
  | 'contains'
  | 'size'
  | 'packageCount'
  | 'eol'
  | 'access'
  | 'signing'
  | 'architectures'
  | 'source';

/** Null stands for the order of advice. */
export type Sort = { readonly column: ColumnId; readonly direction: 'ascending' | 'descending' } | null;

export const toggles = ['noShell', 'notRoot', 'public', 'glibc', 'musl'] as const;
export type Toggle = (typeof toggles)[number];

export type Filter = { readonly text: string; readonly toggles: readonly Toggle[] };

/** Rows that pass the filter. The present base stays, to compare with; what is not known passes no toggle. */
export function filterRows(rows: readonly ComparisonRow[], filter: Filter): ComparisonRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => row.isPresent || (hasWords(row, words) && passesToggles(row, filter.toggles)));
}

/** Sorted rows; what is not known comes last in both directions, and equal rows keep the order of advice. */
export function sortRows(rows: readonly ComparisonRow[], sort: Sort): readonly ComparisonRow[] {
  if (!sort) return rows;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return rows.toSorted((left, right) => {
    const [a, b] = [keyOf(left, sort.column), keyOf(right, sort.column)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * compareKeys(a, b);
  });
}

/** What a click on the header of a column leads to: ascending, descending, the order of advice. */
export function nextSort(sort: Sort, column: ColumnId): Sort {
  if (sort?.column !== column) return { column, direction: 'ascending' };
  return sort.direction === 'ascending' ? { column, direction: 'descending' } : null;
}

/** `2.1 MB`, `43 MB`, `1,240 MB`. */
export function sizeText(megabytes: number): string {
  const rounded = megabytes < 10 ? Math.round(megabytes * 10) / 10 : Math.round(megabytes);
  return `${rounded.toLocaleString('en')} MB`;
}

/** What a row is sorted by; null for what is not known. */
export function keyOf(row: ComparisonRow, column: ColumnId): string | number | null {
  switch (column) {
    case 'size':
      return row.size?.compressedMB ?? null;
    case 'contains':
      return row.contains.length + row.lacks.length > 0 ? row.contains.length : null;
    case 'signing':
      return [row.signing, row.attestations].filter((part) => part !== null).join(' ') || null;
    case 'architectures':
      return row.architectures?.length ?? null;
    case 'source':
      return row.read;
    case 'reference':
    case 'family':
    case 'libc':
    case 'shell':
    case 'packageManager':
    case 'user':
    case 'entrypoint':
    case 'packageCount':
    case 'eol':
    case 'access':
      return row[column];
  }
}

function compareKeys(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

function hasWords(row: ComparisonRow, words: readonly string[]): boolean {
  const { reference, family, libc, shell, packageManager, user, contains, why } = row;
  const text = [reference, family, libc, shell, packageManager, user, ...contains, why].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

function passesToggles(row: ComparisonRow, wanted: readonly Toggle[]): boolean {
  const libcs = wanted.filter((toggle) => toggle === 'glibc' || toggle === 'musl');
  if (libcs.length > 0 && !libcs.some((libc) => row.libc?.startsWith(libc))) return false;
  if (wanted.includes('noShell') && row.shell !== 'none') return false;
  if (wanted.includes('notRoot') && (row.user === null || /^(?:root|0)\b/.test(row.user))) return false;
  return !wanted.includes('public') || (row.access !== null && /^public\b/.test(row.access));
}
