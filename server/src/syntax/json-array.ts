import type { MappedText } from '../text/mapped.js';
import { toSourceSpan } from '../text/mapped.js';
import type { Word } from './model.js';

export type JsonArray =
  | { readonly kind: 'strings'; readonly words: readonly Word[] }
  /** A JSON array with something else in it, which Docker refuses. */
  | { readonly kind: 'other' }
  /** Not a JSON array: Docker takes the text as it stands. */
  | { readonly kind: 'none' };

/** Reads line.text from `start` to `end` as the exec form. */
export function readJsonArray(line: MappedText, start: number, end: number): JsonArray {
  if (line.text[start] !== '[' || line.text[end - 1] !== ']') return { kind: 'none' };
  const values = parseArray(line.text.slice(start, end));
  if (!values) return { kind: 'none' };
  if (!values.every((value) => typeof value === 'string')) return { kind: 'other' };
  const words: Word[] = [];
  let at = start;
  for (const value of values) {
    const open = line.text.indexOf('"', at);
    at = stringEnd(line.text, open);
    words.push({ text: line.text.slice(open, at), value, span: toSourceSpan(line, open, at) });
  }
  return { kind: 'strings', words };
}

function parseArray(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function stringEnd(text: string, open: number): number {
  let at = open + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
