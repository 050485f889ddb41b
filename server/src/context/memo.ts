import type { SourceFile } from '../text/source-file.js';

/** A reader that reads each file, or what was read of it, once: a change of the file makes a new object. */
export function memo<K extends object = SourceFile, T = unknown>(read: (file: K) => T): (file: K) => T {
  const kept = new WeakMap<K, { readonly value: T }>();
  return (file) => {
    const found = kept.get(file) ?? { value: read(file) };
    kept.set(file, found);
    return found.value;
  };
}
