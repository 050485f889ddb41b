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

/**
 * A commit (or the one before it, `^`), a release tag or a dated branch of a repository, then the path unless the commit
 * itself is what was read.
 */
const inRepository = /^[\w.-]+\/[\w.-]+@[\w.-]*\d[\w.-]*\^?(?::\S+)?(?: .+)?$/;
const branch = /^[\w.-]+\/[\w.-]+ branch \S+ .*\(\d{4}-\d\d-\d\d\)$/;
const address = /^https:\/\/[\w.-]+\.[a-z]+(?:\/\S*)?(?: .+)?$/;

function isTraceable(source: unknown): boolean {
  return typeof source === 'string' && [inRepository, branch, address].some((form) => form.test(source));
}
