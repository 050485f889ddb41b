/** JSON texts by key; a table of texts is a table of parts again. */
export type Texts = { readonly [key: string]: string | Texts };

/** A data file whose parts are read when they are first asked for. `esbuild.mjs` gives the bundles every file as one. */
export function inParts(texts: Texts): object {
  const parts = {};
  for (const [key, text] of Object.entries(texts)) {
    const give = (value: unknown): object => Object.defineProperty(parts, key, { value, enumerable: true });
    if (typeof text !== 'string') {
      give(inParts(text));
      continue;
    }
    const get = (): unknown => {
      const value: unknown = JSON.parse(text);
      give(value);
      return value;
    };
    Object.defineProperty(parts, key, { get, enumerable: true, configurable: true });
  }
  return parts;
}
