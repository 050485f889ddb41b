import { findImageByText } from '../catalog/catalog.js';
import type { ImageFacts } from '../catalog/model.js';
import type { Analysis, Stage } from '../interpret/state.js';
import { type Edit, replace } from '../text/edit.js';
import { isPublished } from './alternatives/published.js';
import { candidatesFor } from './alternatives/candidates.js';
import { drawbacks } from './alternatives/drawbacks.js';
import { merits } from './alternatives/merits.js';
import { type Need, readNeed } from './alternatives/need.js';
import { fits, isSupported, rankOf } from './alternatives/fit.js';

/**
 * A base that could take the place of a stage's own. `why` and `drawback` are phrases without a full stop, names in
 * single quotes; `drawback` is empty when none is known. `edit` is null where the base is not written as a plain name.
 */
export type Alternative = {
  readonly reference: string;
  readonly why: string;
  readonly drawback: string;
  readonly edit: Edit | null;
};

const most = 5;

/** scratch is the smallest, yet few programs can do without the files of a static image. */
const afterStatic = 1.5;

/** Smaller or safer bases of the catalog that fit the stage, the smallest kind first; none for stages that only build. */
export function alternatives(analysis: Analysis, stage: Stage): readonly Alternative[] {
  const need = readNeed(analysis, stage);
  if (!need) return [];
  const { catalog } = analysis;
  return candidatesFor(need)
    .filter((reference) => reference === 'scratch' || isPublished(catalog, reference))
    .map((reference) => ({ reference, facts: reference === 'scratch' ? null : findImageByText(catalog, reference) }))
    .filter(({ facts }) => (facts ? isSuitable(need, facts, analysis.today) : fitsScratch(need)))
    .filter(({ facts }) => rankOf(facts) < need.rank || isBetterKind(need, facts))
    .map(({ reference, facts }) => ({ rank: facts ? rankOf(facts) : afterStatic, reference, facts }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ reference, facts }) => toAlternative(need, { reference, facts }));
}

function toAlternative(need: Need, { reference, facts }: { reference: string; facts: ImageFacts | null }): Alternative {
  return {
    reference,
    why: merits(need, facts),
    drawback: drawbacks(need, facts),
    edit: need.imageSpan ? replace(need.imageSpan, reference) : null,
  };
}

/** Below a static image there is little to gain, and users, certificates and time zones to lose. */
function fitsScratch({ rank, packages, shellUse }: Need): boolean {
  return rank > 1 && packages.length === 0 && shellUse !== 'script';
}

function isSuitable(need: Need, facts: ImageFacts, today: string): boolean {
  return isSupported(facts, today) && fits(need, facts) && !isAsLarge(need, facts);
}

/** A base with a shell is an alternative only for its size. */
function isAsLarge({ facts: present }: Need, facts: ImageFacts): boolean {
  if (!present?.size || !facts.size || rankOf(facts) < 3) return false;
  return facts.size.compressedMB > present.size.compressedMB * 0.9;
}

/** Of the same kind, yet without root, or supported where the present base is not; for root on scratch a static image. */
function isBetterKind(need: Need, facts: ImageFacts | null): boolean {
  if (!facts) return false;
  if (need.facts === null) return need.runsAsRoot && rankOf(facts) === 1;
  if (rankOf(facts) > need.rank) return false;
  if (need.isUnsupported) return true;
  return need.runsAsRoot && facts.user.known && facts.user.value.uid !== 0 && facts.user.value.name !== 'root';
}
