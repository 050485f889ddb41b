import { knownTrue } from '../fact.js';
import { placedBundles, type PlacedBundle } from './bundles.js';
import { finalStage } from './processes.js';
import { contentFact } from './query.js';
import type { Analysis, Stage } from './state.js';
import { baseName } from './tree.js';

/** Packages of Node.js in a stage that uses them: to run the image, or for a RUN. */
export type UsedModules = {
  readonly modules: PlacedBundle;
  readonly stage: Stage;
  readonly isToRun: boolean;
  readonly analysis: Analysis;
};

/**
 * Those that do not fit their stage, which is the final one or one with a RUN that starts Node.js after they arrived.
 * What the same install brought to several stages counts once.
 */
export function unfitModules(analysis: Analysis, isUnfit: (used: UsedModules) => boolean): UsedModules[] {
  const final = finalStage(analysis);
  const seen = new Set<number>();
  return analysis.stages.flatMap((stage) => {
    const isRun = stage === final && hasNode(stage);
    const last = stage === final ? -1 : lastRun(stage);
    return placedBundles(stage, 'node-modules').flatMap((modules) => {
      const { bundle, placedBy } = modules;
      const isUsed = isRun || last >= placedBy.end;
      const at = bundle.built?.span.start ?? -1;
      const used = { modules, stage, isToRun: stage === final, analysis };
      if (!isUsed || seen.has(at) || !isUnfit(used)) return [];
      seen.add(at);
      return [used];
    });
  });
}

function hasNode({ end }: Stage): boolean {
  const name = end.runtime.known ? end.runtime.value?.name : undefined;
  return ['node', 'bun', 'deno'].includes(name ?? '') || knownTrue(contentFact(end, 'node'));
}

const programs = new Set(
  'node npm npx yarn pnpm pnpx tsc vite webpack next nuxt ng turbo nx jest vitest esbuild'.split(' '),
);

/** Where the last RUN begins that starts such a program; -1 for none. */
function lastRun({ steps }: Stage): number {
  const last = steps.findLast(({ commands }) => commands.some(({ words }) => programs.has(baseName(words[0] ?? ''))));
  return last?.instruction.span.start ?? -1;
}
