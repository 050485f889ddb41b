import type { Span } from '../text/span.js';
import { asObject, type DataObject } from './data.js';

/** The object in a JSON text; null when it is none. */
export function readJson(text: string): DataObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return asObject(value);
  } catch {
    return null;
  }
}

/** Where a key stands that could not be found. */
const nowhere: Span = { start: 0, end: 0 };

/** Keys that are written in another way than the parser gives them are few, if there are any. */
const mostMisses = 20;

/**
 * Where the keys of a JSON text stand, with their quotation marks. They are asked for in the order of the text, which
 * the parser keeps: each is looked for behind the one before, from an offset on.
 */
export function keyFinder(text: string, from = 0): (key: string) => Span {
  let next = from;
  let misses = 0;
  return (key) => {
    if (misses > mostMisses) return nowhere;
    const quoted = JSON.stringify(key);
    const pattern = `${quoted}:`;
    const at = text.indexOf(pattern, next);
    if (at < 0) {
      misses++;
      return nowhere;
    }
    next = at + pattern.length;
    return { start: at, end: at + quoted.length };
  };
}
