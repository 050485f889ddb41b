import type { DistributionData, ImageData } from '../../server/src/catalog/data-model.js';
import type { VendorFile } from './vendor-file.js';

type Job = { file: VendorFile; distributions: DistributionData; name: string; known: ReadonlySet<string> };

/** Releases that the library no longer lists but whose images can still be pulled. */
export function olderReleases({ file, distributions, name, known }: Job): ImageData[] {
  if (!['debian', 'ubuntu', 'alpine'].includes(name)) return [];
  const releases = distributions.releases.filter(
    ({ id, version, eol }) => id === name && !known.has(version) && eol !== undefined,
  );
  return releases.map(({ id, version, codename, source }) => ({
    tags: [version, ...(codename ? [codename] : [])]
      .flatMap((tag) => (id === 'debian' ? [tag, `${tag}-slim`] : [tag]))
      .join(' '),
    os: `${id}:${version}`,
    ofRelease: true,
    user: '0',
    entrypoint: null,
    workdir: '/',
    runtime: null,
    status: 'retired',
    source: file.source(distributions.sources[source] ?? ''),
  }));
}
