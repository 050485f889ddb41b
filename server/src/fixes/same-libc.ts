import type { LibcKind } from '../catalog/model.js';
import { finalStage } from '../interpret/processes.js';
import type { Analysis, Stage } from '../interpret/state.js';
import type { Fix } from '../rules/rule.js';
import { buildOnLibc } from './builder-libc.js';
import { mendAlike } from './together.js';

/**
 * The image behind a stage in its variant for another libc, and with it the final image where that has the wrong one too:
 * what is installed on one libc does not run on the other. Nothing where packages of the distribution are installed.
 */
export function moveToLibc(stage: Stage, libc: LibcKind, analysis: Analysis): readonly Fix[] {
  const last = finalStage(analysis);
  const roots = [rootOf(stage)];
  const isOther = last?.end.libc.known === true && last.end.libc.value.kind !== libc;
  if (last && isOther && !roots.includes(rootOf(last))) roots.push(rootOf(last));
  const isFixed = analysis.stages.some((one) => {
    const root = rootOf(one);
    return roots.includes(root) && one.isNeeded && one.end.packages.changedSince(root.start.packages).length > 0;
  });
  if (isFixed) return [];
  const [own = [], ...others] = roots.map((root) => buildOnLibc(root, { libc }, analysis));
  return others.some((fixes) => fixes.length === 0) ? [] : mendAlike(own, others);
}

/** The stage that names the image. */
function rootOf(stage: Stage): Stage {
  let root = stage;
  while (root.base.kind === 'stage') root = root.base.stage;
  return root;
}
