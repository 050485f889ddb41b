import type { ImageFacts } from '../catalog/model.js';
import { findImageByText } from '../catalog/catalog.js';
import type { Analysis, Base, Stage } from '../interpret/state.js';
import { rootBase } from '../interpret/bases.js';
import { type Edit, replace } from '../text/edit.js';
import type { Span } from '../text/span.js';
import { adviseAll, cap, type Advice } from './alternatives/advice.js';
import { drawbackText } from './alternatives/drawbacks.js';
import { merits } from './alternatives/merits.js';
import { readAnyNeed, type Need } from './alternatives/need.js';
import { cellsOf, type Cells } from './compare/cells.js';
import { needPhrases } from './compare/needs.js';

/** Bases side by side. `stage` is the one asked about; `fromSpan` is its FROM. */
export type ComparedBases = {
  readonly stage: { readonly index: number; readonly name: string | null; readonly reference: string };
  readonly fromSpan: Span;
  /** One phrase each. */
  readonly needs: readonly string[];
  /** The present base first when it is known, then the others in the order of `adviseAll`. */
  readonly rows: readonly ComparedRow[];
};

/**
 * `edit` changes the base of the stage, which for a stage on another stage is in the FROM of that one. It is null for
 * the present base, where the base is not written as a plain name, and where other stages continue the same one.
 */
export type ComparedRow = Cells & {
  readonly reference: string;
  readonly isPresent: boolean;
  readonly why: string;
  readonly drawback: string;
  readonly edit: Edit | null;
};

const most = 25;

/** Several kinds of one family are worth seeing, not all of them. */
const mostOfFamily = 3;

/** Bases that the stage could have, the present one included; null in a template of another tool. */
export function compare(analysis: Analysis, stage: Stage): ComparedBases | null {
  if (analysis.file.isTemplate) return null;
  const need = readAnyNeed(analysis, stage);
  const { from } = stage.syntax;
  return {
    stage: { index: stage.index, name: stage.name, reference: from.image?.text ?? '' },
    fromSpan: from.span,
    needs: need ? needPhrases(need) : [],
    rows: [...presentRow(analysis, rootBase(stage)), ...(need ? otherRows(analysis, need) : [])],
  };
}

/** The stage that a place in the file belongs to: its lines from FROM to the next FROM. Null above the first. */
export function stageAt({ stages }: Analysis, offset: number): Stage | null {
  return stages.filter(({ syntax }) => syntax.span.start <= offset).at(-1) ?? null;
}

function presentRow(analysis: Analysis, base: Exclude<Base, { kind: 'stage' }>): ComparedRow[] {
  const facts = base.kind === 'scratch' ? findImageByText(analysis.catalog, 'scratch') : base.facts;
  if (!facts || facts.isWindows) return [];
  const reference = base.kind === 'image' ? (base.reference?.text ?? base.text) : 'scratch';
  return [{ ...cellsOf(facts), reference, isPresent: true, why: '', drawback: '', edit: null }];
}

function otherRows(analysis: Analysis, need: Need): ComparedRow[] {
  const found = adviseAll(analysis, need, (facts) => isComparable(need, facts));
  return cap(found, mostOfFamily, ({ family }) => family)
    .slice(0, most)
    .flatMap((advice) => toRow(analysis, need, advice));
}

function toRow(analysis: Analysis, need: Need, { reference, facts, drawbacks }: Advice): ComparedRow[] {
  const shown = facts ?? findImageByText(analysis.catalog, 'scratch');
  if (!shown) return [];
  return [
    {
      ...cellsOf(shown),
      reference,
      isPresent: false,
      why: merits(need, facts),
      drawback: drawbackText(drawbacks),
      edit: need.imageSpan ? replace(need.imageSpan, reference) : null,
    },
  ];
}

/** A program whose making was not followed may need a libc, as long as there is one now. */
function isComparable({ facts: present, program, base }: Need, { libc }: ImageFacts): boolean {
  if (program || base === 'scratch' || !present?.libc.known || !libc.known) return true;
  return present.libc.value.kind === 'none' || libc.value.kind !== 'none';
}
