import type { Span } from '../text/span.js';
import { skipSpace } from './characters.js';
import { readDirectives } from './directives.js';
import type { HeredocBodies, HeredocStart, LineFinder } from './heredoc.js';
import { heredocStarts, lineFinder, readHeredocs } from './heredoc.js';
import type { Head } from './instructions.js';
import { canHoldHeredocs, readHead, readInstruction } from './instructions.js';
import type { Escape, Line, LogicalLine } from './lines.js';
import { commentOn, lineFrom, readLogicalLine } from './lines.js';
import type { Arg, Comment, Dockerfile, From, Instruction, Problem, StageSyntax } from './model.js';
import { hasTemplateNames, isTemplateLine } from './template.js';
import type { Source } from './words.js';

/**
 * Reads a Dockerfile as BuildKit does (frontend/dockerfile/parser). Offsets count UTF-16 units of `text`, a byte order
 * mark included. Takes any text, in time that grows linearly with it, and never fails.
 */
export function parseDockerfile(text: string): Dockerfile {
  const directives = readDirectives(text, text.startsWith('\ufeff') ? 1 : 0);
  const file = openFile(text, directives.escape, directives.problems);
  for (let at = directives.next; at < text.length;) {
    const line = lineFrom(text, at);
    const comment = commentOn(text, line);
    if (comment) file.comments.push(comment);
    const isEmpty = comment !== null || skipSpace(text, line.start, line.end) === line.end;
    at = isEmpty ? line.next : readStatement(file, line);
  }
  const { globalArgs, comments, problems } = file;
  const stages = file.stages.map(closeStage);
  const isTemplate = file.hasTemplateLine || hasTemplateNames({ globalArgs, stages });
  const { escape, directives: list } = directives;
  return { text, escape, directives: list, globalArgs, stages, comments, isTemplate, problems };
}

type OpenStage = { readonly from: From; readonly instructions: Instruction[] };

type OpenFile = {
  readonly text: string;
  readonly escape: Escape;
  readonly globalArgs: Arg[];
  readonly stages: OpenStage[];
  readonly comments: Comment[];
  readonly problems: Problem[];
  readonly hasLine: LineFinder;
  hasTemplateLine: boolean;
};

function openFile(text: string, escape: Escape, problems: readonly Problem[]): OpenFile {
  const lists = { globalArgs: [], stages: [], comments: [], problems: [...problems] };
  return { text, escape, ...lists, hasLine: lineFinder(text), hasTemplateLine: false };
}

/** Reads the instruction that starts on `first`; gives the offset of the line after it. */
function readStatement(file: OpenFile, first: Line): number {
  const line = readLogicalLine(file.text, first, file.escape);
  for (const comment of line.comments) file.comments.push(comment);
  if (line.text.text === '') return line.next;
  const source: Source = { line: line.text, escape: file.escape };
  const head = readHead(source, { start: 0, end: line.text.text.length });
  const bodies = readHeredocs(file.text, startsOf(file, source, { head, line }), line.next);
  for (const { delimiter, span } of bodies.unterminated) {
    file.problems.push({ message: `The heredoc '${delimiter}' has no line that ends it.`, span });
  }
  const span = { start: line.text.span.start, end: endOf(line, bodies) };
  const parts = { head, heredocs: bodies.heredocs, span, isOnbuild: false, problems: file.problems };
  file.hasTemplateLine ||= isTemplateSource(file.text, { start: first.start, end: line.next });
  place(file, readInstruction(source, parts));
  return bodies.next;
}

function startsOf(file: OpenFile, source: Source, { head, line }: { head: Head; line: LogicalLine }): HeredocStart[] {
  const holder = head.name === 'onbuild' ? readHead(source, head.args) : head;
  if (!source.line.text.includes('<<') || !canHoldHeredocs(source, holder)) return [];
  // A shift such as $(( 1 << 2 )) looks like a heredoc too, and was none to Docker before Dockerfile syntax 1.16.
  return heredocStarts(source.line).filter((start) => {
    return !start.spaced || file.hasLine(start.delimiter, start.stripsTabs, line.next);
  });
}

function endOf(line: LogicalLine, bodies: HeredocBodies): number {
  return bodies.heredocs.length > 0 ? bodies.end : line.end;
}

function place(file: OpenFile, instruction: Instruction): void {
  const stage = file.stages.at(-1);
  if (instruction.kind === 'from') file.stages.push({ from: instruction, instructions: [] });
  else if (stage) stage.instructions.push(instruction);
  else if (instruction.kind === 'arg') file.globalArgs.push(instruction);
  else if (instruction.kind !== 'other') {
    const message = `${instruction.kind.toUpperCase()} stands before the first FROM.`;
    file.problems.push({ message, span: instruction.keyword.span });
  }
}

function isTemplateSource(text: string, { start, end }: Span): boolean {
  for (let at = start; at < end;) {
    const line = lineFrom(text, at);
    if (isTemplateLine(text.slice(line.start, line.end))) return true;
    at = line.next;
  }
  return false;
}

function closeStage({ from, instructions }: OpenStage): StageSyntax {
  const last = instructions.at(-1) ?? from;
  return { from, instructions, span: { start: from.span.start, end: last.span.end } };
}
