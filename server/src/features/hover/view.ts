import type { Analysis } from '../../interpret/state.js';
import type { LineIndex } from '../../text/lines.js';

/** What every hover is made from. */
export type View = { readonly analysis: Analysis; readonly lines: LineIndex };
