import type { Analysis } from '../../interpret/state.js';
import type { LineIndex } from '../../text/lines.js';
import type { Span } from '../../text/span.js';

export type View = { readonly analysis: Analysis; readonly lines: LineIndex; readonly links: Links };

/** Where the links of a hover lead: addresses of the web, or commands of an editor that runs them. */
export type Links = {
  /** A page by its path below docs/: `guide/glibc-and-musl.md`. */
  readonly page: (path: string) => string;
  /** The comparison of bases for the stage with this FROM; null where no command can be run. */
  readonly comparison: (from: Span) => string | null;
};

const pages = 'https://github.com/distroless-guide/distroless-guide/blob/main/docs/';

/** For readers outside of an editor, and editors that run no commands of ours. */
export const webLinks: Links = { page: (path) => pages + path, comparison: () => null };
