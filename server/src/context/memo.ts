import type { SourceFile } from '../text/source-file.js';

/** A reader that reads each file once: a change of the file makes a new object. */
export function memo<T>(read: (file: SourceFile) => T): (file: SourceFile) => T {
  const kept = new WeakMap<SourceFile, { readonly value: T }>();
  return (file) => {
    const found = kept.get(file) ?? { value: read(file) };
    kept.set(file, found);
    return found.value;
  };
}
