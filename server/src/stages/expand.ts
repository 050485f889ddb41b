import { expandDockerWord } from '../shell/words.js';

type Scope = {
  /** Null for a variable that is known not to be set, undefined for one that is not known. */
  readonly lookup: (name: string) => string | null | undefined;
  /** True for a build argument that is declared without a value. */
  readonly isUnset: (name: string) => boolean;
  readonly escape: string;
};

/**
 * A word of a Dockerfile with variables replaced; null when it is not known. A build argument without a value is meant
 * to be given, so that `$NAME` is not known; `${NAME:-value}` says itself what an ordinary build takes.
 */
export function expandWord(text: string, scope: Scope): { value: string | null; names: readonly string[] } {
  if (text.split('$', mostVariables + 2).length > mostVariables + 1) return { value: null, names: [] };
  const { isUnset, escape } = scope;
  const lookup = (name: string) => shortValue(scope.lookup(name));
  const strict = expandDockerWord(text, (name) => (isUnset(name) ? undefined : lookup(name)), { escape });
  if (strict.value !== null || strict.names.some((name) => isUnset(name) && isPlain(text, name))) return strict;
  return expandDockerWord(text, (name) => (isUnset(name) ? null : lookup(name)), { escape });
}

/** A value that doubles with every instruction is not followed for ever. */
const longestValue = 10_000;
const mostVariables = 1000;

/** The value of a variable, or undefined when it is too long to be passed on. */
export function shortValue(value: string | null | undefined): string | null | undefined {
  return typeof value === 'string' && value.length > longestValue ? undefined : value;
}

/** `$NAME` or `${NAME}`, without a word to take in its place. */
function isPlain(text: string, name: string): boolean {
  const after = new RegExp(`\\$(?:\\{${name}\\}|${name}(?!\\w))`, 'u');
  return after.test(text);
}
