import { byDocker, byFile, type Evidence } from '../fact.js';
import type { Dockerfile } from '../syntax/model.js';
import type { Build } from './builds.js';

/** `index` is null where builds make the last stage; `others` are stages that builds make besides. */
export type MadeStages = {
  readonly index: number | null;
  readonly others: readonly number[];
  readonly because: Evidence | null;
};

/** Names of stages that are made for work on the project, as far as its build files are concerned. */
const workshop = /^(dev|devel|development|debug|test|tests|testing|lint|ci|local|builder?)\b/i;

/**
 * The stage that the image of the project is made of. It is the last one as soon as one build makes that, and where the
 * builds only name stages for work on the project, since whoever gives no target gets the last.
 */
export function madeStages({ stages }: Dockerfile, builds: readonly Build[]): MadeStages {
  const last = stages.length - 1;
  const named = builds.flatMap((build) => {
    const index = build.target === null ? last : indexOf(stages, build.target.value);
    return index === null ? [] : [{ build, index }];
  });
  const others = [last, ...named.map(({ index }) => index)].filter((index) => index >= 0);
  const isLast = named.length === 0 || named.some(({ index }) => index === last);
  const chosen = isLast ? null : named.findLast(({ build }) => !workshop.test(build.target?.value ?? ''));
  if (!chosen?.build.target) return { index: null, others, because: null };
  const { file, name, target } = chosen.build;
  return { index: chosen.index, others, because: byFile(file, target.span, `'${name}' is built from this stage.`) };
}

/** The stage that someone asked for. */
export function chosenStage({ stages }: Dockerfile, target: string): MadeStages {
  const index = indexOf(stages, target);
  return { index, others: [], because: byDocker(`The stage '${target}' was asked for.`) };
}

/** The index of the stage that --target would make; null when there is none. */
export function stageNamed({ stages }: Dockerfile, target: string): number | null {
  return indexOf(stages, target);
}

/** By name, the last of two that are called alike, or by number. */
function indexOf(stages: Dockerfile['stages'], target: string | null): number | null {
  if (target === null) return null;
  const wanted = target.toLowerCase();
  const index = stages.findLastIndex(({ from }) => from.name?.value.toLowerCase() === wanted);
  if (index >= 0) return index;
  const number = /^\d+$/.test(target) ? Number(target) : -1;
  return number >= 0 && number < stages.length ? number : null;
}
