import { findImage, type Catalog } from '../catalog/catalog.js';
import { parseReference } from '../catalog/reference.js';
import { givenArgs } from '../context/build-args.js';
import { findBuilds } from '../context/builds.js';
import { contextSources } from '../context/context-sources.js';
import { noContext, openContext, type BuildContext } from '../context/context.js';
import type { FilePlace } from '../context/file-tree.js';
import { isWorkshopFile } from '../context/workshop-file.js';
import { chosenStage, madeStages } from '../context/final-stage.js';
import { byInstruction, type Evidence } from '../fact.js';
import { contextName, isReplaced, linkStages, stageNames, type LinkedStage } from '../stages/link.js';
import { startsKeyword } from '../syntax/instructions.js';
import type { Dockerfile, Instruction, Other } from '../syntax/model.js';
import { blur } from './effects.js';
import { imageState, scratchState, unknownState } from './base.js';
import { applyArg, applyEnv, applyShell, applyUser, applyWorkdir } from './instructions/config.js';
import { applyCopy } from './instructions/copy.js';
import { applyCmd, applyEntrypoint, applyHealthcheck } from './instructions/process.js';
import { startedPaths } from './instructions/started.js';
import { applyRun } from './instructions/run.js';
import type { Scene } from './scene.js';
import type { Analysis, Base, Source, Stage, StageState, Step } from './state.js';

/** What the interpreter is given besides the file; `today` is YYYY-MM-DD. */
export type World = {
  readonly catalog: Catalog;
  readonly today: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** Where the Dockerfile lies, when the files around it can be read. */
  readonly place?: FilePlace | null;
  /** The stage to make, by name or number, instead of the last one or the one that build files name. */
  readonly target?: string;
};

/** The fold: from the facts of each stage's base through its instructions, the state before each one kept. */
export function interpret(file: Dockerfile, world: World): Analysis {
  const context = contextOf(file, world.place ?? null);
  const given = givenArgs(context.builds);
  const buildArgs = { ...given.values, ...world.buildArgs };
  const { target } = world;
  const made = target === undefined ? madeStages(file, context.builds) : chosenStage(file, target);
  const contexts = new Set(context.builds.flatMap((build) => build.contexts.map(contextName)));
  const graph = linkStages(file, { buildArgs, contexts, final: made.index, others: made.others });
  const names = stageNames(graph.stages);
  const stages: Stage[] = [];
  const sources = new Map<number, Source>();
  for (const linked of graph.stages) {
    const scene: Scene = {
      file,
      graph,
      names,
      catalog: world.catalog,
      stages,
      index: linked.index,
      started: startedPaths(linked.syntax),
      buildArgs,
      givenArgs: given.because,
      context,
      sources,
    };
    stages.push(interpretStage(linked, scene));
  }
  const { catalog, today } = world;
  const isForWorkshop = world.place ? isWorkshopFile(world.place.path) : false;
  const { globals } = graph;
  return { file, stages, catalog, today, sources, buildArgs: globals, context, isForWorkshop, target: made.because };
}

function contextOf(file: Dockerfile, place: FilePlace | null): BuildContext {
  if (!place) return noContext;
  return openContext(place, { builds: findBuilds(place.tree, place.path), sources: contextSources(file) });
}

function interpretStage(linked: LinkedStage, scene: Scene): Stage {
  const base = resolveBase(linked, scene);
  const start = afterTriggers(startState(base, linked), base, { scene, stageStart: linked.syntax.span.start });
  const steps: Step[] = [];
  let state = start;
  for (const instruction of linked.syntax.instructions) {
    const step = transfer(state, instruction, { scene, stageStart: linked.syntax.span.start });
    steps.push(step);
    state = step.after;
  }
  const { index, name, syntax, isFinal, isNeeded } = linked;
  const end = name !== null && isReplaced(scene.graph.contexts, name) ? elsewhere(linked) : state;
  return { index, name, syntax, base, start, steps, end, isFinal, isNeeded };
}

/** Something else may stand in the place of the stage. */
function elsewhere({ name, syntax }: LinkedStage): StageState {
  return unknownState(byInstruction(syntax.from.span, `Builds take '${name ?? ''}' from elsewhere.`));
}

function resolveBase({ base, syntax }: LinkedStage, scene: Scene): Base {
  const text = syntax.from.image?.text ?? '';
  if (base.kind === 'scratch') return { kind: 'scratch', text };
  if (base.kind === 'stage') {
    const stage = scene.stages[base.index];
    if (stage) return { kind: 'stage', text, stage };
  }
  const args = base.kind === 'image' ? argEvidence(base.args, scene) : [];
  const reference = base.kind === 'image' && base.text !== null ? parseReference(base.text) : null;
  const facts = reference ? findImage(scene.catalog, reference) : null;
  return { kind: 'image', text, reference, facts, because: args };
}

function argEvidence(args: readonly string[], { graph, givenArgs: given }: Scene): Evidence[] {
  return args.flatMap((name) => {
    const span = graph.declared.get(name);
    const by = given.get(name);
    const declared = span ? [byInstruction(span, `The build argument '${name}' is declared here.`)] : [];
    return by ? [...declared, by] : declared;
  });
}

function startState(base: Base, { syntax }: LinkedStage): StageState {
  const at = syntax.from.span;
  if (base.kind === 'scratch') return scratchState(at);
  // ARG and ENV of the parent stay in force: https://docs.docker.com/reference/dockerfile/#scope
  if (base.kind === 'stage') return base.stage.end;
  if (base.facts) return imageState(base.facts, at);
  const note = base.reference
    ? `'${base.text}' is not in the catalog.`
    : `Which image '${base.text}' means is not known.`;
  return unknownState(byInstruction(at, note), ...base.because);
}

/** The ONBUILD instructions of the parent stage are carried out first. */
function afterTriggers(start: StageState, base: Base, place: Place): StageState {
  if (base.kind !== 'stage') return start;
  const [first, ...others] = triggersOf(base.stage);
  if (others.length > mostTriggers && first)
    return blur(start, byInstruction(first.span, 'Too many ONBUILD instructions.'));
  return triggersOf(base.stage).reduce((state, trigger) => transfer(state, trigger, place).after, start);
}

const mostTriggers = 20;

/** Many stages may continue the same one. */
const triggers = new WeakMap<Stage, readonly Instruction[]>();

function triggersOf(stage: Stage): readonly Instruction[] {
  const known = triggers.get(stage);
  if (known) return known;
  const found = stage.syntax.instructions.flatMap((instruction) => {
    const trigger = instruction.kind === 'onbuild' ? instruction.instruction : null;
    return trigger ? [{ ...trigger, isOnbuild: false }] : [];
  });
  triggers.set(stage, found);
  return found;
}

type Place = { readonly scene: Scene; readonly stageStart: number };

function transfer(before: StageState, instruction: Instruction, place: Place): Step {
  if (instruction.isOnbuild) return plain(before, instruction, before);
  if (instruction.kind === 'run') {
    const { inside, after, commands, script } = applyRun(before, instruction, place.scene);
    return { instruction, before, inside, after, commands, script };
  }
  return plain(before, instruction, effectOf(before, instruction, place));
}

function plain(before: StageState, instruction: Instruction, after: StageState): Step {
  return { instruction, before, inside: before, after, commands: [], script: null };
}

function effectOf(before: StageState, instruction: Instruction, { scene, stageStart }: Place): StageState {
  switch (instruction.kind) {
    case 'arg':
      return applyArg(before, instruction, scene);
    case 'env':
      return applyEnv(before, instruction, scene);
    case 'user':
      return applyUser(before, instruction, scene);
    case 'workdir':
      return applyWorkdir(before, instruction, scene);
    case 'shell':
      return applyShell(before, instruction);
    case 'cmd':
      return applyCmd(before, instruction);
    case 'entrypoint':
      return applyEntrypoint(before, instruction, stageStart);
    case 'healthcheck':
      return applyHealthcheck(before, instruction);
    case 'copy':
    case 'add':
      return applyCopy(before, instruction, scene);
    case 'other':
      return afterOther(before, instruction);
    case 'from':
    case 'run':
    case 'label':
    case 'expose':
    case 'volume':
    case 'stopsignal':
    case 'maintainer':
    case 'onbuild':
      return before;
  }
}

/** Findings of other lines stay while a keyword is typed. */
function afterOther(before: StageState, { words, keyword, span }: Other): StageState {
  if (words.length === 0 && startsKeyword(keyword.text)) return before;
  return blur(before, byInstruction(span, 'This instruction is not known.'));
}
