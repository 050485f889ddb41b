import type { BuildContext } from '../context/context.js';
import { joinPath } from '../context/file-tree.js';
import { lockFiles, readNodeLock } from '../context/node/lock.js';
import { readPattern } from '../context/ignore-file.js';
import { byInstruction, type Evidence } from '../fact.js';
import type { Copy } from '../syntax/model.js';
import { placedBundles, type PlacedBundle } from './bundles.js';
import { excludesOf } from './instructions/copy-placements.js';
import { nativePackages } from './node-natives.js';
import type { Analysis, Stage, StageState, Step } from './state.js';
import { baseName, currentEntry, resolvePath } from './tree.js';

/** A COPY that brings node_modules from the build context. */
export type CopiedModules = {
  readonly instruction: Copy;
  readonly path: string;
  /** Whether packages had been installed there before. */
  readonly installed: boolean;
  readonly isMusl: boolean;
  /** Where they lie in the build context, and whether they are there now; null where the COPY names them. */
  readonly within: { readonly path: string; readonly isThere: boolean } | null;
  readonly because: readonly Evidence[];
};

/** Those that nothing installs anew later in the stage. */
export function copiedModules({ stages, context }: Analysis): CopiedModules[] {
  return stages.flatMap((stage) => {
    const bundles = placedBundles(stage, 'node-modules').slice(0, mostBundles);
    return stage.steps.flatMap((step) => {
      const { instruction } = step;
      const isCopy = instruction.kind === 'copy' || instruction.kind === 'add';
      if (!isCopy || instruction.isOnbuild || instruction.flags.some(({ name }) => name === 'from')) return [];
      const found =
        namedModules(step, { instruction, stage, context }) ?? withinFolder(step, { instruction, bundles, context });
      return found ?? [];
    });
  });
}

const mostBundles = 50;

/** `COPY node_modules ./node_modules` */
function namedModules(
  { before }: Step,
  { instruction, stage, context }: { instruction: Copy; stage: Stage; context: BuildContext },
): CopiedModules | null {
  const { destination, sources } = instruction;
  const isModules = sources.some(({ value }) => baseName(value) === 'node_modules');
  if (!isModules || !destination || baseName(destination.value) !== 'node_modules') return null;
  if (/[$]/.test(destination.value) || !before.workdir.known) return null;
  const path = resolvePath(before.workdir.value, destination.value);
  if (currentEntry(stage.end, path)?.bundle) return null;
  const installed = currentEntry(before, path)?.bundle?.kind === 'node-modules';
  if (!installed && sources.every(({ value }) => isPure(value, context))) return null;
  return { ...surroundings(before, path), instruction, path, installed, within: null };
}

/** Whether a lock file beside a node_modules of the build context names no package with native code. */
function isPure(source: string, context: BuildContext): boolean {
  const folder = source.replace(/^\/+|\/*$/g, '').replace(/(^|\/)[^/]*$/, '');
  const files = Object.values(lockFiles).flatMap((names) => names.map((name) => joinPath(folder, name) ?? ''));
  const [file] = files.flatMap((path) => context.read(path) ?? []);
  const lock = file ? readNodeLock(file) : null;
  return lock !== null && nativePackages(lock.packages).length === 0;
}

type Folders = {
  readonly instruction: Copy;
  readonly bundles: readonly PlacedBundle[];
  readonly context: BuildContext;
};

/** `COPY . .` over packages that stay until the end of the stage. */
function withinFolder({ before }: Step, { instruction, bundles, context }: Folders): CopiedModules | null {
  const { destination, sources } = instruction;
  if (!destination || /[$]/.test(destination.value) || !before.workdir.known || context.root === null) return null;
  const target = resolvePath(before.workdir.value, destination.value);
  for (const { path, bundle } of bundles) {
    const rest = path.slice(target === '/' ? 1 : target.length + 1);
    const isBelow = path.startsWith(target === '/' ? '/' : `${target}/`);
    if (!isBelow || currentEntry(before, path)?.bundle !== bundle) continue;
    for (const { value } of sources) {
      const within = modulesIn(value, rest, context);
      if (within === null || isExcluded(within.path, instruction)) continue;
      return { ...surroundings(before, path), instruction, path, installed: true, within };
    }
  }
  return null;
}

/** What a folder of the context brings; null when it is nothing, or not known. */
function modulesIn(source: string, rest: string, context: BuildContext): CopiedModules['within'] {
  if (/[$*?[]/.test(source)) return null;
  const folder = joinPath('', source.replace(/^\/+/, ''));
  const path = folder === null ? null : joinPath(folder, rest);
  if (path === null || context.ignoring(path) !== null) return null;
  const kind = context.kind(path);
  if (kind === undefined) return null;
  if (kind === 'directory') return { path, isThere: true };
  // A project without the folder has it as soon as somebody works on it.
  const isProject = context.kind(path.replace(/node_modules$/, 'package.json')) === 'file';
  return kind === null && isProject ? { path, isThere: false } : null;
}

function isExcluded(path: string, instruction: Copy): boolean {
  return excludesOf(instruction).some((pattern) => {
    const matches = readPattern(pattern.replace(/^\/+|\/+$/g, ''));
    return !matches || matches(path) || matches('node_modules');
  });
}

function surroundings(before: StageState, path: string): Pick<CopiedModules, 'isMusl' | 'because'> {
  const bundle = currentEntry(before, path)?.bundle;
  const { libc } = before;
  const because = bundle?.built
    ? [byInstruction(bundle.built.span, `'${bundle.built.text}' installs the packages here.`)]
    : libc.because;
  return { isMusl: libc.known && libc.value.kind === 'musl', because };
}
