import type { Severity } from '../../server/src/rules/rule.js';

/**
 * A Dockerfile with expectations in it. A line of the form `#   ^^^^ message` speaks about the line above and is taken
 * out before parsing. The carets give the exact span; when they touch the `#`, the `#` counts as the first one, which
 * is how column 0 is marked. A span of several lines is marked to the end of its first line.
 */
export type Fixture = { readonly text: string; readonly marks: readonly Mark[] };

export type Mark = {
  /** Zero-based line of `text`. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly isFixable: boolean;
  /** Null when it is the rule's own. */
  readonly severity: Severity | null;
  readonly message: string;
};

/** Reads a fixture; the first line break and the common indentation of all lines are left out. */
export function readFixture(source: string): Fixture {
  const lines: string[] = [];
  const marks: Mark[] = [];
  for (const line of dedent(source)) {
    const match = /^#( *)(\^+) +(\S.*)$/.exec(line);
    if (!match) {
      lines.push(line);
      continue;
    }
    const [, gap = '', carets = '', label = ''] = match;
    const start = gap === '' ? 0 : 1 + gap.length;
    const end = 1 + gap.length + carets.length;
    marks.push({ line: lines.length - 1, start, end, ...readLabel(label) });
  }
  return { text: lines.join('\n'), marks };
}

/** Text and marks put together again, in one fixed way, so that two fixtures can be compared as text. */
export function printFixture({ text, marks }: Fixture): string {
  const lines = text.split('\n').map((line, index) => {
    const own = marks.filter((mark) => mark.line === index).sort((a, b) => a.start - b.start || compare(a, b));
    return [line, ...own.map(printMark)].join('\n');
  });
  return lines.join('\n');
}

function readLabel(label: string): Pick<Mark, 'isFixable' | 'severity' | 'message'> {
  const match = /^(?:(fixable:) *|\((error|warning|information|hint)\) *)*/.exec(label);
  const prefix = match?.[0] ?? '';
  const severity = /\((\w+)\)/.exec(prefix)?.[1] ?? null;
  return {
    isFixable: prefix.includes('fixable:'),
    severity: severity as Severity | null,
    message: label.slice(prefix.length),
  };
}

function printMark({ start, end, isFixable, severity, message }: Mark): string {
  const gap = Math.max(0, start - 1);
  const carets = Math.max(1, end - 1 - gap);
  const label = `${isFixable ? 'fixable: ' : ''}${severity ? `(${severity}) ` : ''}${message}`;
  return `#${' '.repeat(gap)}${'^'.repeat(carets)} ${label}`;
}

function compare(a: Mark, b: Mark): number {
  return a.end - b.end || a.message.localeCompare(b.message);
}

function dedent(source: string): string[] {
  const lines = source
    .replace(/^\n/, '')
    .replace(/\n[ \t]+$/, '\n')
    .split('\n');
  const indents = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents, Infinity);
  return Number.isFinite(indent) ? lines.map((line) => line.slice(indent)) : lines;
}
