import type { PackageData } from '../../../server/src/catalog/data-model.js';
import { compareChainguard } from './chainguard.js';
import { branchesOf, openBranch, openCheckout } from './checkout.js';
import { chiselReleases, compareSlices } from './chisel.js';
import { compareDhi } from './dhi.js';
import type { Reading, Upstream } from './difference.js';
import { compareDistroless } from './distroless.js';
import type { Editable } from './edits.js';
import { compareDates } from './endoflife.js';
import { compareOfficial } from './official.js';

/** An upstream repository that the script can be given. */
export type Source = {
  /** Name of the option. */
  readonly option: string;
  readonly repository: string;
  readonly compare: (upstream: Upstream, data: Known, folder: string) => Reading;
};

export type Known = Editable & { readonly packages: PackageData };

export const sources: readonly Source[] = [
  {
    option: 'distroless',
    repository: 'GoogleContainerTools/distroless',
    compare: ({ read }, data) => withVendor(data, 'google.json', (vendor) => compareDistroless(read, vendor)),
  },
  {
    option: 'dhi',
    repository: 'docker-hardened-images/catalog',
    compare: (upstream, data) => withVendor(data, 'dhi.json', (vendor) => compareDhi(upstream, vendor)),
  },
  {
    option: 'chainguard',
    repository: 'chainguard-images/images',
    compare: (upstream, data) => withVendor(data, 'chainguard.json', (vendor) => compareChainguard(upstream, vendor)),
  },
  {
    option: 'official',
    repository: 'docker-library/official-images',
    compare: (upstream, data) => withVendor(data, 'official.json', (vendor) => compareOfficial(upstream, vendor)),
  },
  {
    option: 'endoflife',
    repository: 'endoflife-date/endoflife.date',
    compare: ({ read }, { distributions, runtimes }) => compareDates(read, distributions, runtimes),
  },
  {
    option: 'chisel',
    repository: 'canonical/chisel-releases',
    compare: (upstream, { packages }, folder) => compareSlices(openReleases(upstream, folder), packages),
  },
];

function withVendor({ vendors }: Known, file: string, compare: (vendor: Known['vendors'][string]) => Reading): Reading {
  const vendor = vendors[file];
  return vendor ? compare(vendor) : { differences: [], unread: [`${file} is missing.`] };
}

/** Every release is a branch; a folder without git may hold one folder a branch. */
function openReleases(upstream: Upstream, folder: string): ReadonlyMap<string, Upstream> {
  const branches = branchesOf(folder);
  return new Map(
    chiselReleases.flatMap((release): [string, Upstream][] => {
      const name = `ubuntu-${release}`;
      if (upstream.list(name).length > 0) return [[release, openCheckout(`${folder}/${name}`)]];
      const branch = branches.includes(name) ? openBranch(folder, name) : null;
      return branch ? [[release, branch]] : [];
    }),
  );
}
