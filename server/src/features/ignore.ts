import type { Analysis } from '../interpret/state.js';
import { type IgnoreComment, instructionAt, instructionsOf, readIgnoreComments } from '../rules/ignore-comments.js';
import type { Finding, Fix } from '../rules/rule.js';
import type { Dockerfile, Instruction } from '../syntax/model.js';
import { type Edit, insert } from '../text/edit.js';
import { indexLines, lineAt, type LineIndex } from '../text/lines.js';

/**
 * Two ways to keep a finding quiet: for its instruction (left out when it stands in none), and for the whole file.
 * The comment is complete as written; its reason holds the day, and is there to be improved on.
 */
export function ignoreEdits(analysis: Analysis, finding: Finding): readonly Fix[] {
  const id = finding.rule.meta.id;
  if (id === 'unused-ignore') return [];
  const place = readPlace(analysis, id);
  const instruction = instructionAt(instructionsOf(analysis.file), finding.span.start);
  const here = instruction && {
    title: `Ignore '${id}' for this instruction`,
    edits: [extend(place, instruction) ?? aboveInstruction(place, instruction)],
  };
  const everywhere = { title: `Ignore '${id}' in this file`, edits: [extend(place, null) ?? atTop(place)] };
  return here ? [here, everywhere] : [everywhere];
}

type Place = {
  readonly id: string;
  readonly file: Dockerfile;
  readonly lines: LineIndex;
  readonly lineEnding: string;
  readonly existing: readonly IgnoreComment[];
  readonly reason: string;
};

function readPlace({ file, today }: Analysis, id: string): Place {
  const lines = indexLines(file.text);
  const lineEnding = /\r\n|\n|\r/.exec(file.text)?.[0] ?? '\n';
  return { id, file, lines, lineEnding, existing: readIgnoreComments(file), reason: `accepted ${today}` };
}

/** Adds the id to a comment that is there already. One with an end date is left alone: the date is not for this id. */
function extend({ existing, id }: Place, instruction: Instruction | null): Edit | null {
  const comment = existing.find(
    (one) =>
      one.until === null &&
      one.ids.length > 0 &&
      (instruction ? one.instruction === instruction : one.scope === 'file'),
  );
  const last = comment?.ids.at(-1);
  return last ? insert(last.span.end, `,${id}`) : null;
}

function aboveInstruction(place: Place, instruction: Instruction): Edit {
  const { file, lines, id, lineEnding, reason } = place;
  const own = lineAt(lines, instruction.span.start);
  const indentation = file.text.slice(startOfLine(place, own), instruction.span.start);
  const comment = `${indentation}# distroless ignore=${id} -- ${reason}${lineEnding}`;
  if (!hasDescription(instruction)) return insert(startOfLine(place, own), comment);
  return insert(startOfLine(place, firstCommentLine(place, own)), `${comment}${indentation}#${lineEnding}`);
}

/**
 * BuildKit reads the last comment above ARG and a named FROM as its description, and complains about any other text
 * (InvalidDefinitionDescription). A bare # starts its reading anew, so ours goes on top with a bare # below it.
 */
function hasDescription(instruction: Instruction): boolean {
  return instruction.kind === 'arg' || (instruction.kind === 'from' && instruction.name !== null);
}

function firstCommentLine({ file, lines }: Place, line: number): number {
  const commented = new Set(file.comments.map((comment) => lineAt(lines, comment.span.start)));
  let first = line;
  while (commented.has(first - 1)) first--;
  return first;
}

/** Below the parser directives: a comment above or between them would end them. An empty line sets it apart. */
function atTop(place: Place): Edit {
  const { file, lines, id, lineEnding, reason } = place;
  const comment = `# distroless ignore-file=${id} -- ${reason}${lineEnding}`;
  const directive = file.directives.at(-1);
  const line = directive ? lineAt(lines, directive.span.start) + 1 : 0;
  if (line >= lines.starts.length) return insert(lines.length, lineEnding + comment);
  const start = startOfLine(place, line);
  const isFollowed = /^[^\r\n]*\S/.test(file.text.slice(start));
  return insert(start, isFollowed ? comment + lineEnding : comment);
}

/** A byte order mark stays in front of everything. */
function startOfLine({ file, lines }: Place, line: number): number {
  const start = lines.starts[line] ?? lines.length;
  return file.text.charCodeAt(start) === 0xfeff ? start + 1 : start;
}
