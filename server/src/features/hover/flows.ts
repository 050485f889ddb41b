import { entryAt, resolvePath } from '../../interpret/query.js';
import type { Analysis, Artifact, Stage } from '../../interpret/state.js';
import { fromWords } from '../../stages/link.js';
import type { Instruction } from '../../syntax/model.js';
import type { LineIndex } from '../../text/lines.js';
import type { Span } from '../../text/span.js';
import { linkageTitle } from './libc-note.js';
import { code, lineOf } from './markdown.js';
import { runtimeTitle } from './words.js';

/** A way in which a stage reaches another one; `text` is Markdown. */
export type Flow = { readonly span: Span; readonly text: string };

/** Everything that leaves the stage: files copied from it, mounts of it, stages that continue it; in the file's order. */
export function flowsFrom(stage: Stage, { analysis, lines }: { analysis: Analysis; lines: LineIndex }): Flow[] {
  const flows: Flow[] = [];
  for (const other of analysis.stages.slice(stage.index + 1)) {
    if (other.base.kind === 'stage' && other.base.stage === stage) {
      flows.push({ span: other.syntax.from.span, text: `stage ${stageTitle(other)} continues it` });
    }
    for (const { instruction } of other.steps) {
      if (instruction.flags.length > 0 && takesFrom(instruction, stage, analysis)) flows.push(...flowsOf(instruction, stage, lines));
    }
  }
  return flows;
}

export function stageTitle({ name, index }: Stage): string {
  return name === null ? `${index}` : code(name);
}

/** `Go program, static (line 5)`. */
export function artifactTitle(artifact: Artifact, lines: LineIndex): string | null {
  const how = linkageTitle(artifact, lines);
  const language = artifact.language === 'c' || artifact.language === 'c++' ? artifact.language.toUpperCase() : artifact.language;
  const what = language ? `${runtimeTitle({ name: language, version: null })} program` : null;
  if (!how) return what && `${what}, linkage not known`;
  const linked = how.startsWith('static') ? how : `linked ${how}`;
  return what ? `${what}, ${linked}` : linked;
}

function takesFrom(instruction: Instruction, stage: Stage, { sources }: Analysis): boolean {
  return fromWords(instruction).some(({ span }) => {
    const source = sources.get(span.start);
    return source?.kind === 'stage' && source.stage === stage;
  });
}

function flowsOf(instruction: Instruction, stage: Stage, lines: LineIndex): Flow[] {
  const { span } = instruction;
  if (instruction.kind !== 'copy' && instruction.kind !== 'add') return [{ span, text: 'mounted while RUN runs' }];
  const target = code(instruction.destination?.value ?? '');
  return instruction.sources.map((word) => {
    const artifact = word.value.includes('$') ? null : entryAt(stage.end, resolvePath('/', word.value))?.artifact;
    const what = artifact ? artifactTitle(artifact, lines) : null;
    return { span, text: `${code(word.value)} → ${target}${what ? ` (${what})` : ''}` };
  });
}

export function flowLine({ span, text }: Flow, lines: LineIndex): string {
  return `${lineOf(lines, span)}: ${text}`;
}
