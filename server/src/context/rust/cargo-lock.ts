import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { memo } from '../memo.js';

/** The packages of a Cargo.lock by name; of several versions the first. */
export type CargoLock = { readonly packages: ReadonlyMap<string, CargoPackage> };

/** `span` is the line of its name. */
export type CargoPackage = { readonly version: string; readonly span: Span };

/**
 * Null for what is no lock file. It is written by Cargo, one setting a line.
 * Source: https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html
 */
export const readCargoLock = memo(({ text }: SourceFile): CargoLock | null => {
  const packages = new Map<string, CargoPackage>();
  const pattern = /^\[\[package\]\]\r?\nname = "([^"\n]*)"\r?\nversion = "([^"\n]*)"/gm;
  for (const { 0: whole, 1: name = '', 2: version = '', index } of text.matchAll(pattern)) {
    const start = index + whole.indexOf('name = ');
    if (!packages.has(name)) packages.set(name, { version, span: { start, end: start + `name = "${name}"`.length } });
  }
  return packages.size > 0 ? { packages } : null;
});
