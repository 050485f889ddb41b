import type { ProcessUse } from '../interpret/processes.js';
import type { ShellSyntax } from '../interpret/shell-syntax.js';
import type { Fix } from '../rules/rule.js';
import { replace } from '../text/edit.js';

/** The values that ENV gives, in place of all variables of the word; nothing where one of them is not known. */
export function inlined({ at }: ProcessUse, { kind, word }: ShellSyntax): Fix[] {
  if (kind !== 'variable') return [];
  let isKnown = true;
  const text = word.value.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_all, braced?: string, bare?: string) => {
    const fact = at.env.get(braced ?? bare ?? '');
    const value = fact?.known ? fact.value : null;
    if (value === null || value === '' || value.includes('$')) isKnown = false;
    return value ?? '';
  });
  if (!isKnown || text.includes('$')) return [];
  const isWhole = /^\$\{?\w+\}?$/.test(word.value);
  const words = isWhole ? text.split(/\s+/).filter(Boolean) : [text];
  if (/["'\\]/.test(text)) return [];
  const edit = replace(word.span, words.map((one) => JSON.stringify(one)).join(', '));
  return [{ title: 'Write the value that ENV gives', edits: [edit] }];
}
