import assert from 'node:assert/strict';
import { complete, type Completion, type Suggestion } from '../../server/src/features/completion.js';
import { analysisOf, type CheckOptions } from './checks.js';
import { readCursor } from './cursor.js';

/** What is offered at `$0`, its span checked to hold the cursor; null where nothing is. */
export function completionAt(source: string, options: CheckOptions = {}): Completion | null {
  const { text, offset } = readCursor(source);
  const found = complete(analysisOf(text, options), offset);
  if (found) assert.ok(found.span.start <= offset && offset <= found.span.end, 'The span holds the cursor.');
  return found;
}

/** The texts that are offered, in their order; none where nothing is. */
export function textsAt(source: string, options: CheckOptions = {}): string[] {
  return (completionAt(source, options)?.items ?? []).map(({ text }) => text);
}

/** The suggestion of that text; there has to be one. */
export function itemAt(source: string, text: string): Suggestion {
  const found = completionAt(source)?.items.find((item) => item.text === text);
  return found ?? assert.fail(`'${text}' is not offered.`);
}

/** The text that an accepted suggestion would take the place of. */
export function replacedAt(source: string): string {
  const { text } = readCursor(source);
  const found = completionAt(source) ?? assert.fail('Nothing is offered.');
  return text.slice(found.span.start, found.span.end);
}
