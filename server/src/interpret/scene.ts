import type { Catalog } from '../catalog/catalog.js';
import type { BuildContext } from '../context/context.js';
import { byInstruction, known, unknown, type Evidence, type Fact } from '../fact.js';
import { expandWord } from '../stages/expand.js';
import type { StageGraph } from '../stages/link.js';
import type { Dockerfile, Word } from '../syntax/model.js';
import type { Span } from '../text/span.js';
import type { Source, Stage, StageState } from './state.js';

/** All that one stage's instructions may ask for. */
export type Scene = {
  readonly file: Dockerfile;
  readonly graph: StageGraph;
  readonly names: ReadonlyMap<string, number>;
  readonly catalog: Catalog;
  /** The stages before this one. */
  readonly stages: readonly Stage[];
  readonly index: number;
  /** Paths that the stage starts: see started.ts. */
  readonly started: ReadonlySet<string>;
  /** One that is undefined is given a value that is not known. */
  readonly buildArgs: Readonly<Record<string, string | undefined>>;
  /** Why a build argument has its value, where a build file gives it. */
  readonly givenArgs: ReadonlyMap<string, Evidence>;
  readonly context: BuildContext;
  /** Filled as COPY, ADD and mounts are met; keyed by the start of the word after --from or from=. */
  readonly sources: Map<number, Source>;
};

/** Build arguments that need no ARG: https://docs.docker.com/reference/dockerfile/#predefined-args */
const predefinedArgs = /^((http|https|ftp|no|all)_proxy|(HTTP|HTTPS|FTP|NO|ALL)_PROXY)$/;

/** A variable of ENV or ARG in a stage: null when known not to be set, undefined when not known. */
export function variable(state: StageState, name: string): string | null | undefined {
  const env = state.env.get(name);
  if (env?.known && env.value !== null) return env.value;
  if (env && !env.known) return undefined;
  const arg = state.args.get(name);
  // One that is declared without a value is meant to be given.
  if (arg) return arg.known ? (arg.value ?? undefined) : undefined;
  return state.closed.env.known && !predefinedArgs.test(name) ? null : undefined;
}

/** Where a variable of ENV or ARG was set. */
export function variableSpan(state: StageState, name: string): Span | null {
  const fact = state.env.get(name) ?? state.args.get(name);
  const evidence = fact?.because.find((item) => item.kind === 'instruction');
  return evidence?.kind === 'instruction' ? evidence.span : null;
}

/** A word of the Dockerfile with build arguments and environment put in. */
export function expand(state: StageState, word: Word, scene: Pick<Scene, 'file'>): Fact<string> {
  const { value, names } = expandWord(word.text, {
    lookup: (name) => variable(state, name),
    isUnset: (name) => isUnset(state, name),
    escape: scene.file.escape,
  });
  const because = names.flatMap((name) => evidenceOf(state, name));
  if (value === null) {
    const missing = byInstruction(word.span, `The value of '${word.text}' is not known.`);
    return unknown(missing, ...because);
  }
  return known(value, ...because);
}

function isUnset({ env, args }: StageState, name: string): boolean {
  if (env.get(name)) return false;
  const arg = args.get(name);
  return arg !== undefined && arg.known && arg.value === null;
}

function evidenceOf(state: StageState, name: string): Evidence[] {
  const span = variableSpan(state, name);
  return span ? [byInstruction(span, `'${name}' is set here.`)] : [];
}
