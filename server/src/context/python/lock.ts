import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { plainString, stringSpan, type Entry } from './toml-blocks.js';
import type { Wheel } from './wheel.js';

/** A package at the version that a lock file names. */
export type LockedPackage = {
  /** Normalised: https://packaging.python.org/en/latest/specifications/name-normalization/ */
  readonly name: string;
  readonly version: string;
  readonly file: SourceFile;
  /** Where its name stands. */
  readonly span: Span;
  /** Null where the lock does not list the files: a package from a repository, a folder, or by hashes alone. */
  readonly files: LockedFiles | null;
};

export type LockedFiles = {
  readonly wheels: readonly Wheel[];
  /** A source archive is among them. */
  readonly hasSource: boolean;
};

/** The name and the version in the table of a package; null for a table without a name. */
export function readNamed(file: SourceFile, entries: ReadonlyMap<string, Entry>): Omit<LockedPackage, 'files'> | null {
  const named = entries.get('name');
  const name = plainString(named);
  if (!named || name === null) return null;
  const version = plainString(entries.get('version')) ?? '';
  return { name: normalName(name), version, file, span: stringSpan(named) };
}

/** A package that a list asks for; `marker` is its condition (PEP 508), null where it has none. */
export type Demand = { readonly name: string; readonly version: string | null; readonly marker: string | null };

/** As package indexes compare names: `Foo.Bar_baz` is `foo-bar-baz`. */
export function normalName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}
