import type { Span } from './span.js';
import { span as makeSpan } from './span.js';

/** Replace the text of `span` by `text`. */
export type Edit = { readonly span: Span; readonly text: string };

export function replace(span: Span, text: string): Edit {
  return { span, text };
}

export function insert(offset: number, text: string): Edit {
  return { span: makeSpan(offset, offset), text };
}

export function remove(span: Span): Edit {
  return { span, text: '' };
}

/** The line break of a document, for what is put in. */
export function newlineOf(text: string): '\r\n' | '\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The document after all edits; edits are taken in the order of their position and must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let result = '';
  let at = 0;
  for (const edit of ordered) {
    result += text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
  }
  return result + text.slice(at);
}
