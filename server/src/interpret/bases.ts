import { byInstruction, type Evidence } from '../fact.js';
import type { ImageFacts } from '../catalog/model.js';
import type { Instruction } from '../syntax/model.js';
import type { Base, Stage } from './state.js';

/** The stage at the root of a chain of `FROM stage`, whose base is an image or scratch. */
export function rootStage(stage: Stage): Stage {
  const found = roots.get(stage);
  if (found) return found;
  const passed: Stage[] = [];
  let root = stage;
  while (root.base.kind === 'stage') {
    passed.push(root);
    root = roots.get(root.base.stage) ?? root.base.stage;
  }
  for (const each of passed) roots.set(each, root);
  return root;
}

/** Chains of stages may be long, and every rule asks for their ends. */
const roots = new WeakMap<Stage, Stage>();

export function rootBase(stage: Stage): Exclude<Base, { kind: 'stage' }> {
  const { base } = rootStage(stage);
  return base.kind === 'stage' ? { kind: 'scratch', text: '' } : base;
}

/** What the catalog knows of the image a stage rests on, through its parent stages. */
export function rootFacts(stage: Stage): ImageFacts | null {
  const base = rootBase(stage);
  return base.kind === 'image' ? base.facts : null;
}

/** Whether the image is one of Windows, by its base, its users or its shell: what rules know of Linux is not true there. */
export function isWindows(stage: Stage): boolean {
  // Some tags are of Linux and of Windows; what the file says itself tells which.
  if (rootFacts(stage)?.isWindows) return true;
  return lineage(stage).some(({ steps }) => steps.some(({ instruction }) => isOfWindows(instruction)));
}

function isOfWindows(instruction: Instruction): boolean {
  if (instruction.kind === 'user') return /^Container(User|Administrator)$/i.test(instruction.user?.value ?? '');
  if (instruction.kind !== 'shell' || instruction.body?.form !== 'exec') return false;
  return /(^|[\\/])(cmd|powershell)(\.exe)?$/i.test(instruction.body.words[0]?.value ?? '');
}

/** The image a stage rests on, with build arguments put in: `python:3.14-slim` of `python:${TAG}`. */
export function baseName(stage: Stage): string {
  const base = rootBase(stage);
  return (base.kind === 'image' ? base.reference?.text : null) ?? base.text;
}

/** A stage that by its name is not meant to be shipped. */
export function isWorkshop({ name }: Stage): boolean {
  return (
    name !== null &&
    /(^|[-_.])(dev|devel|development|debug|test|tests|testing|ci|build|builder|devcontainer|lint|tools?)([-_.]|$)/i.test(
      name,
    )
  );
}

/** The instructions of a stage and of the stages it continues, the oldest first. */
export function lineage(stage: Stage): Stage[] {
  const chain = [stage];
  for (let at = stage; at.base.kind === 'stage'; at = at.base.stage) chain.push(at.base.stage);
  return chain.reverse();
}

/** What is known of scratch, as a reason. */
export const emptyBase = 'scratch holds no files at all.';

/** The word after FROM, as the first reason of a finding about what a stage holds. */
export function basedOn({ base, syntax }: Stage): Evidence[] {
  const { image } = syntax.from;
  if (base.kind === 'scratch') return [byInstruction(syntax.from.span, emptyBase)];
  return image ? [byInstruction(image.span, `The stage is based on ${written(image.text, base)}.`)] : [];
}

/** A name as it is written, and what it stands for where build arguments are in it. */
function written(text: string, base: Base): string {
  const meant = base.kind === 'image' ? (base.reference?.text ?? text) : text;
  return meant === text ? `'${text}'` : `'${text}', which is '${meant}'`;
}
