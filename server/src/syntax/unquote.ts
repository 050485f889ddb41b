import type { Escape } from './lines.js';

/**
 * A word without its quotes and escapes, read as Docker's lexer does: within double quotes the escape character keeps
 * its meaning only before ", $ and itself, within single quotes nothing is special. Variables stay; so that they can be
 * told from a plain dollar, the latter is written with the escape character in front of it. An open quote ends with the
 * word.
 */
export function unquote(text: string, escape: Escape): string {
  if (!/["'`\\]/.test(text)) return text;
  return strip(text, escape, escape + '$');
}

/** The same where nothing is expanded later: a plain dollar is a dollar. */
export function unquotePlain(text: string, escape: Escape): string {
  return strip(text, escape, '$');
}

function strip(text: string, escape: Escape, dollar: string): string {
  const parts: string[] = [];
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === quote) quote = '';
    else if (quote === "'") parts.push(character === '$' ? dollar : character);
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character !== escape) parts.push(character);
    else if (at + 1 < text.length) {
      const next = text[++at] ?? '';
      const kept = quote !== '' && next !== '"' && next !== '$' && next !== escape;
      parts.push(kept ? escape + next : next === '$' ? dollar : next);
    }
  }
  return parts.join('');
}

/** A flag's value: quotes and escapes go, wherever they stand; Docker reads flags by rules of their own. */
export function unquoteFlag(text: string, escape: Escape): string {
  const parts: string[] = [];
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === escape) parts.push(text[++at] ?? '');
    else parts.push(character);
  }
  return parts.join('');
}
