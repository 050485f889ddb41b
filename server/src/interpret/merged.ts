import type { ImageFacts } from '../catalog/model.js';
import { rootFacts } from './bases.js';
import type { Stage } from './state.js';

/**
 * Whether /bin, /sbin and /lib are links into /usr in the base of a stage; null when it is not known. Google Distroless
 * for Debian 12 keeps them apart, although Debian 12 itself does not: mergedusr in private/repos/deb/deb.MODULE.bazel of
 * GoogleContainerTools/distroless@cd080764.
 */
export function isMerged(stage: Stage): boolean | null {
  const facts = rootFacts(stage);
  if (!facts) return null;
  const release = releaseOf(facts);
  if (facts.family === 'google-distroless') return Number.isNaN(release) ? null : release >= 13;
  return isMergedRelease(facts);
}

/** The same by what a stage knows of its distribution. */
export function isMergedRelease({ os, packageManager }: System): boolean | null {
  const id = os.known ? (os.value?.id ?? '') : '';
  const release = releaseOf({ os });
  if (!Object.hasOwn(mergedSince, id) || Number.isNaN(release)) return null;
  // Between the first merged release and the last one that images kept apart, what an image has is not known.
  const [apart = 0, together = Infinity] = mergedSince[id] ?? [];
  const hasManager = packageManager.known && packageManager.value !== null;
  const since = hasManager ? together : (mergedWithoutManager[id] ?? together);
  return release >= since ? true : release <= apart ? false : null;
}

type System = Pick<ImageFacts, 'os' | 'packageManager'>;

function releaseOf({ os }: Pick<System, 'os'>): number {
  return parseFloat((os.known && os.value?.version) || '');
}

/** The last release whose images keep the directories apart, and the first that merges them. */
const mergedSince: Readonly<Record<string, readonly [number, number]>> = {
  debian: [11, 12],
  ubuntu: [18, 22],
  rhel: [0, 8],
  fedora: [0, 30],
  amzn: [0, 2],
  alpine: [3.21, Infinity],
};

/**
 * Images that are put together from single packages merge them later: Google Distroless with Debian 13, and Ubuntu Chisel
 * after 22.04, of which slices/base-files.yaml in canonical/chisel-releases@2fa9ae07 has directories.
 */
const mergedWithoutManager: Readonly<Record<string, number>> = { debian: 13, ubuntu: 24 };
