import type { Analysis, Stage, Step } from '../interpret/state.js';
import type { Flag, Instruction } from '../syntax/model.js';
import { fromWords } from '../stages/link.js';
import { indexLines } from '../text/lines.js';
import { type Span, touches } from '../text/span.js';
import { shellHover, userHover, workdirHover } from './hover/config-hover.js';
import { baseImageHover, scratchHover, sourceImageHover } from './hover/image-hover.js';
import { packageAt, packageHover } from './hover/package-hover.js';
import { healthHover, startHover } from './hover/process-hover.js';
import { ruleHoverAt } from './hover/rule-hover.js';
import { stageHover } from './hover/stage-hover.js';
import { webLinks, type Links, type View } from './hover/view.js';

export { webLinks, type Links } from './hover/view.js';

export type Hover = { readonly markdown: string; readonly span: Span };

/** What there is to say about the place in the file; null where there is nothing, and in templates of other tools. */
export function hover(analysis: Analysis, offset: number, links: Links = webLinks): Hover | null {
  const { file } = analysis;
  if (file.isTemplate) return null;
  const stage = analysis.stages.find(({ syntax }) => touches(syntax.span, offset));
  const place = stage && { stage, view: { analysis, lines: indexLines(file.text), links }, offset };
  const step = stage?.steps.find(({ instruction }) => touches(instruction.span, offset));
  const found = place && (step ? atStep(step, place) : atFrom(place));
  return found ?? ruleHoverAt(file, offset);
}

type Place = { readonly stage: Stage; readonly view: View; readonly offset: number };

function atFrom({ stage, view, offset }: Place): Hover | null {
  const { image, name } = stage.syntax.from;
  if (name && touches(name.span, offset)) return { markdown: stageHover(stage, view), span: name.span };
  if (!image || !touches(image.span, offset)) return null;
  const { base } = stage;
  if (base.kind === 'stage') return { markdown: stageHover(base.stage, view), span: image.span };
  if (base.kind === 'scratch') return { markdown: scratchHover(stage, view), span: image.span };
  return { markdown: baseImageHover(stage, base, view), span: image.span };
}

function atStep(step: Step, place: Place): Hover | null {
  const { instruction } = step;
  const flag = instruction.flags.find(({ span }) => touches(span, place.offset));
  if (flag && (instruction.kind === 'copy' || instruction.kind === 'add' || instruction.kind === 'run')) {
    return atFlag(flag, instruction, place);
  }
  if (instruction.isOnbuild || isInComment(place)) return null;
  if (instruction.kind === 'run') return atRun(step, place);
  const markdown = aboutInstruction(step, place);
  return markdown ? { markdown, span: instruction.span } : null;
}

/** --from=…, and from=… inside --mount. */
function atFlag(flag: Flag, instruction: Instruction, { view }: Place): Hover | null {
  const word = fromWords(instruction).find(({ span }) => flag.span.start <= span.start && span.end <= flag.span.end);
  const source = word && view.analysis.sources.get(word.span.start);
  if (source?.kind === 'stage') return { markdown: stageHover(source.stage, view), span: flag.span };
  if (source?.kind === 'image') return { markdown: sourceImageHover(source, view), span: flag.span };
  return null;
}

function atRun(step: Step, { stage, offset }: Place): Hover | null {
  const found = packageAt(step, offset);
  const markdown = found && packageHover(found, stage);
  return found && markdown ? { markdown, span: found.span } : null;
}

function aboutInstruction(step: Step, { stage, view }: Place): string | null {
  const { instruction } = step;
  switch (instruction.kind) {
    case 'cmd':
    case 'entrypoint':
      return startHover(step, stage, view);
    case 'healthcheck':
      return healthHover(step, stage, view);
    case 'user':
      return userHover({ ...step, instruction }, stage, view);
    case 'workdir':
      return workdirHover({ ...step, instruction }, stage, view);
    case 'shell':
      return shellHover({ ...step, instruction }, stage, view);
    default:
      return null;
  }
}

/** A comment line between the lines of an instruction. */
function isInComment({ view, offset }: Place): boolean {
  return view.analysis.file.comments.some(({ span }) => span.start <= offset && offset <= span.end);
}
