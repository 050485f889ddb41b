import { rootFacts } from './bases.js';
import type { Stage } from './state.js';

/**
 * Whether /bin, /sbin and /lib are links into /usr in the base of a stage; null when it is not known. Google Distroless
 * for Debian 12 keeps them apart, although Debian 12 itself does not.
 */
export function isMerged(stage: Stage): boolean | null {
  const facts = rootFacts(stage);
  const os = facts?.os.known ? facts.os.value : null;
  if (!facts || !os) return null;
  const release = parseFloat(os.version ?? '');
  if (facts.family === 'google-distroless') return Number.isNaN(release) ? null : release >= 13;
  if (!Object.hasOwn(mergedSince, os.id) || Number.isNaN(release)) return null;
  // Between the first merged release and the last one that images kept apart, what an image has is not known.
  const [apart = 0, together = Infinity] = mergedSince[os.id] ?? [];
  return release >= together ? true : release <= apart ? false : null;
}

/** The last release whose images keep the directories apart, and the first that merges them. */
const mergedSince: Readonly<Record<string, readonly [number, number]>> = {
  debian: [11, 12],
  ubuntu: [18, 22],
  rhel: [0, 8],
  fedora: [0, 30],
  alpine: [3.21, Infinity],
};
