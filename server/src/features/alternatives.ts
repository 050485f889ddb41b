import type { ImageFacts } from '../catalog/model.js';
import type { Analysis, Stage } from '../interpret/state.js';
import { type Edit, replace } from '../text/edit.js';
import { adviseAll, cap, type Advice } from './alternatives/advice.js';
import { drawbackText, unreadLibraries } from './alternatives/drawbacks.js';
import { offersPackages, rankOf } from './alternatives/fit.js';
import { merits } from './alternatives/merits.js';
import { type Need, readNeed } from './alternatives/need.js';
import { lastPart, wishOf, type Wish } from './alternatives/wish.js';

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

/** Of those without a shell, and of small ones with a shell, as long as there are others: for a smaller step. */
const mostShellless = 3;
const mostSmall = 1;

/**
 * Smaller or safer bases of the catalog that fit the stage, in the order of `adviseAll`: at most five, one of a family
 * and kind. None for stages that only build.
 */
export function alternatives(analysis: Analysis, stage: Stage): readonly Alternative[] {
  const need = readNeed(analysis, stage);
  if (!need || !isAdvisable(need)) return [];
  const wish = wishOf(need);
  const found = adviseAll(analysis, need, (facts) => isSuitable(need, wish, facts)).filter((one) =>
    isBetter(need, one),
  );
  const single = cap(found, 1, ({ family, rank }) => `${family} ${rank}`);
  return mixed(single).map((advice) => toAlternative(need, advice));
}

/** Not too many of a kind, filled up with more of it where there is nothing else. */
function mixed(advice: readonly Advice[]): Advice[] {
  const few = cap(advice, mostShellless, ({ rank, reference }) => (rank > 2 ? reference : 'shell-less'));
  const first = cap(few, mostSmall, ({ rank, reference }) => (rank === 3 ? 'small' : reference)).slice(0, most);
  const rest = advice.filter((one) => !first.includes(one)).slice(0, most - first.length);
  return advice.filter((one) => first.includes(one) || rest.includes(one));
}

/** The advice in words, with the edit that follows it. */
function toAlternative(need: Need, { reference, facts, drawbacks }: Advice): Alternative {
  return {
    reference,
    why: merits(need, facts),
    drawback: drawbackText(drawbacks),
    edit: need.imageSpan ? replace(need.imageSpan, reference) : null,
  };
}

/** SDKs and applications are asked for by name: another image is not the same thing. */
function isAdvisable({ facts, program, runtime }: Need): boolean {
  if (program || !facts) return program !== null;
  return runtime?.name === 'nginx' || (facts.purpose !== 'application' && !/sdk$/.test(facts.name));
}

function isSuitable(need: Need, wish: Wish, facts: ImageFacts): boolean {
  if (wish.isStatic && facts.purpose !== 'static') return false;
  // What a program asks for whose making was not followed is not known: only the same distribution is safe to name.
  if (wish.kind === 'base' && !need.program && lastPart(facts.name) !== wish.name) return false;
  if (wish.kind === 'language' && !hasVersion(facts) && facts.name !== wish.path) return false;
  if (unreadLibraries(need, facts).length > 0) return false;
  return offersPackages(need, facts) && !isAsLarge(need, facts);
}

function hasVersion({ runtime }: ImageFacts): boolean {
  return runtime.known && runtime.value !== null && runtime.value.version !== null;
}

/** A base with a shell is an alternative only for its size. */
function isAsLarge({ facts: present }: Need, facts: ImageFacts): boolean {
  if (!present?.size || !facts.size || rankOf(facts) < 3) return false;
  return facts.size.compressedMB > present.size.compressedMB * 0.9;
}

/** Smaller, or of the same kind and without root, or supported where the present base is not. */
function isBetter(need: Need, { rank, facts }: Advice): boolean {
  if (merits(need, facts) === '') return false;
  if (Math.floor(rank) < need.rank && need.facts) return true;
  if (!facts) return false;
  if (!need.facts) return need.runsAsRoot && rank === 1;
  if (rank > need.rank) return false;
  if (need.isUnsupported) return true;
  return need.runsAsRoot && facts.user.known && facts.user.value.uid !== 0 && facts.user.value.name !== 'root';
}
