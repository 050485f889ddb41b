import { readFile } from 'node:fs/promises';

/**
 * The data of the catalog as texts that are parsed part by part, a repository at a time: nothing is read at the start
 * but the names. JSON.parse reads a text several times faster than the JavaScript parser reads the same as an object.
 *
 * @param {(text: string) => string} change what is bundled instead of a file's text
 * @returns {import('esbuild').Plugin}
 */
export function catalogData(change = (text) => text) {
  return {
    name: 'catalog-data',
    setup(build) {
      build.onLoad({ filter: /[\\/]catalog[\\/]data[\\/][\w-]+\.json$/ }, async ({ path }) => {
        const data = JSON.parse(change(await readFile(path, 'utf8')));
        const texts = mapValues({ ...data, ...namesIn(data) }, (value, key) =>
          key === 'repositories' ? mapValues(value, (repository) => JSON.stringify(repository)) : JSON.stringify(value),
        );
        const contents = `import { inParts } from '../parts.ts';\nexport default inParts(${JSON.stringify(texts)});`;
        return { contents, loader: 'js' };
      });
    },
  };
}

/** The other names of the repositories, apart from these. */
function namesIn({ repositories }) {
  if (!repositories) return {};
  const named = Object.entries(repositories).filter(([, { names }]) => names);
  return { names: Object.fromEntries(named.map(([key, { names }]) => [key, names])) };
}

function mapValues(table, change) {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, change(value, key)]));
}
