import type { RepositoryData } from '../../../server/src/catalog/data-model.js';
import { readTag } from '../../../server/src/catalog/tag-words.js';
import type { CatalogFiles, Problem } from './problem.js';

/** What takes facts from a distribution release names one that distributions.json has; releases are listed once. */
export function checkReleases({ vendors, distributions }: CatalogFiles): Problem[] {
  const names = distributions.releases.map(({ id, version }) => `${id}:${version}`);
  const known = new Set(names);
  const repeated = names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((key) => ({ file: 'distributions.json', key, message: `The release '${key}' is listed twice.` }));
  const unknown = vendors.flatMap(({ file, data }) =>
    Object.entries(data.repositories).flatMap(([key, repository]) =>
      releasesOf(repository)
        .filter((name) => !known.has(name))
        .map((name) => ({ file, key, message: `distributions.json has no release '${name}'.` })),
    ),
  );
  return [...repeated, ...unknown, ...vendors.flatMap(({ file, data }) => misplacedTags(file, data.repositories))];
}

/** `3.14-slim-trixie` in a row that is on Debian 12. */
function misplacedTags(file: string, repositories: Readonly<Record<string, RepositoryData>>): Problem[] {
  return Object.entries(repositories).flatMap(([name, { shared, images }]) =>
    images.flatMap((row) => {
      const os = row.os ?? shared.os;
      return (row.tags?.split(' ') ?? []).flatMap((tag): Problem[] => {
        const { release } = readTag(tag);
        const stated = release && `${release.id}:${release.version}`;
        if (!os || !stated || stated === os) return [];
        return [{ file, key: `${name}:${tag}`, message: `The tag names ${stated}, and the image is on ${os}.` }];
      });
    }),
  );
}

/** Tags that have left may be on a release that was never read: then only their name is told. */
function releasesOf({ shared, images }: RepositoryData): string[] {
  const own = images
    .map((row) => ({ ...shared, ...row }))
    .flatMap(({ os, ofRelease }) => (ofRelease && os ? [os] : []));
  return [...new Set(own)];
}
