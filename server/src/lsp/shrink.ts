import type { Edit } from '../text/edit.js';

/** The same change with what stays as it is left out at both ends; pairs of UTF-16 units and CR LF are not split. */
export function shrink(text: string, edit: Edit): Edit {
  const old = text.slice(edit.span.start, edit.span.end);
  const limit = Math.min(old.length, edit.text.length);

  let head = 0;
  while (head < limit && old[head] === edit.text[head]) head++;
  while (head > 0 && (splits(old, head) || splits(edit.text, head))) head--;

  let tail = 0;
  while (tail < limit - head && old[old.length - 1 - tail] === edit.text[edit.text.length - 1 - tail]) tail++;
  while (tail > 0 && (splits(old, old.length - tail) || splits(edit.text, edit.text.length - tail))) tail--;

  return {
    span: { start: edit.span.start + head, end: edit.span.end - tail },
    text: edit.text.slice(head, edit.text.length - tail),
  };
}

function splits(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  const isCrLf = before === 13 && after === 10;
  const isPair = before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
  return isCrLf || isPair;
}
