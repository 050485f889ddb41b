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
  const { lookup, isUnset, escape } = scope;
  const strict = expandDockerWord(text, (name) => (isUnset(name) ? undefined : lookup(name)), { escape });
  if (strict.value !== null || strict.names.some((name) => isUnset(name) && isPlain(text, name))) return strict;
  return expandDockerWord(text, (name) => (isUnset(name) ? null : lookup(name)), { escape });
}

/** `$NAME` or `${NAME}`, without a word to take in its place. */
function isPlain(text: string, name: string): boolean {
  const after = new RegExp(`\\$(?:\\{${name}\\}|${name}(?!\\w))`, 'u');
  return after.test(text);
}
