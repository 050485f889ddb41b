import { byInstruction, type Evidence } from '../fact.js';
import type { ImageFacts } from '../catalog/model.js';
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

/** The word after FROM, as the first reason of a finding about what a stage holds. */
export function basedOn({ syntax }: Stage): Evidence[] {
  const { image } = syntax.from;
  return image ? [byInstruction(image.span, `The stage is based on '${image.text}'.`)] : [];
}
