import type { Suggestion } from './model.js';

/** True when the letters typed so far occur in the suggestion in that order, as editors filter a list. */
export function matches(typed: string, { text }: Suggestion): boolean {
  const wanted = typed.toLowerCase();
  const offered = text.toLowerCase();
  let at = 0;
  for (const letter of wanted) {
    at = offered.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
