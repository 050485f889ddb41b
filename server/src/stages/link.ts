import type { Arg, Dockerfile, Instruction, StageSyntax, Word } from '../syntax/model.js';
import type { Span } from '../text/span.js';
import { expandWord } from './expand.js';

/** The value an ordinary build gives a build argument: a string, null for "not set", undefined for "not known". */
export type ArgValue = string | null | undefined;

/** A name in FROM, COPY --from or RUN --mount=from after build arguments were put in. */
export type Target =
  | { readonly kind: 'stage'; readonly index: number; readonly text: string }
  | { readonly kind: 'scratch'; readonly text: string }
  /** `text` null when a build argument in it is not known; `args` names those that took part. */
  | { readonly kind: 'image'; readonly text: string | null; readonly args: readonly string[] };

export type LinkedStage = {
  readonly index: number;
  readonly name: string | null;
  readonly syntax: StageSyntax;
  readonly base: Target;
  /** The stage that the build makes. */
  readonly isFinal: boolean;
  readonly isNeeded: boolean;
};

export type StageGraph = {
  readonly stages: readonly LinkedStage[];
  /** Global build arguments with the value they have in FROM. */
  readonly globals: ReadonlyMap<string, ArgValue>;
  /** Where each declared global argument stands. */
  readonly declared: ReadonlyMap<string, Span>;
  readonly contexts: ReadonlySet<string>;
};

/**
 * Whether a stage or image of this name is taken from elsewhere: a named context goes before both. Sources:
 * https://docs.docker.com/reference/cli/docker/buildx/build/#build-context and namedContext in BuildKit's dockerui.
 */
export function isReplaced(contexts: ReadonlySet<string>, name: string): boolean {
  return contexts.size > 0 && contexts.has(contextName(name));
}

/** `alpine` for `docker.io/library/alpine:latest`. */
export function contextName(name: string): string {
  const familiar = name.replace(/^docker\.io\//, '').replace(/^library\//, '');
  return familiar.replace(/:latest$/, '').toLowerCase();
}

/** Set by BuildKit itself; which value depends on the machine, so none of them is known. */
export const platformArgs = [
  'TARGETPLATFORM',
  'TARGETOS',
  'TARGETARCH',
  'TARGETVARIANT',
  'BUILDPLATFORM',
  'BUILDOS',
  'BUILDARCH',
  'BUILDVARIANT',
];

/**
 * What a build is told besides the file. `final` is the index of the stage it makes, the last one without it; `others`
 * are the indices of stages that other builds make.
 */
export type BuildOptions = {
  /** One that is undefined is given a value that is not known. */
  readonly buildArgs: Readonly<Record<string, string | undefined>>;
  /** Names of stages and images that builds take from elsewhere; see `isReplaced`. */
  readonly contexts?: ReadonlySet<string>;
  readonly final?: number | null;
  readonly others?: readonly number[];
};

/** Resolves the base of every stage to a stage, an image name or scratch, and finds the stages that a build needs. */
export function linkStages(file: Dockerfile, { buildArgs, contexts, final, others }: BuildOptions): StageGraph {
  const { globals, declared } = readGlobals(file, buildArgs);
  const names = new Map<string, number>();
  const stages = file.stages.map((syntax, index) => {
    const base = resolveTarget(syntax.from.image, { names, before: index, globals, file, contexts });
    const name = syntax.from.name?.value.toLowerCase() ?? null;
    if (name) names.set(name, index);
    return { index, name, syntax, base };
  });
  const last = final ?? stages.length - 1;
  const needed = findNeeded(stages, [last, ...(others ?? [])], file);
  return {
    globals,
    declared,
    contexts: contexts ?? new Set(),
    stages: stages.map((stage) => ({
      ...stage,
      name: stage.syntax.from.name?.value ?? null,
      isFinal: stage.index === last,
      isNeeded: needed.has(stage.index),
    })),
  };
}

type Scope = {
  readonly names: ReadonlyMap<string, number>;
  /** Only stages with a smaller index can be meant. */
  readonly before: number;
  /** The build arguments that may be used; null where none may. */
  readonly globals: ReadonlyMap<string, ArgValue> | null;
  readonly file: Dockerfile;
  readonly contexts?: ReadonlySet<string> | undefined;
};

/** What the word in FROM, COPY --from=… or from=… means. */
function resolveTarget(word: Word | null, scope: Scope): Target {
  if (!word) return { kind: 'image', text: null, args: [] };
  const { value: text, names: args } = expandGlobal(word.text, scope.globals, scope.file);
  if (text === null || text === '') return { kind: 'image', text: null, args };
  const index = scope.names.get(text.toLowerCase());
  if (index !== undefined && index < scope.before) return { kind: 'stage', index, text };
  if (text.toLowerCase() === 'scratch') return { kind: 'scratch', text };
  if (scope.contexts && isReplaced(scope.contexts, text)) return { kind: 'image', text: null, args };
  return { kind: 'image', text, args };
}

/** Like `resolveTarget` for COPY --from and mounts, where a number means the stage with that index. */
export function resolveSource(word: Word, scope: Scope): Target {
  if (/^\d+$/.test(word.value)) {
    const index = Number(word.value);
    if (index < scope.before) return { kind: 'stage', index, text: word.value };
  }
  return resolveTarget(word, scope);
}

export function stageNames(stages: readonly LinkedStage[]): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (const stage of stages) if (stage.name) names.set(stage.name.toLowerCase(), stage.index);
  return names;
}

function readGlobals(file: Dockerfile, buildArgs: BuildOptions['buildArgs']) {
  const globals = new Map<string, ArgValue>(platformArgs.map((name) => [name, undefined]));
  const declared = new Map<string, Span>();
  for (const { declarations } of file.globalArgs) declare(declarations);
  return { globals, declared };

  function declare(declarations: Arg['declarations']): void {
    for (const { name, value, span } of declarations) {
      declared.set(name, span);
      globals.set(name, argValue({ name, value, isPlatform: platformArgs.includes(name) }));
    }
  }

  function argValue(arg: { name: string; value: Word | null; isPlatform: boolean }): ArgValue {
    if (Object.hasOwn(buildArgs, arg.name)) return buildArgs[arg.name];
    if (arg.isPlatform) return undefined;
    if (arg.value === null) return null;
    return expandGlobal(arg.value.text, globals, file).value ?? undefined;
  }
}

/** A name that no ARG declares is not set, also when `docker build` is given a value for it. */
function expandGlobal(text: string, globals: ReadonlyMap<string, ArgValue> | null, { escape }: Dockerfile) {
  return expandWord(text, {
    lookup: (name) => (globals ? (globals.has(name) ? globals.get(name) : null) : undefined),
    isUnset: (name) => globals?.get(name) === null,
    escape,
  });
}

type Unmarked = Pick<LinkedStage, 'index' | 'name' | 'base' | 'syntax'>;

function findNeeded(stages: readonly Unmarked[], made: readonly number[], file: Dockerfile): Set<number> {
  const names = new Map(stages.flatMap(({ index, name }) => (name === null ? [] : [[name, index]])));
  const needed = new Set<number>();
  let allAreNamed = false;
  // A build argument may name any stage.
  const pushAll = () => {
    if (!allAreNamed) queue.push(...stages.keys());
    allAreNamed = true;
  };
  const queue = [...made];
  for (let index = queue.pop(); index !== undefined; index = queue.pop()) {
    const stage = stages[index];
    if (!stage || needed.has(index)) continue;
    needed.add(index);
    if (stage.base.kind === 'stage') queue.push(stage.base.index);
    if (stage.base.kind === 'image' && stage.base.text === null) pushAll();
    for (const word of stage.syntax.instructions.flatMap(fromWords)) {
      const target = resolveSource(word, { names, before: index, globals: null, file });
      if (target.kind === 'stage') queue.push(target.index);
      if (target.kind === 'image' && target.text === null) pushAll();
    }
  }
  return needed;
}

/** The words of an instruction that name another stage or image: --from=…, and from=… inside --mount. */
export function fromWords(instruction: Instruction): Word[] {
  if (instruction.kind === 'onbuild') return instruction.instruction ? fromWords(instruction.instruction) : [];
  return instruction.flags.flatMap((flag) => {
    if (flag.value === null) return [];
    if (flag.name === 'from') return [wordOf(flag.value, flag.valueSpan)];
    if (flag.name !== 'mount') return [];
    const from = mountFields(flag.value, flag.valueSpan).find(({ name }) => name === 'from');
    return from ? [from.word] : [];
  });
}

/** `type=bind,from=build,source=/out` taken apart. */
export function mountFields(value: string, at: Span): { name: string; word: Word }[] {
  let start = at.start;
  return value.split(',').map((field) => {
    const equals = field.indexOf('=');
    const name = (equals < 0 ? field : field.slice(0, equals)).toLowerCase();
    const text = equals < 0 ? '' : field.slice(equals + 1);
    const from = start + (equals < 0 ? field.length : equals + 1);
    start += field.length + 1;
    return { name, word: wordOf(text, { start: from, end: from + text.length }) };
  });
}

function wordOf(text: string, span: Span): Word {
  return { text, value: text, span };
}
