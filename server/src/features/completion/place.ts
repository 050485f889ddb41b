import type { Analysis, Stage, Step } from '../../interpret/state.js';
import type { Instruction } from '../../syntax/model.js';
import type { Span } from '../../text/span.js';

/**
 * A word that is being typed and can be completed: the image of FROM, what COPY --from or a mount takes from, or a user.
 * `span` is the whole word on the line of the cursor, `typed` the part of it before the cursor.
 */
export type Place = {
  readonly kind: 'base' | 'source' | 'user';
  readonly stage: Stage;
  /** Null for FROM itself. */
  readonly step: Step | null;
  readonly span: Span;
  readonly typed: string;
};

/** Null wherever there is nothing to complete: in comments, heredocs, the text of RUN, templates of other tools. */
export function placeAt({ file, stages }: Analysis, offset: number): Place | null {
  if (file.isTemplate || offset > file.text.length) return null;
  if (file.comments.some(({ span }) => span.start < offset && offset <= span.end)) return null;
  const stage = stages.findLast(({ syntax }) => syntax.from.span.start <= offset);
  if (!stage) return null;
  const step = stage.steps.findLast(({ instruction }) => instruction.span.start <= offset) ?? null;
  const instruction = step?.instruction ?? stage.syntax.from;
  const before = textBefore(file, instruction, offset);
  const found = before === null ? null : wantedAt(instruction, readWords(before));
  if (!found) return null;
  const span = wordAround(file.text, offset, found);
  return span && { kind: found.kind, stage, step, span, typed: found.typed };
}

type Lines = { readonly text: string; readonly escape: string };

const longestInstruction = 20_000;

/** What stands between the keyword and the cursor, as one line; null when the cursor is not in that instruction. */
function textBefore({ text, escape }: Lines, { keyword }: Instruction, offset: number): string | null {
  const from = keyword.span.end;
  if (offset <= from || offset - from > longestInstruction) return null;
  const parts: string[] = [];
  const lines = text.slice(from, offset).split('\n');
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1;
    const isIgnored = index > 0 && !isLast && /^\s*(#|$)/.test(line);
    if (isIgnored) continue;
    const end = isLast ? line.length : continuation(line, escape);
    if (end < 0) return null;
    parts.push(line.slice(0, end));
  }
  return parts.join('');
}

/** Where the escape character stands that continues a line, or -1. */
function continuation(line: string, escape: string): number {
  const end = line.trimEnd().length - 1;
  return line[end] === escape && line[end - 1] !== escape ? end : -1;
}

/** `complete`: the words before the cursor but for flags; `last`: the one at the cursor, empty behind white space. */
type Words = { readonly complete: readonly string[]; readonly last: string };

function readWords(before: string): Words | null {
  if (!/^\s/.test(before)) return null;
  const words = before.trimStart().split(/\s+/);
  const last = words.pop() ?? '';
  const firstPlain = words.findIndex((word) => !word.startsWith('--'));
  return { complete: firstPlain < 0 ? [] : words.slice(firstPlain), last };
}

type Wanted = { readonly kind: Place['kind']; readonly typed: string; readonly isInMount: boolean };

function wantedAt({ kind, isOnbuild }: Instruction, words: Words | null): Wanted | null {
  // Quotes and escapes would have to be kept: what is written in them is left alone.
  if (!words || isOnbuild || words.complete.length > 0 || /["'`\\]/.test(words.last)) return null;
  const { last } = words;
  if (kind === 'from') return last.startsWith('-') ? null : { kind: 'base', typed: last, isInMount: false };
  if (kind === 'user') return { kind: 'user', typed: last, isInMount: false };
  if (kind === 'run') return inMount(last);
  if (kind !== 'copy' && kind !== 'add') return null;
  const [, flag = '', typed = ''] = /^--(from|chown)=(.*)$/is.exec(last) ?? [];
  if (flag.toLowerCase() === 'chown') return { kind: 'user', typed, isInMount: false };
  return flag !== '' && kind === 'copy' ? { kind: 'source', typed, isInMount: false } : null;
}

function inMount(last: string): Wanted | null {
  const match = /^--mount=(?:.*,)?from=([^,]*)$/is.exec(last);
  return match ? { kind: 'source', typed: match[1] ?? '', isInMount: true } : null;
}

/** Null for a word that goes on over several lines: editors replace text within one line only. */
function wordAround(text: string, offset: number, { typed, kind, isInMount }: Wanted): Span | null {
  const start = offset - typed.length;
  if (text.slice(start, offset) !== typed) return null;
  const rest = /^[^\s]*/.exec(text.slice(offset, offset + 1000))?.[0] ?? '';
  const isFree = typed === '' && kind === 'base' && /^as$/i.test(rest);
  const word = isFree ? '' : isInMount ? rest.replace(/,.*/s, '') : rest;
  return { start, end: offset + (/[\\`]$/.test(word) ? word.length - 1 : word.length) };
}
