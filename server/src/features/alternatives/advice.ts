import { findImageByText } from '../../catalog/catalog.js';
import { findFamily } from '../../catalog/families.js';
import type { ImageFacts } from '../../catalog/model.js';
import type { Analysis } from '../../interpret/state.js';
import { drawbacksOf, otherVersion, type Drawback } from './drawbacks.js';
import { fits, isSupported, rankOf } from './fit.js';
import type { Need } from './need.js';
import { isPublished } from './published.js';
import { findShelves, type Shelf } from './shelf.js';
import { wishOf } from './wish.js';

/** A base that the stage could move to; `facts` is null for scratch. */
export type Advice = {
  readonly reference: string;
  readonly family: string;
  readonly facts: ImageFacts | null;
  readonly rank: number;
  readonly drawbacks: readonly Drawback[];
  /** How much there is against it. */
  readonly against: number;
};

/** scratch is the smallest, yet few programs can do without the files of a static image. */
const afterStatic = 1.5;

/**
 * Every image of the catalog that the stage could run on, of each repository and kind of tag the one that fits best.
 * The order takes no side:
 *
 * 1. families that the user prefers, in the user's order;
 * 2. the smallest kind of image: without libc, without a shell, small with a shell, slim, whole;
 * 3. the least against it: what has to change, what is lost, who may pull it, that it runs as root;
 * 4. another tag of the present repository;
 * 5. the title of the family, and within a family the present distribution, the longer support, the smaller image.
 *
 * `accept` chooses among the images of a repository: the first that it takes is the one.
 */
export function adviseAll(analysis: Analysis, need: Need, accept: (facts: ImageFacts) => boolean): Advice[] {
  const { catalog, today } = analysis;
  const wish = wishOf(need);
  const found = findShelves(catalog, wish).flatMap(({ family, references }: Shelf): Advice[] => {
    for (const reference of references) {
      const facts = isPublished(catalog, reference) ? findImageByText(catalog, reference) : null;
      if (!facts || !isSupported(facts, today) || !fits(need, facts) || !accept(facts)) continue;
      return [toAdvice(need, { reference, family, facts, rank: rankOf(facts) })];
    }
    return [];
  });
  if (wish.isStatic && fitsScratch(need)) {
    found.push(toAdvice(need, { reference: 'scratch', family: 'scratch', facts: null, rank: afterStatic }));
  }
  return withoutOtherVersions(found, need).sort((a, b) => compare(a, b, { need, prefer: catalog.prefer }));
}

/** At most so many that share what `keyOf` names. */
export function cap(advice: readonly Advice[], most: number, keyOf: (one: Advice) => string): Advice[] {
  const counts = new Map<string, number>();
  return advice.filter((one) => {
    const key = keyOf(one);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= most;
  });
}

function toAdvice(need: Need, what: Omit<Advice, 'drawbacks' | 'against'>): Advice {
  const drawbacks = drawbacksOf(need, what.facts);
  const user = what.facts?.user.known ? what.facts.user.value : null;
  const isRoot = !what.facts || user?.uid === 0 || user?.name === 'root';
  const start = isRoot && !need.isBuild ? 1 : 0;
  return { ...what, drawbacks, against: drawbacks.reduce((sum, { weight }) => sum + weight, start) };
}

function fitsScratch({ base, packages, shellUse }: Need): boolean {
  return base !== 'scratch' && packages.length === 0 && shellUse !== 'script';
}

/** Another version of the language is worth naming only where a family has nothing of the present one. */
function withoutOtherVersions(advice: readonly Advice[], need: Need): Advice[] {
  if (!need.runtime?.version) return [...advice];
  const isOther = ({ facts }: Advice) => facts !== null && otherVersion(need, facts) !== null;
  const complete = new Set(advice.filter((one) => !isOther(one)).map(({ family }) => family));
  return advice.filter((one) => !isOther(one) || !complete.has(one.family));
}

function compare(a: Advice, b: Advice, { need, prefer }: { need: Need; prefer: readonly string[] }): number {
  return (
    preference(a, prefer) - preference(b, prefer) ||
    a.rank - b.rank ||
    a.against - b.against ||
    isElsewhere(a, need) - isElsewhere(b, need) ||
    compareText(titleOf(a), titleOf(b)) ||
    isOtherSystem(a, need) - isOtherSystem(b, need) ||
    compareText(end(b), end(a)) ||
    sizeOf(a) - sizeOf(b) ||
    compareText(a.reference, b.reference)
  );
}

function preference({ family }: Advice, prefer: readonly string[]): number {
  const at = prefer.indexOf(family);
  return at < 0 ? prefer.length : at;
}

function isElsewhere({ facts }: Advice, { facts: present }: Need): number {
  return facts && present && facts.name === present.name ? 0 : 1;
}

function isOtherSystem({ facts }: Advice, { facts: present }: Need): number {
  const [own, other] = [present, facts].map((one) => (one?.os.known ? one.os.value?.id : undefined));
  return own === other ? 0 : 1;
}

function titleOf({ family }: Advice): string {
  return findFamily(family)?.title ?? family;
}

function end({ facts }: Advice): string {
  return facts?.eol ?? facts?.osEol ?? '';
}

function sizeOf({ facts }: Advice): number {
  return facts?.size?.compressedMB ?? Number.MAX_SAFE_INTEGER;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
