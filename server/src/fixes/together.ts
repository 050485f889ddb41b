import type { Fix } from '../rules/rule.js';
import type { Edit } from '../text/edit.js';

/**
 * The fixes of a finding, each widened to what is wrong for the same reason elsewhere. A fix stays as it is where one of
 * the others has none, or where their edits would meet.
 */
export function mendAlike(own: readonly Fix[], others: readonly (readonly Fix[])[]): readonly Fix[] {
  if (others.length === 0) return own;
  return own.map((fix, index) => widened(fix, partnersOf(fix, { index, others })) ?? fix);
}

type Search = { readonly index: number; readonly others: readonly (readonly Fix[])[] };

/** The fix of the same title, or the obvious one for the obvious one. */
function partnersOf({ title }: Fix, { index, others }: Search): readonly (Fix | undefined)[] {
  return others.map((fixes) => fixes.find((one) => one.title === title) ?? (index === 0 ? fixes[0] : undefined));
}

function widened(fix: Fix, partners: readonly (Fix | undefined)[]): Fix | null {
  const edits = new Map(fix.edits.map((edit) => [keyOf(edit), edit]));
  let places = 1;
  let isSafe = fix.safe ?? true;
  for (const partner of partners) {
    if (!partner) return null;
    const fresh = partner.edits.filter((edit) => !edits.has(keyOf(edit)));
    if (fresh.length > 0) places++;
    for (const edit of fresh) edits.set(keyOf(edit), edit);
    isSafe &&= partner.safe ?? true;
  }
  const all = [...edits.values()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  if (all.some((edit, index) => index > 0 && edit.span.start <= (all[index - 1]?.span.end ?? -1))) return null;
  const title = places === 1 ? fix.title : `${fix.title}, in ${places} places`;
  return { ...fix, title, edits: all, ...(isSafe ? {} : { safe: false }) };
}

function keyOf({ span, text }: Edit): string {
  return `${span.start} ${span.end} ${text}`;
}
