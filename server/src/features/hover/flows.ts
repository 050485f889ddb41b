import { entryAt, resolvePath } from '../../interpret/query.js';
import type { Analysis, Artifact, Stage } from '../../interpret/state.js';
import { fromWords } from '../../stages/link.js';
import type { Instruction } from '../../syntax/model.js';
import type { Span } from '../../text/span.js';
import { artifactTitle } from './linkage.js';
import { code, lineOf } from './markdown.js';
import type { View } from './view.js';

/** A way in which a stage reaches another one; `text` is Markdown. */
export type Flow = {
  readonly span: Span;
  readonly text: string;
  readonly artifact: Artifact | null;
  /** True for files that by their path hold no program: certificates, accounts, web pages. */
  readonly isData: boolean;
};

/** Everything that leaves the stage: files copied from it, mounts of it, stages that continue it; in the file's order. */
export function flowsFrom(stage: Stage, { analysis }: View): Flow[] {
  const flows: Flow[] = [];
  for (const other of analysis.stages.slice(stage.index + 1)) {
    if (other.base.kind === 'stage' && other.base.stage === stage) {
      flows.push({
        span: other.syntax.from.span,
        text: `stage ${stageTitle(other)} continues it`,
        artifact: null,
        isData: false,
      });
    }
    for (const { instruction } of other.steps) {
      if (instruction.flags.length > 0 && takesFrom(instruction, stage, analysis))
        flows.push(...flowsOf(instruction, stage));
    }
  }
  return flows;
}

/** `line 9: /out/app → /app (Go program, static by line 5)`. */
export function flowLine({ span, text, artifact }: Flow, view: View): string {
  const what = artifact ? artifactTitle(artifact, view) : null;
  return `${lineOf(view.lines, span)}: ${text}${what ? ` (${what})` : ''}`;
}

export function stageTitle({ name, index }: Stage): string {
  return name === null ? `${index}` : code(name);
}

function takesFrom(instruction: Instruction, stage: Stage, { sources }: Analysis): boolean {
  return fromWords(instruction).some(({ span }) => {
    const source = sources.get(span.start);
    return source?.kind === 'stage' && source.stage === stage;
  });
}

function flowsOf(instruction: Instruction, stage: Stage): Flow[] {
  const { span } = instruction;
  if (instruction.kind !== 'copy' && instruction.kind !== 'add')
    return [{ span, text: 'mounted while RUN runs', artifact: null, isData: false }];
  const target = code(instruction.destination?.value ?? '');
  return instruction.sources.map((word) => {
    const artifact = word.value.includes('$')
      ? null
      : (entryAt(stage.end, resolvePath('/', word.value))?.artifact ?? null);
    return { span, text: `${code(word.value)} → ${target}`, artifact, isData: !artifact && dataPath.test(word.value) };
  });
}

const dataPath =
  /^\/(?:etc|usr\/share)\/|\.(?:crt|pem|conf|ya?ml|json|toml|xml|txt|md|html?|css|js|mjs|map|jar|war|py|rb|php|sql)$/;
