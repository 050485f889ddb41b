import { placeText } from '../../fact.js';
import { rootBase } from '../../interpret/bases.js';
import type { Base, Stage } from '../../interpret/state.js';
import { flowLine, flowsFrom, stageTitle, type Flow } from './flows.js';
import { libcNote } from './libc-note.js';
import { bullets, code, lineOf, page } from './markdown.js';
import type { View } from './view.js';
import { referenceTitle, systemTitle, userTitle } from './words.js';

const mostFlows = 6;

/** A stage by its name: what it is built on, whether it is needed, and what flows out of it. */
export function stageHover(stage: Stage, view: View): string {
  const title = `**Stage ${stageTitle(stage)}** · ${lineOf(view.lines, stage.syntax.from.span)} · ${baseTitle(stage)}`;
  const flows = flowsFrom(stage, view);
  const shown = flows.slice(0, mostFlows).map((flow) => flowLine(flow, view));
  const more = flows.length > mostFlows ? [`and ${flows.length - mostFlows} more`] : [];
  const list = flows.length > 0 ? `What flows out of it:\n${bullets([...shown, ...more])}` : null;
  return page(title, roleNote(stage, view), list, mattersLibc(stage, flows) ? libcNote(stage, view) : null);
}

function baseTitle(stage: Stage): string {
  const { base, end } = stage;
  const system = end.libc.known && end.os.known && end.os.value ? ` · ${systemTitle(end)}` : '';
  if (base.kind === 'stage') return `from stage ${stageTitle(base.stage)}, on ${rootTitle(rootBase(stage))}${system}`;
  return `from ${rootTitle(base)}${system}`;
}

function rootTitle(base: Base): string {
  return referenceTitle(
    base.kind === 'image' ? (base.reference?.text ?? base.text) : base.kind === 'scratch' ? 'scratch' : base.text,
  );
}

function roleNote(stage: Stage, { analysis }: View): string {
  const { target } = analysis;
  const why =
    target?.kind === 'file' ? `${code(placeText(target))} builds it` : 'this is the image that `docker build` makes';
  if (stage.isFinal) return `The final stage: ${why}. It runs as ${userTitle(stage.end.user)}.`;
  return stage.isNeeded
    ? 'Needed by the final image.'
    : 'The final image does not need it: an ordinary build leaves it out.';
}

/** The list says it already when all that leaves is a static program. */
function mattersLibc(stage: Stage, flows: readonly Flow[]): boolean {
  const isStatic = ({ artifact }: Flow) => artifact?.linkage.known === true && artifact.linkage.value === 'static';
  return !stage.isFinal && flows.length > 0 && !flows.every(isStatic);
}
