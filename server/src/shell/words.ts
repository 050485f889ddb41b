import type { ShellWord, WordPart } from './model.js';

export { expandDockerWord } from './docker-word.js';
export { plainWords } from './plain-words.js';
export { unwrap } from './unwrap.js';

/** The value of a variable: null when it is known not to be set, undefined when it is not known. */
export type Lookup = (name: string) => string | null | undefined;

/**
 * The text that a word becomes, or null when that is not known: globs, command substitutions, unknown variables, and
 * variables without quotes whose value the shell would split, match against files or leave out.
 */
export function literal(word: ShellWord, lookup: Lookup = () => undefined): string | null {
  const text = joinedText(word, lookup);
  return text === '' && vanishes(word) ? null : text;
}

function joinedText({ parts }: ShellWord, lookup: Lookup): string | null {
  let text = '';
  for (const part of parts) {
    const next = partText(part, lookup);
    if (next === null) return null;
    text += next;
  }
  return text;
}

function partText(part: WordPart, lookup: Lookup): string | null {
  if (part.kind === 'literal') return part.text;
  if (part.kind !== 'variable') return null;
  const value = substituted(part, lookup);
  if (value === null || part.quoted) return value;
  return /[\s*?[\\]/.test(value) ? null : value;
}

function substituted(
  { name, operator, operand }: Extract<WordPart, { kind: 'variable' }>,
  lookup: Lookup,
): string | null {
  const value = lookup(name);
  if (value === undefined) return null;
  const word = operand ? joinedText(operand, lookup) : '';
  const isSet = value !== null && !(operator.startsWith(':') && value === '');
  switch (operator) {
    case '':
      return value ?? '';
    case '+':
    case ':+':
      return isSet ? word : '';
    case '?':
    case ':?':
      return isSet ? value : null;
    default:
      return isSet ? value : word;
  }
}

/** A word of nothing but unquoted variables is no word at all when they are empty. */
function vanishes({ parts }: ShellWord): boolean {
  return parts.length > 0 && parts.every((part) => part.kind === 'variable' && !part.quoted);
}
