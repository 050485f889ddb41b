import { skipSpace, trimEnd } from './characters.js';
import type { Escape, Line } from './lines.js';
import { lineFrom } from './lines.js';
import type { Directive, Problem } from './model.js';

export type Directives = {
  readonly directives: readonly Directive[];
  readonly escape: Escape;
  readonly problems: readonly Problem[];
  /** Where the first line starts that is no directive. */
  readonly next: number;
};

/** Reads the directives at the very top; the first line that is none, an empty one too, ends them. */
export function readDirectives(text: string, start: number): Directives {
  const directives: Directive[] = [];
  const problems: Problem[] = [];
  let escape: Escape = '\\';
  let at = start;
  while (at < text.length) {
    const line = lineFrom(text, at);
    const directive = directiveOn(text, line);
    if (!directive) break;
    const problem = fault(directive, directives);
    if (problem) problems.push({ message: problem, span: directive.span });
    else if (directive.name === 'escape') escape = directive.value === '`' ? '`' : '\\';
    directives.push(directive);
    at = line.next;
  }
  return { directives, escape, problems, next: at };
}

function directiveOn(text: string, line: Line): Directive | null {
  const start = skipSpace(text, line.start, line.end);
  if (text[start] !== '#' || start >= line.end) return null;
  const nameStart = skipSpace(text, start + 1, line.end);
  const name = /^[A-Za-z]+/.exec(text.slice(nameStart, nameStart + 20))?.[0].toLowerCase() ?? '';
  if (name !== 'syntax' && name !== 'escape' && name !== 'check') return null;
  const equals = skipSpace(text, nameStart + name.length, line.end);
  if (text[equals] !== '=' || equals >= line.end) return null;
  const valueStart = skipSpace(text, equals + 1, line.end);
  const valueEnd = trimEnd(text, valueStart, line.end);
  if (valueStart === valueEnd) return null;
  return { name, value: text.slice(valueStart, valueEnd), span: { start, end: valueEnd } };
}

function fault({ name, value }: Directive, before: readonly Directive[]): string | null {
  if (before.some((other) => other.name === name)) return `The directive '${name}' may stand here only once.`;
  if (name !== 'escape' || value === '\\' || value === '`') return null;
  return `'${value}' cannot be the escape character; Docker takes a backslash or a backtick.`;
}
