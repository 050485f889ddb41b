import { indexLines, lineAt } from './text/lines.js';
import type { SourceFile } from './text/source-file.js';
import type { Span } from './text/span.js';

/** What we believe, and why. "Not known" is an answer; a guess is not. `null` as a value means "known to be absent". */
export type Fact<T> = Known<T> | Unknown;
export type Known<T> = { readonly known: true; readonly value: T; readonly because: readonly Evidence[] };
export type Unknown = { readonly known: false; readonly because: readonly Evidence[] };

export type Evidence =
  /** This piece of the document did it. */
  | { readonly kind: 'instruction'; readonly span: Span; readonly note: string }
  /**
   * The catalog says so; `source` is an address or repo@commit:path, `date` (YYYY-MM-DD) is when it was read. `date` is
   * null for what the user wrote down in the file `source`.
   */
  | {
      readonly kind: 'catalog';
      readonly image: string;
      readonly source: string;
      readonly date: string | null;
      readonly note: string;
    }
  /** This piece of another file of the workspace says so. */
  | { readonly kind: 'file'; readonly file: SourceFile; readonly span: Span; readonly note: string }
  /** A documented default of Docker or of a tool. */
  | { readonly kind: 'docker'; readonly note: string };

export function known<T>(value: T, ...because: Evidence[]): Known<T> {
  return { known: true, value, because };
}

export function unknown(...because: Evidence[]): Unknown {
  return { known: false, because };
}

export function byInstruction(span: Span, note: string): Evidence {
  return { kind: 'instruction', span, note };
}

export function byFile(file: SourceFile, span: Span, note: string): Evidence {
  return { kind: 'file', file, span, note };
}

/** `app/package-lock.json:12` */
export function placeText({ file, span }: Evidence & { kind: 'file' }): string {
  return `${file.path}:${lineAt(indexLines(file.text), span.start) + 1}`;
}

export function byDocker(note: string): Evidence {
  return { kind: 'docker', note };
}

/** Known, and known to be nothing. */
export function knownAbsent<T>(fact: Fact<T | null>): fact is Known<null> {
  return fact.known && fact.value === null;
}

/** Known, and known to be something. */
export function knownPresent<T>(fact: Fact<T | null>): fact is Known<T & {}> {
  return fact.known && fact.value !== null;
}

export function knownTrue(fact: Fact<boolean>): fact is Known<true> {
  return fact.known && fact.value;
}

export function knownFalse(fact: Fact<boolean>): fact is Known<false> {
  return fact.known && !fact.value;
}

export function valueOf<T>(fact: Fact<T>): T | undefined {
  return fact.known ? fact.value : undefined;
}

export function mapFact<T, U>(fact: Fact<T>, change: (value: T) => U): Fact<U> {
  return fact.known ? { known: true, value: change(fact.value), because: fact.because } : fact;
}

/** The same fact with one more reason behind it. */
export function withEvidence<T>(fact: Fact<T>, ...more: Evidence[]): Fact<T> {
  return { ...fact, because: [...fact.because, ...more] };
}
