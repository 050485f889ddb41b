import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
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

/** A package that a list asks for; `marker` is its condition (PEP 508), null where it has none. */
export type Demand = { readonly name: string; readonly version: string | null; readonly marker: string | null };

export function normalName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}
