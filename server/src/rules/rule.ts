import type { Evidence } from '../fact.js';
import type { Analysis } from '../interpret/state.js';
import type { Edit } from '../text/edit.js';
import type { SourceFile } from '../text/source-file.js';
import type { Span } from '../text/span.js';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

export type Category = 'start' | 'build' | 'health' | 'base' | 'libc' | 'files' | 'users' | 'size';

/** One value per file. `check` decides and words it; `fix` edits, and is asked only when somebody wants a fix. */
export type Rule<Data = unknown> = {
  readonly meta: {
    /** Names the problem, so that "ignore <id>" reads well. Equals the file name, the doc page and the setting. */
    readonly id: string;
    readonly summary: string;
    readonly category: Category;
    /** The highest severity it reports; a report may state a lower one. */
    readonly severity: Severity;
    /** `safe`: the image behaves the same, or was broken before. `review`: a person must look. */
    readonly fix: 'safe' | 'review' | 'none';
  };
  readonly docs: {
    readonly why: string;
    readonly bad: string;
    readonly good: string;
    /** Files of the build context that the examples rest on, by path; `goodFiles` where the good one has others. */
    readonly files?: Readonly<Record<string, string>>;
    readonly goodFiles?: Readonly<Record<string, string>>;
    readonly references: readonly string[];
  };
  check(analysis: Analysis): Iterable<Report<Data>>;
  fix?(report: Report<Data>, analysis: Analysis): readonly Fix[];
};

export type Report<Data = unknown> = {
  readonly span: Span;
  readonly message: string;
  readonly because: readonly Evidence[];
  readonly data: Data;
  /** Lower than the rule's own when less is certain. */
  readonly severity?: Severity;
  /** Names what is to blame; findings of one place are one (`one-cause.ts`) only where this is equal. */
  readonly cause?: string;
};

/** `title` is a verb phrase. The first fix of a report is the obvious one. */
export type Fix = {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Changes of other files; such a fix is never part of "fix all". */
  readonly files?: readonly FileChange[];
  readonly safe?: boolean;
};

/** `path` is relative to the workspace folder; `file` null makes a new file, of the text that the one edit inserts. */
export type FileChange = {
  readonly path: string;
  readonly file: SourceFile | null;
  readonly edits: readonly Edit[];
};

export type Finding = {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly because: readonly Evidence[];
  readonly fixes: () => readonly Fix[];
  /** Findings of the same cause that are left to this one. */
  readonly tells?: readonly Finding[];
};

/** Below zero when `a` is the graver one. */
export function compareSeverity(a: Severity, b: Severity): number {
  return ranks[a] - ranks[b];
}

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

export function defineRule<Data>(rule: Rule<Data>): Rule {
  return rule as Rule;
}

/** A Dockerfile written in the source: common indentation and the first line break are taken away. */
export function dockerfile(strings: TemplateStringsArray): string {
  const lines = (strings.raw[0] ?? '')
    .replace(/^\n/, '')
    .replace(/\n[ \t]*$/, '\n')
    .split('\n');
  const indents = lines.filter((line) => line.trim()).map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join('\n');
}
