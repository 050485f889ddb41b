import { literalPattern } from '../text/literal-pattern.js';
import type { SourceFile } from '../text/source-file.js';
import type { Span } from '../text/span.js';
import { memo } from './memo.js';

/** One line of a .dockerignore file. */
export type IgnorePattern = {
  readonly file: SourceFile;
  readonly span: Span;
  /** True for `!pattern`, which lets in again what an earlier line kept out. */
  readonly isException: boolean;
  readonly matches: (path: string) => boolean;
};

/** Longer ones are left out: a pattern is a path of the project. */
const longestPattern = 1000;
const mostPatterns = 2000;
const mostStars = 8;

/**
 * The patterns of a .dockerignore file, or null when one of them cannot be read.
 * Source: https://docs.docker.com/build/concepts/context/#dockerignore-files, moby/patternmatcher.
 */
export const readIgnoreFile = memo((file: SourceFile): readonly IgnorePattern[] | null => {
  const patterns: IgnorePattern[] = [];
  for (const match of file.text.matchAll(/[^\r\n]+/g)) {
    const line = match[0];
    if (line.startsWith('#') || line.trim() === '') continue;
    if (line.length > longestPattern || patterns.length >= mostPatterns) return null;
    const text = line.trim();
    const isException = text.startsWith('!');
    const path = cleanPath(isException ? text.slice(1).trim() : text);
    if (path === '' || path === '.') continue;
    const matches = readPattern(path);
    if (!matches) return null;
    const start = match.index + line.indexOf(text);
    const span = { start, end: start + text.length };
    patterns.push({ file, span, isException, matches });
  }
  return patterns;
});

/** The line that decides about a path or a folder above it: it keeps the path out unless it is an exception. */
export function decidingPattern(patterns: readonly IgnorePattern[], path: string): IgnorePattern | null {
  const parts = path.split('/');
  const chain = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  return patterns.findLast(({ matches }) => chain.some(matches)) ?? null;
}

/** Tells whether a path fits a pattern as .dockerignore and --exclude have it; null when the pattern cannot be read. */
export function readPattern(pattern: string): ((path: string) => boolean) | null {
  const expression = expressionOf(pattern);
  return expression && ((path) => expression.test(path));
}

/** As Go's filepath.Clean leaves it, without the slash at the beginning. */
function cleanPath(text: string): string {
  const parts: string[] = [];
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** `**` stands for any number of folders, `*` and `?` stay within a name. */
function expressionOf(pattern: string): RegExp | null {
  if (pattern.split(/\*+/).length - 1 > mostStars) return null;
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] ?? '';
    if (pattern.startsWith('**', at)) {
      at++;
      const isFolders = pattern[at + 1] === '/';
      if (isFolders) at++;
      source += isFolders ? '(?:.*/)?' : '.*';
    } else if (character === '*') source += '[^/]*';
    else if (character === '?') source += '[^/]';
    else if (character === '[') {
      const end = pattern.indexOf(']', at + 2);
      if (end < 0) return null;
      source += `[${pattern.slice(at + 1, end).replace(/[\\[\]]/g, '\\$&')}]`;
      at = end;
    } else if (character === '\\') source += literalPattern(pattern[++at] ?? '\\');
    else source += literalPattern(character);
  }
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    return null;
  }
}
