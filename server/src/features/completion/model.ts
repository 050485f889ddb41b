import type { Span } from '../../text/span.js';

/** One thing to put in place of the word at the cursor. */
export type Suggestion = {
  readonly kind: 'image' | 'tag' | 'stage' | 'user';
  /** What the list shows: `3.13-slim` for a tag. */
  readonly label: string;
  /** What takes the place of the word. */
  readonly text: string;
  /** A few words of the same size for every entry: the family of an image, the base of a stage. */
  readonly hint: string;
  /** Known facts in a line; null where they have to be asked for with `reference`. */
  readonly detail: string | null;
  /** Of the image whose facts `describeImage` tells; a name without tag stands for its most useful tag. */
  readonly reference: string | null;
  readonly isDeprecated: boolean;
};

/** In the order of advice. `isCapped`: there is more that fits what is typed. */
export type Completion = {
  readonly span: Span;
  readonly items: readonly Suggestion[];
  readonly isCapped: boolean;
};
