import { afterReplacement, afterTrim } from './docker-pattern.js';
import type { Lookup } from './words.js';

export type DockerWord = {
  /** Null when it is not known, or when Docker refuses the word. */
  readonly value: string | null;
  /** The variables that took part, each once. */
  readonly names: string[];
};

/**
 * A word of a Dockerfile with build arguments and environment put in and quotes taken away, by Docker's own rules:
 * https://docs.docker.com/reference/dockerfile/#environment-replacement and BuildKit's frontend/dockerfile/shell/lex.go.
 * A variable that is known not to be set becomes ''.
 */
export function expandDockerWord(text: string, lookup: Lookup, options: { escape?: string } = {}): DockerWord {
  const reader = new Reader(text, lookup, options.escape ?? '\\');
  const value = reader.until('');
  return { value: reader.isRefused ? null : value, names: [...new Set(reader.names)] };
}

/** More nesting than this is not followed. */
const deepest = 50;

/** Reads from left to right; a value is null from the first thing on that is not known. */
class Reader {
  readonly names: string[] = [];
  /** Docker reports a syntax error. */
  isRefused = false;
  private at = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly lookup: Lookup,
    private readonly escape: string,
  ) {}

  /** Up to the character `stop`, which is taken too, or to the end of the text for ''. */
  until(stop: string, keepsEscapes = false): string | null {
    let value: string | null = '';
    while (this.at < this.text.length) {
      const character = this.text[this.at] ?? '';
      if (character === stop) {
        this.at++;
        return value;
      }
      value = joined(value, this.piece(character, keepsEscapes));
    }
    return stop === '' ? value : this.refuse();
  }

  private piece(character: string, keepsEscapes: boolean): string | null {
    if (character === "'") return this.singleQuoted();
    if (character === '"') return this.doubleQuoted(keepsEscapes);
    if (character === '$') return this.variable();
    this.at++;
    if (character !== this.escape) return character;
    return (keepsEscapes ? character : '') + this.take();
  }

  private singleQuoted(): string | null {
    const end = this.text.indexOf("'", this.at + 1);
    if (end < 0) return this.refuse();
    const value = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return value;
  }

  private doubleQuoted(keepsEscapes: boolean): string | null {
    let value: string | null = '';
    this.at++;
    while (this.at < this.text.length) {
      const character = this.text[this.at] ?? '';
      if (character === '$') {
        value = joined(value, this.variable());
        continue;
      }
      this.at++;
      if (character === '"') return value;
      value = joined(value, character === this.escape ? this.escapedInQuotes(keepsEscapes) : character);
    }
    return this.refuse();
  }

  private escapedInQuotes(keepsEscapes: boolean): string {
    const next = this.text[this.at] ?? '';
    const kept = keepsEscapes ? this.escape : '';
    if (next === '') return kept;
    return kept + (next === '"' || next === '$' || next === this.escape ? this.take() : this.escape);
  }

  private variable(): string | null {
    this.at++;
    if (this.text[this.at] !== '{') {
      const name = this.name();
      return name === '' ? '$' : orEmpty(this.valueOf(name));
    }
    this.at++;
    if (/[{}:]/.test(this.text[this.at] ?? '}') || this.depth >= deepest) return this.refuse();
    this.depth++;
    const value = this.braced(this.name());
    this.depth--;
    return value;
  }

  /** The rest of ${NAME…} behind the name. */
  private braced(name: string): string | null {
    const value = this.valueOf(name);
    const first = this.take();
    const operator = first === ':' ? first + this.take() : first;
    switch (operator) {
      case '}':
        return orEmpty(value);
      case '-':
      case ':-':
      case '+':
      case ':+':
      case '?':
      case ':?':
        return this.withDefault(value, operator);
      case '#':
      case '%':
        return this.trimmed(value, operator);
      case '/':
        return this.replaced(value);
      default:
        return this.refuse();
    }
  }

  private withDefault(value: string | null | undefined, operator: string): string | null {
    const before = this.names.length;
    const word = this.until('}');
    const isSet = value !== null && !(operator.startsWith(':') && value === '');
    const usesWord = value !== undefined && isSet === operator.endsWith('+');
    if (!usesWord) this.names.length = before;
    if (value === undefined) return null;
    if (operator.endsWith('+')) return isSet ? word : '';
    if (operator.endsWith('?')) return isSet ? value : null;
    return isSet ? value : word;
  }

  private trimmed(value: string | null | undefined, operator: '#' | '%'): string | null {
    const word = this.until('}', true);
    if (word === null || value === undefined) return null;
    return afterTrim(value ?? '', { pattern: word, operator });
  }

  private replaced(value: string | null | undefined): string | null {
    const all = this.text[this.at] === '/';
    if (all) this.at++;
    const pattern = this.until('/', true);
    const replacement = this.until('}', true);
    if (pattern === null || replacement === null || value === undefined) return null;
    return afterReplacement(value ?? '', { pattern, replacement, all });
  }

  private valueOf(name: string): string | null | undefined {
    // $1, $@ and the like are names too, but no environment has them.
    if (!/^[\p{L}_]/u.test(name)) return null;
    this.names.push(name);
    return this.lookup(name);
  }

  private name(): string {
    const pattern = /\d+|[@*#?$!-]|[\p{L}_][\p{L}\p{Nd}_]*|/uy;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private take(): string {
    const character = this.text[this.at] ?? '';
    this.at += character.length;
    return character;
  }

  private refuse(): null {
    this.isRefused = true;
    this.at = this.text.length;
    return null;
  }
}

function orEmpty(value: string | null | undefined): string | null {
  return value === undefined ? null : (value ?? '');
}

function joined(before: string | null, next: string | null): string | null {
  return before === null || next === null ? null : before + next;
}
