import { byFile, type Evidence } from '../fact.js';
import type { SourceFile } from '../text/source-file.js';
import type { Span } from '../text/span.js';

/** A package that a project file names. */
export type UsedPackage = {
  /** `Microsoft.Data.SqlClient`, `org.rocksdb:rocksdbjni`. */
  readonly name: string;
  /** Null when it is not written, or not in full. */
  readonly version: string | null;
  /** The variant of a Java artifact that is asked for (`linux-x86_64`). */
  readonly classifier?: string;
  readonly file: SourceFile;
  readonly span: Span;
};

/** The place in the project's files that names the package. */
export function byPackage({ name, file, span }: UsedPackage): Evidence {
  return byFile(file, span, `The project uses '${name}'.`);
}

/** True when a dotted version is lower than another; what is not a number counts as 0. */
export function isBelow(version: string, limit: string): boolean {
  const [own, other] = [numbersOf(version), numbersOf(limit)];
  for (let index = 0; index < Math.max(own.length, other.length); index++) {
    const difference = (own[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function numbersOf(version: string): number[] {
  return (/^\d+(\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number);
}
