import type { Span } from '../text/span.js';

/** What is wrong in a config file, where, and what to write instead. With an error nothing of the file counts. */
export type ConfigProblem = { readonly span: Span; readonly message: string; readonly severity: 'error' | 'warning' };

/** Takes a problem at a place. The message is made only for the one that is kept. */
export type Report = (span: Span, message: () => string) => void;

export type Problems = { readonly report: Report; readonly first: () => ConfigProblem | null };

/** Keeps the problem that stands first in the file. */
export function firstProblem(): Problems {
  let first: ConfigProblem | null = null;
  return {
    report: (span, message) => {
      if (first && first.span.start <= span.start) return;
      first = { span, message: message(), severity: 'error' };
    },
    first: () => first,
  };
}
