import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../../server/src/analyze.js';
import { assemble } from './assemble.js';
import { baseImages, claimOf } from './claim.js';
import { compareBroken, compareMended, plainOutput } from './compare.js';
import { startImage } from './container.js';
import { writeContext } from './context.js';
import type { DebianPackages } from './debian-packages.js';
import { caseTag, type Engine } from './engine.js';
import { caseName, type CaseResult, type LabCase, type Trial } from './model.js';
import { rootFor } from './roots.js';

export type Lab = {
  readonly engine: Engine;
  readonly packages: DebianPackages;
  readonly world: World;
  /** A folder for the contexts and bundles of cases. */
  readonly folder: string;
  /** A folder for what each Dockerfile printed. */
  readonly logs: string;
  readonly programs: Readonly<Record<string, string>>;
};

/** Stages one case: the Dockerfile as it is, then mended. A failure of the lab itself is a difference too. */
export async function stageCase(lab: Lab, labCase: LabCase): Promise<CaseResult> {
  try {
    const claim = claimOf(labCase, lab.world);
    const expected = labCase.severity ?? 'error';
    const severity =
      claim.severity === expected ? [] : [`The rule reports ${claim.severity}, and ${expected} is expected.`];
    const broken = compareBroken(labCase, await tryOut(lab, labCase, { dockerfile: claim.dockerfile, as: 'broken' }));
    const mended =
      claim.mended === null
        ? []
        : compareMended(await tryOut(lab, labCase, { dockerfile: claim.mended, as: 'mended' }));
    return { labCase, fix: claim.fix, differences: [...severity, ...broken, ...mended] };
  } catch (error) {
    return { labCase, fix: null, differences: [error instanceof Error ? error.message : String(error)] };
  }
}

type Attempt = { readonly dockerfile: string; readonly as: 'broken' | 'mended' };

async function tryOut(lab: Lab, labCase: LabCase, attempt: Attempt): Promise<Trial> {
  const trial = await buildAndStart(lab, labCase, attempt.dockerfile);
  mkdirSync(lab.logs, { recursive: true });
  const log = `${caseName(labCase).replace(/[^a-z0-9]+/gi, '-')}.${attempt.as}.log`;
  writeFileSync(join(lab.logs, log), `${attempt.dockerfile}\n${plainOutput(trial.output)}`);
  return trial;
}

async function buildAndStart(lab: Lab, labCase: LabCase, dockerfile: string): Promise<Trial> {
  for (const reference of baseImages(dockerfile, lab.world)) {
    const root = labCase.roots?.[reference] ?? rootFor(reference);
    if (!root) throw new Error(`The lab has nothing that stands for ${reference}.`);
    assemble({ ...lab, catalog: lab.world.catalog }, reference, root);
  }
  rmSync(lab.folder, { recursive: true, force: true });
  const bundle = join(lab.folder, 'bundle');
  mkdirSync(bundle, { recursive: true });
  const context = join(lab.folder, 'context');
  writeContext(labCase, context, lab.programs);
  const file = join(lab.folder, 'Dockerfile');
  writeFileSync(file, dockerfile);
  try {
    const built = lab.engine.build(file, context);
    if (built.code !== 0) return { failed: 'build', output: built.output };
    return await startImage(lab.engine, caseTag, bundle);
  } finally {
    lab.engine.clean();
  }
}
