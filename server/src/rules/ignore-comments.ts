import type { Analysis } from '../interpret/state.js';
import type { Comment, Dockerfile, Instruction } from '../syntax/model.js';
import { indexLines, lineAt } from '../text/lines.js';
import { type Span, span as makeSpan } from '../text/span.js';

/**
 * A comment of the form `# distroless ignore=id[,id] [until=YYYY-MM-DD] [-- reason]`, or with `ignore-file=`.
 * `instruction` is what the comment speaks about; null for the whole file, and for a comment that stands above nothing.
 */
export type IgnoreComment = {
  readonly comment: Comment;
  readonly scope: 'instruction' | 'file';
  readonly ids: readonly IgnoredId[];
  /** Null when none is written; `date` is null when it is not a date. */
  readonly until: { readonly text: string; readonly date: string | null; readonly span: Span } | null;
  readonly instruction: Instruction | null;
};

export type IgnoredId = { readonly id: string; readonly span: Span };

/** Every ignore comment of the file, in order. */
export function readIgnoreComments(file: Dockerfile): readonly IgnoreComment[] {
  const found = file.comments.flatMap((comment) => parseIgnoreComment(file.text, comment) ?? []);
  if (found.length === 0) return [];
  const instructionOf = addressees(file);
  return found.map((one) => ({
    ...one,
    instruction: one.scope === 'file' ? null : (instructionOf.get(one.comment) ?? null),
  }));
}

/** True on the last day of `until` and before; a date that cannot be read keeps nothing quiet. */
export function isInForce(ignore: IgnoreComment, today: string): boolean {
  if (!ignore.until) return true;
  return ignore.until.date !== null && today <= ignore.until.date;
}

/** The instruction that holds an offset; `null` between instructions. */
export function instructionAt(instructions: readonly Instruction[], offset: number): Instruction | null {
  let low = 0;
  let high = instructions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instructions[middle]?.span.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  const candidate = instructions[low - 1];
  return candidate && offset <= candidate.span.end ? candidate : null;
}

/** All instructions in the order of the file. */
export function instructionsOf(file: Dockerfile): readonly Instruction[] {
  return [...file.globalArgs, ...file.stages.flatMap((stage) => [stage.from, ...stage.instructions])];
}

export type Ignoring = {
  /** True when a comment keeps this rule quiet at this place; the comment then counts as used. */
  readonly covers: (id: string, offset: number) => boolean;
  readonly comments: readonly IgnoreComment[];
  readonly isUsed: (id: IgnoredId) => boolean;
};

/** The ignore comments of a file, ready to be asked about findings. */
export function readIgnoring({ file, today }: Pick<Analysis, 'file' | 'today'>): Ignoring {
  const comments = readIgnoreComments(file);
  const instructions = comments.length > 0 ? instructionsOf(file) : [];
  const used = new Set<IgnoredId>();
  const wholeFile = new Map<string, IgnoredId>();
  const perInstruction = new Map<Instruction, Map<string, IgnoredId>>();
  for (const ignore of comments.filter((one) => isInForce(one, today))) {
    const target = ignore.scope === 'file' ? wholeFile : ignore.instruction && idsFor(ignore.instruction);
    for (const id of ignore.ids) if (target && !target.has(id.id)) target.set(id.id, id);
  }
  return { comments, isUsed: (id) => used.has(id), covers };

  function idsFor(instruction: Instruction): Map<string, IgnoredId> {
    const ids = perInstruction.get(instruction) ?? new Map<string, IgnoredId>();
    perInstruction.set(instruction, ids);
    return ids;
  }

  function covers(id: string, offset: number): boolean {
    if (comments.length === 0) return false;
    const instruction = instructionAt(instructions, offset);
    const by = (instruction && perInstruction.get(instruction)?.get(id)) ?? wholeFile.get(id);
    if (by) used.add(by);
    return by !== undefined;
  }
}

const shape = /^#[ \t]*distroless[ \t]+ignore(-file)?[ \t]*(=|$)/i;

function parseIgnoreComment(text: string, comment: Comment): Omit<IgnoreComment, 'instruction'> | null {
  const source = text.slice(comment.span.start, comment.span.end);
  const head = shape.exec(source);
  if (!head) return null;
  const rest = source.slice(head[0].length).split(/(?:^|[ \t])--(?:[ \t]|$)/, 1)[0] ?? '';
  const restAt = comment.span.start + head[0].length;
  const words = [...rest.matchAll(/[^\s,]+/g)].map((match) => ({
    text: match[0],
    span: makeSpan(restAt + match.index, restAt + match.index + match[0].length),
  }));
  const until = words.find((word) => /^until=/i.test(word.text));
  return {
    comment,
    scope: head[1] ? 'file' : 'instruction',
    ids: words.filter((word) => word !== until).map((word) => ({ id: word.text.toLowerCase(), span: word.span })),
    until: until ? readUntil(until.text.slice('until='.length), until.span) : null,
  };
}

function readUntil(text: string, span: Span): NonNullable<IgnoreComment['until']> {
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text);
  return { text, date: isDate ? text : null, span: makeSpan(span.end - text.length, span.end) };
}

function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

/** For each comment the instruction it stands inside of, or directly above of with only comments between. */
function addressees(file: Dockerfile): ReadonlyMap<Comment, Instruction> {
  const lines = indexLines(file.text);
  const instructions = instructionsOf(file);
  const byLine = new Map(instructions.map((one) => [lineAt(lines, one.span.start), one]));
  const result = new Map<Comment, Instruction>();
  for (const comment of [...file.comments].reverse()) {
    const line = lineAt(lines, comment.span.start);
    const target = instructionAt(instructions, comment.span.start) ?? byLine.get(line + 1);
    if (!target) continue;
    result.set(comment, target);
    byLine.set(line, target);
  }
  return result;
}
