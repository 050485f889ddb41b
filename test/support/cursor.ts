import assert from 'node:assert/strict';
import { hover, type Hover } from '../../server/src/features/hover.js';
import { analysisOf, type CheckOptions } from './checks.js';
import { readFixture } from './fixture.js';

const mark = '$0';

/** A Dockerfile with `$0` at the cursor; common indentation is left out, as in the other fixtures. */
export function readCursor(source: string): { readonly text: string; readonly offset: number } {
  const marked = readFixture(source).text;
  const offset = marked.indexOf(mark);
  assert.ok(offset >= 0 && marked.indexOf(mark, offset + 1) < 0, 'A fixture has exactly one $0.');
  return { text: marked.slice(0, offset) + marked.slice(offset + mark.length), offset };
}

/** The hover at `$0`, its span checked to hold the cursor; null where there is none. */
export function hoverAt(source: string, options: CheckOptions = {}): Hover | null {
  const { text, offset } = readCursor(source);
  const found = hover(analysisOf(text, options), offset);
  if (found) assert.ok(found.span.start <= offset && offset <= found.span.end, 'The span holds the cursor.');
  return found;
}

/** The text of the hover at `$0`; there has to be one. */
export function markdownAt(source: string, options: CheckOptions = {}): string {
  const found = hoverAt(source, options);
  assert.ok(found, 'There is no hover.');
  return found.markdown;
}
