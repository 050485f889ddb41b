import { rootBase } from '../../interpret/bases.js';
import type { Base, Stage } from '../../interpret/state.js';
import { flowLine, flowsFrom, stageTitle } from './flows.js';
import type { View } from './image-hover.js';
import { libcNote } from './libc-note.js';
import { bullets, code, lineOf, page } from './markdown.js';
import { systemTitle, userTitle } from './words.js';

const mostFlows = 6;

/** A stage by its name: what it is built on, whether it is needed, and what flows out of it. */
export function stageHover(stage: Stage, view: View): string {
  const { lines } = view;
  const title = `**Stage ${stageTitle(stage)}** · ${lineOf(lines, stage.syntax.from.span)} · from ${baseTitle(stage)}`;
  const flows = flowsFrom(stage, view);
  const shown = flows.slice(0, mostFlows).map((flow) => flowLine(flow, lines));
  const more = flows.length > mostFlows ? [`and ${flows.length - mostFlows} more`] : [];
  const list = flows.length > 0 ? `What flows out of it:\n${bullets([...shown, ...more])}` : null;
  return page(title, roleNote(stage, flows.length), list, stage.isFinal || flows.length === 0 ? null : libcNote(stage, lines));
}

function baseTitle(stage: Stage): string {
  const { base, end } = stage;
  const system = end.libc.known && end.os.known && end.os.value ? ` (${systemTitle(end)})` : '';
  if (base.kind === 'stage') return `stage ${stageTitle(base.stage)}, on ${rootTitle(rootBase(stage))}${system}`;
  return rootTitle(base) + system;
}

function rootTitle(base: Base): string {
  return code(base.kind === 'image' ? (base.reference?.text ?? base.text) : base.kind === 'scratch' ? 'scratch' : base.text);
}

function roleNote(stage: Stage, flows: number): string {
  if (stage.isFinal) return `The final stage: this is the image that \`docker build\` makes. It runs as ${userTitle(stage.end.user)}.`;
  if (!stage.isNeeded) return 'The final image does not need it: an ordinary build leaves it out.';
  return flows === 0 ? 'It is needed by the final image.' : 'Needed for the final image, which holds nothing else of it.';
}
