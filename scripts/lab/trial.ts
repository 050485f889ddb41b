import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../../server/src/analyze.js';
import { nameBase } from './assemble.js';
import { baseImages, claimOf, type Sources } from './claim.js';
import { compareBroken, compareMended, plainOutput } from './compare.js';
import type { Programs } from './compile.js';
import { startImage } from './container.js';
import { writeContext } from './context.js';
import type { DebianPackages } from './debian-packages.js';
import { caseTag, type Engine } from './engine.js';
import { caseName, type CaseResult, type LabCase, type Trial } from './model.js';
import { patiently } from './patience.js';
import { rootFor } from './root-names.js';
import { cacheOf } from './roots.js';

export type Lab = {
  readonly engine: Engine;
  readonly packages: DebianPackages;
  readonly world: World;
  /** A folder for the contexts and bundles of cases. */
  readonly folder: string;
  /** A folder for what compilers keep from one build to the next. */
  readonly caches: string;
  /** A folder for what each Dockerfile printed. */
  readonly logs: string;
  readonly programs: Programs;
};

/** Stages one case: the Dockerfile as it is, then mended. A failure of the lab itself is a difference too. */
export async function stageCase(lab: Lab, labCase: LabCase): Promise<CaseResult> {
  try {
    return await patiently(caseName(labCase), () => stageOnce(lab, labCase));
  } catch (error) {
    return { labCase, fix: null, differences: [error instanceof Error ? error.message : String(error)] };
  }
}

async function stageOnce(lab: Lab, labCase: LabCase): Promise<CaseResult> {
  const { broken, severity, fix, mended } = claimOf(labCase, lab.world);
  const differences = severity === 'error' ? [] : [`The rule reports this as ${severity}, not as an error.`];
  differences.push(...compareBroken(labCase, await tryOut(lab, labCase, { sources: broken, as: 'broken' })));
  if (mended) differences.push(...compareMended(await tryOut(lab, labCase, { sources: mended, as: 'mended' })));
  return { labCase, fix, differences };
}

type Attempt = { readonly sources: Sources; readonly as: 'broken' | 'mended' };

async function tryOut(lab: Lab, labCase: LabCase, { sources, as }: Attempt): Promise<Trial> {
  const trial = await buildAndStart(lab, labCase, sources);
  mkdirSync(lab.logs, { recursive: true });
  const log = `${caseName(labCase).replace(/[^a-z0-9]+/gi, '-')}.${as}.log`;
  writeFileSync(join(lab.logs, log), `${sources.dockerfile}\n${plainOutput(trial.output)}`);
  return trial;
}

async function buildAndStart(lab: Lab, labCase: LabCase, { dockerfile, context }: Sources): Promise<Trial> {
  const volumes = new Set<string>();
  for (const reference of baseImages(dockerfile, lab.world)) {
    const root = labCase.roots?.[reference] ?? rootFor(reference);
    if (!root) throw new Error(`The lab has nothing that stands for ${reference}.`);
    nameBase(lab, { catalog: lab.world.catalog, reference, root });
    const cache = cacheOf(root);
    if (cache) volumes.add(`${join(lab.caches, root)}:${cache}`);
  }
  for (const volume of volumes) mkdirSync(volume.split(':')[0] ?? '', { recursive: true });
  return buildAndStartIn(lab, { dockerfile, context }, [...volumes]);
}

async function buildAndStartIn(
  { engine, folder, programs }: Lab,
  { dockerfile, context }: Sources,
  volumes: readonly string[],
): Promise<Trial> {
  rmSync(folder, { recursive: true, force: true });
  const bundle = join(folder, 'bundle');
  mkdirSync(bundle, { recursive: true });
  writeContext(context, join(folder, 'context'), programs);
  const file = join(folder, 'Dockerfile');
  writeFileSync(file, dockerfile);
  try {
    const built = engine.build({ file, context: join(folder, 'context'), volumes });
    if (built.code !== 0) return { failed: 'build', output: built.output };
    return await startImage(engine, caseTag, bundle);
  } finally {
    engine.clear();
  }
}
