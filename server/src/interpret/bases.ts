import type { ImageFacts } from '../catalog/model.js';
import type { Base, Stage } from './state.js';

/** The stage at the root of a chain of `FROM stage`, whose base is an image or scratch. */
export function rootStage(stage: Stage): Stage {
  let root = stage;
  while (root.base.kind === 'stage') root = root.base.stage;
  return root;
}

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
  for (let at = stage; at.base.kind === 'stage'; at = at.base.stage) chain.unshift(at.base.stage);
  return chain;
}
