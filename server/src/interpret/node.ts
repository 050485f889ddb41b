import { byInstruction, knownTrue, type Evidence } from '../fact.js';
import type { Copy } from '../syntax/model.js';
import { placedBundles, type PlacedBundle } from './bundles.js';
import { finalStage } from './processes.js';
import { contentFact } from './query.js';
import type { Analysis, CommandStep, Stage } from './state.js';
import { baseName, currentEntry, resolvePath } from './tree.js';

/** Packages of Node.js in a stage that uses them. */
export type UsedModules = { readonly modules: PlacedBundle; readonly stage: Stage };

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
      if (!isUsed || seen.has(at) || !isUnfit({ modules, stage })) return [];
      seen.add(at);
      return [{ modules, stage }];
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

/** Packages of which only the source is published: they have a binding.gyp and no download of a build. */
const sourcePackages = new Set('cpu-features heapdump iconv libpq pg-native'.split(' '));

/** What a command makes node-gyp compile, for the start of a sentence; null when that is not written. */
export function compiledByNpm({ words }: CommandStep): string | null {
  const given = words.map((word) => word ?? '');
  if (given.includes('--ignore-scripts')) return null;
  const isInstall = /^(npm|yarn|pnpm)$/.test(given[0] ?? '');
  const gyp = given[0] === 'npx' || given[0] === 'pnpx' ? given.slice(1) : given;
  if (gyp[0] === 'node-gyp' && /^(re)?build$/.test(gyp[1] ?? '')) return 'The addon';
  if (!isInstall) return null;
  if (given.some((word) => /^--build-from-source/.test(word))) return 'What has native code';
  if (!/^(install|i|add)$/.test(given[1] ?? '')) return null;
  const name = given.slice(2).find((word) => sourcePackages.has(word.replace(/@.*$/, '')));
  return name === undefined ? null : `'${name.replace(/@.*$/, '')}'`;
}

/** A COPY of node_modules from the build context. */
export type CopiedModules = {
  readonly instruction: Copy;
  readonly path: string;
  /** Whether packages had been installed there before. */
  readonly installed: boolean;
  readonly isMusl: boolean;
  readonly because: readonly Evidence[];
};

/** Those that nothing installs anew later in the stage. */
export function copiedModules({ stages }: Analysis): CopiedModules[] {
  return stages.flatMap((stage) =>
    stage.steps.flatMap(({ instruction, before }) => {
      const isCopy = instruction.kind === 'copy' || instruction.kind === 'add';
      if (!isCopy || instruction.isOnbuild || instruction.flags.some(({ name }) => name === 'from')) return [];
      const { destination } = instruction;
      const isModules = instruction.sources.some(({ value }) => baseName(value) === 'node_modules');
      if (!isModules || !destination || baseName(destination.value) !== 'node_modules') return [];
      if (/[$]/.test(destination.value) || !before.workdir.known) return [];
      const path = resolvePath(before.workdir.value, destination.value);
      if (currentEntry(stage.end, path)?.bundle) return [];
      const bundle = currentEntry(before, path)?.bundle;
      const { libc } = before;
      const isMusl = libc.known && libc.value.kind === 'musl';
      const because = bundle?.built
        ? [byInstruction(bundle.built.span, `'${bundle.built.text}' installs the packages here.`)]
        : libc.because;
      return [{ instruction, path, installed: bundle?.kind === 'node-modules', isMusl, because }];
    }),
  );
}
