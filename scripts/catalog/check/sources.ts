import { isTraceable } from '../source-text.js';
import type { CatalogFiles, Problem } from './problem.js';

/** Every source can be looked up: `owner/repository@commit:path` or an address, with a remark behind it if need be. */
export function checkSources({ vendors, distributions }: CatalogFiles): Problem[] {
  const files = [...vendors, { file: 'distributions.json', data: distributions }];
  return [
    ...files.flatMap(({ file, data }) =>
      data.sources.flatMap((source, index) =>
        isTraceable(source) ? [] : [{ file, key: `sources[${index}]`, message: `'${source}' cannot be looked up.` }],
      ),
    ),
    ...distributions.releases
      .filter(({ source }) => !(source in distributions.sources))
      .map(({ id, version }) => ({
        file: 'distributions.json',
        key: `${id}:${version}`,
        message: `'${id}:${version}' has no source.`,
      })),
  ];
}
