import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { memo } from '../memo.js';
import { normalName } from './lock.js';

/** https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
export type Requirements = {
  readonly packages: readonly Requirement[];
  /** Other lists, as written: relative to this one. */
  readonly includes: readonly string[];
};

export type Requirement = {
  readonly name: string;
  readonly marker: string | null;
  readonly span: Span;
};

/** A list that a person or a tool wrote; also a list of constraints. */
export const readRequirements = memo(({ text }: SourceFile): Requirements => {
  const packages: Requirement[] = [];
  const includes: string[] = [];
  for (const { line, start } of logicalLines(text)) {
    const include = /^(?:-r\s*|--requirement[\s=]+)(\S+)$/.exec(line)?.[1];
    const one = requirementOf(line, start);
    if (include !== undefined) includes.push(include);
    else if (one) packages.push(one);
  }
  return { packages, includes };
});

type Line = { readonly line: string; readonly start: number };

/** Comments and options of a requirement (`--hash`) are left out; a backslash joins lines. */
function logicalLines(text: string): Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/(?:[^\\\r\n]|\\(?!\r?\n))+/g)) {
    const isJoined = /\\\r?\n$/.test(text.slice(Math.max(0, match.index - 3), match.index));
    const line = match[0].replace(/(^|\s)#.*$/, '').replace(/\s--(hash|global-option|config-settings)\b.*$/, '');
    const start = match.index + (line.length - line.trimStart().length);
    if (!isJoined && line.trim() !== '') lines.push({ line: line.trim(), start });
  }
  return lines;
}

/** `name[extra] == 1.0 ; marker`, `name @ https://…`. */
function requirementOf(line: string, start: number): Requirement | null {
  const match = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\]\s*)?(@.*|[(=<>!~;].*)?$/.exec(line);
  const name = match?.[1];
  if (!name || /\.(whl|zip|tar\.\w+)$/.test(name)) return null;
  const rest = match[2] ?? '';
  const semicolon = rest.startsWith('@') ? rest.indexOf(' ;') : rest.indexOf(';');
  return {
    name: normalName(name),
    marker: semicolon < 0 ? null : rest.slice(semicolon).replace(/^[\s;]+/, ''),
    span: { start, end: start + name.length },
  };
}
