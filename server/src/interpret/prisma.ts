import { readManifest } from '../context/node/package-json.js';
import { readGenerators, type Generator } from '../context/prisma/schema.js';
import type { SourceFile } from '../text/source-file.js';
import type { Copy } from '../syntax/model.js';
import { placedAt, type Placed } from './placements.js';
import { finalStage } from './processes.js';
import type { Analysis, CommandStep, Stage, StageState } from './state.js';
import { baseName, parentOf, resolvePath } from './tree.js';

/** A client of Prisma that is generated in one stage and copied to the final one. */
export type CopiedClient = {
  readonly schema: SourceFile;
  readonly generator: Generator;
  readonly command: CommandStep;
  readonly built: Stage;
  readonly final: Stage;
  readonly copy: Copy;
  /** False when another file may be the schema. */
  readonly isSure: boolean;
};

/** Those whose engine is native code: Prisma 7 has none, and driver adapters need none. */
export function copiedClients(analysis: Analysis): CopiedClient[] {
  const final = finalStage(analysis);
  if (!final) return [];
  return analysis.stages.flatMap((built) => {
    if (built === final) return [];
    return built.steps.flatMap(({ instruction, commands }) => {
      if (instruction.isOnbuild) return [];
      return commands.flatMap((command) => copiesOf(command, { analysis, built, final }));
    });
  });
}

/**
 * The engine that Prisma looks for on x64, null where that is not known.
 * Source: https://www.prisma.io/docs/orm/reference/prisma-schema-reference#binarytargets-options.
 */
export function engineTarget({ os, libc }: StageState): string | null {
  const system = os.known ? os.value : null;
  const release = parseFloat(system?.version ?? '');
  if (system?.id === 'alpine') return release >= 3.17 ? 'linux-musl-openssl-3.0.x' : null;
  if (libc.known && libc.value.kind === 'musl') return null;
  if (system?.id === 'debian') return release >= 12 ? 'debian-openssl-3.0.x' : null;
  return system?.id === 'ubuntu' && release >= 22 ? 'debian-openssl-3.0.x' : null;
}

/** Whether an engine is for musl; undefined for other systems, null for names that are not known. */
export function isMuslTarget(name: string): boolean | null | undefined {
  if (/^(darwin|windows|freebsd|openbsd|netbsd)/.test(name)) return undefined;
  if (name.startsWith('linux-musl')) return true;
  return /^(debian|rhel|linux-arm64)-openssl/.test(name) ? false : null;
}

type Stages = { readonly analysis: Analysis; readonly built: Stage; readonly final: Stage };

function copiesOf(command: CommandStep, { analysis, built, final }: Stages): CopiedClient[] {
  const words = prismaWords(command.words);
  if (!words || command.cwd === null || !command.command.always) return [];
  const placed = findSchema(command, words, analysis);
  if (!placed || placed.placed.kind !== 'file' || !hasEngines(command, analysis)) return [];
  const { file, isSure } = placed.placed;
  return readGenerators(file).flatMap((generator): CopiedClient[] => {
    if (!isNative(generator)) return [];
    const { output } = generator;
    const path = output
      ? resolvePath(parentOf(placed.path), output)
      : resolvePath(command.cwd ?? '/', 'node_modules/.prisma');
    const copy = copyOf(path, { analysis, built, final });
    const isAnew = copy !== null && isMadeAnew(final, copy);
    return copy && !isAnew ? [{ schema: file, generator, command, built, final, copy, isSure }] : [];
  });
}

/** A later RUN of the final stage generates the client, or installs the packages, which generates it as well. */
function isMadeAnew({ steps }: Stage, copy: Copy): boolean {
  return steps.some(({ instruction, commands }) => {
    if (instruction.span.start < copy.span.end) return false;
    return commands.some(({ words }) => prismaWords(words) !== null || isInstall(words));
  });
}

function isInstall(words: readonly (string | null)[]): boolean {
  return /^(npm|pnpm|yarn|bun)$/.test(words[0] ?? '') && /^(ci|i|install|rebuild)$/.test(words[1] ?? 'install');
}

/** What follows `prisma` where the command is `prisma generate` with engines; null for other commands. */
function prismaWords(given: readonly (string | null)[]): readonly string[] | null {
  const words = given.map((word) => word ?? '');
  const at = words.findIndex((word) => baseName(word).replace(/@.*$/, '') === 'prisma');
  const isStarter = words.slice(0, at).every((word) => starters.test(word));
  if (at < 0 || !isStarter || words[at + 1] !== 'generate') return null;
  return words.some((word) => /^--(no-engine|accelerate|data-proxy)$/.test(word)) ? null : words.slice(at + 1);
}

const starters = /^(npx|pnpx|bunx|npm|pnpm|yarn|bun|exec|dlx|x|run|-y|--yes|--)$/;

/** `--schema`, what package.json says, and the usual places. */
function findSchema(
  { before, cwd }: CommandStep,
  words: readonly string[],
  { context }: Analysis,
): { placed: Placed; path: string } | null {
  const folder = cwd ?? '/';
  const at = words.findIndex((word) => /^--schema(=|$)/.test(word));
  const given = at < 0 ? null : (words[at]?.split('=')[1] ?? words[at + 1] ?? null);
  const manifest = manifestIn(before, folder, context);
  const own = given ?? manifest?.prismaSchema;
  const names = own ? [own] : ['schema.prisma', 'prisma/schema.prisma'];
  for (const name of names) {
    const path = resolvePath(folder, name);
    const placed = placedAt(before, path, context);
    if (placed) return { placed, path };
  }
  return null;
}

function manifestIn(state: StageState, folder: string, context: Analysis['context']) {
  const placed = placedAt(state, resolvePath(folder, 'package.json'), context);
  return placed?.kind === 'file' ? readManifest(placed.file) : null;
}

/** From version 7 on the client has none. */
function hasEngines({ before, cwd }: CommandStep, { context }: Analysis): boolean {
  const ranges = manifestIn(before, cwd ?? '/', context)?.ranges;
  const range = (ranges?.get('@prisma/client') ?? ranges?.get('prisma'))?.value ?? '';
  return /^[~^]?[2-6]\./.test(range);
}

/** The client of other generators, and one with an engine in JavaScript or none, has no native code. */
function isNative({ provider, engineType, previewFeatures, isOpen }: Generator): boolean {
  if (isOpen || engineType === 'client' || previewFeatures.includes('queryCompiler')) return false;
  if (provider === 'prisma-client') return !previewFeatures.includes('driverAdapters');
  return provider === 'prisma-client-js';
}

/** The last COPY of the final stage that brings a path of the stage, or of one that is based on it. */
function copyOf(path: string, { analysis, built, final }: Stages): Copy | null {
  const found = final.steps.findLast(({ instruction }) => {
    if (instruction.kind !== 'copy') return false;
    const from = instruction.flags.find(({ name }) => name === 'from');
    const source = from && analysis.sources.get(from.valueSpan.start);
    if (source?.kind !== 'stage' || !isBasedOn(source.stage, built)) return false;
    const paths = instruction.sources.map(({ value }) => resolvePath('/', value));
    return paths.some((one) => one === '/' || path === one || path.startsWith(`${one}/`));
  });
  return found?.instruction.kind === 'copy' ? found.instruction : null;
}

function isBasedOn(stage: Stage, base: Stage): boolean {
  if (stage === base) return true;
  return stage.base.kind === 'stage' && isBasedOn(stage.base.stage, base);
}
