import type { ImageFacts } from '../catalog/model.js';
import { shellPath } from '../interpret/query.js';
import type { Analysis, Base, Source, Stage } from '../interpret/state.js';
import { fromWords, mountFields } from '../stages/link.js';
import type { Instruction } from '../syntax/model.js';
import type { Span } from '../text/span.js';
import { libcTitle, shellTitle, userTitle } from './titles.js';

/** The stages of a file, what they are based on, and what goes from one to another. */
export type Graph = { readonly nodes: readonly GraphNode[]; readonly links: readonly GraphLink[] };

/** Null means not known. */
export type GraphNode = {
  /** `stage0`, `image1`, `context`, `scratch`. */
  readonly id: string;
  readonly kind: 'stage' | 'image' | 'scratch' | 'context';
  readonly title: string;
  readonly isFinal: boolean;
  readonly isNeeded: boolean;
  readonly libc: string | null;
  readonly shell: string | null;
  readonly user: string | null;
  /** FROM of a stage; null for what is not written by itself. */
  readonly span: Span | null;
};

export type GraphLink = {
  readonly from: string;
  readonly to: string;
  readonly kind: 'base' | 'copy' | 'mount';
  /** What is taken, as written; empty for a base. */
  readonly paths: readonly string[];
  /** The first instruction that takes it. */
  readonly span: Span;
};

/** Null for a file without stages and for a template of another tool. */
export function stageGraph(analysis: Analysis): Graph | null {
  if (analysis.file.isTemplate || analysis.stages.length === 0) return null;
  const drawing: Drawing = { nodes: new Map(), links: new Map(), analysis };
  for (const stage of analysis.stages) drawBase(drawing, stage);
  for (const stage of analysis.stages) for (const step of stage.steps) drawStep(drawing, stage, step.instruction);
  return { nodes: [...drawing.nodes.values()], links: [...drawing.links.values()] };
}

type Drawing = {
  readonly nodes: Map<string, GraphNode>;
  readonly links: Map<string, GraphLink>;
  readonly analysis: Analysis;
};

function drawBase(drawing: Drawing, stage: Stage): void {
  const from = baseNode(drawing, stage.base, stage.isNeeded);
  const { end } = stage;
  const id = stageId(stage);
  drawing.nodes.set(id, {
    id,
    kind: 'stage',
    title: stage.name ?? `stage ${stage.index}`,
    isFinal: stage.isFinal,
    isNeeded: stage.isNeeded,
    libc: libcTitle(end.libc),
    shell: shellTitle(shellPath(end)),
    user: userTitle(end.user),
    span: stage.syntax.from.span,
  });
  addLink(drawing, { from, to: id, kind: 'base', paths: [], span: stage.syntax.from.span });
}

function baseNode(drawing: Drawing, base: Base, isNeeded: boolean): string {
  if (base.kind === 'stage') return stageId(base.stage);
  if (base.kind === 'image')
    return imageNode(drawing, { title: base.reference?.text ?? base.text, facts: base.facts, isNeeded });
  return plainNode(drawing, { kind: 'scratch', title: 'scratch', isNeeded });
}

type Image = { readonly title: string; readonly facts: ImageFacts | null; readonly isNeeded: boolean };

/** One node for an image however often it is named; it is needed as soon as one stage that uses it is. */
function imageNode({ nodes }: Drawing, { title, facts, isNeeded }: Image): string {
  const known = [...nodes.values()].find((node) => node.kind === 'image' && node.title === title);
  const id = known?.id ?? `image${[...nodes.values()].filter(({ kind }) => kind === 'image').length}`;
  const shells = facts?.shells;
  nodes.set(id, {
    id,
    kind: 'image',
    title,
    isFinal: false,
    isNeeded: isNeeded || (known?.isNeeded ?? false),
    libc: facts ? libcTitle(facts.libc) : null,
    shell: shells?.known ? (shells.value[0] ?? 'no shell') : null,
    user: facts ? userTitle(facts.user) : null,
    span: null,
  });
  return id;
}

type PlainNode = { readonly kind: 'scratch' | 'context'; readonly title: string; readonly isNeeded: boolean };

function plainNode({ nodes }: Drawing, { kind, title, isNeeded }: PlainNode): string {
  const wasNeeded = nodes.get(kind)?.isNeeded ?? false;
  const facts = kind === 'scratch' ? { libc: 'no libc', shell: 'no shell' } : { libc: null, shell: null };
  nodes.set(kind, {
    id: kind,
    kind,
    title,
    isFinal: false,
    isNeeded: isNeeded || wasNeeded,
    ...facts,
    user: null,
    span: null,
  });
  return kind;
}

function drawStep(drawing: Drawing, stage: Stage, instruction: Instruction): void {
  if (instruction.isOnbuild) return;
  if (instruction.kind === 'copy' || instruction.kind === 'add') {
    const [word] = fromWords(instruction);
    const paths = instruction.sources.map(({ value }) => value);
    const from = sourceNode(drawing, stage, word && drawing.analysis.sources.get(word.span.start));
    const isRemote = !word && paths.length > 0 && paths.every((path) => /^(?:https?|git|ssh):|^git@/.test(path));
    if (isRemote || (paths.length === 0 && !word)) return;
    addLink(drawing, { from, to: stageId(stage), kind: 'copy', paths, span: instruction.span });
  }
  if (instruction.kind === 'run') drawMounts(drawing, stage, instruction);
}

function drawMounts(drawing: Drawing, stage: Stage, { flags, span }: Instruction): void {
  for (const flag of flags) {
    if (flag.name !== 'mount' || flag.value === null) continue;
    const fields = mountFields(flag.value, flag.valueSpan);
    const word = fields.find(({ name }) => name === 'from')?.word;
    if (!word) continue;
    const path = fields.find(({ name }) => name === 'source' || name === 'src')?.word.value ?? '/';
    const from = sourceNode(drawing, stage, drawing.analysis.sources.get(word.span.start));
    addLink(drawing, { from, to: stageId(stage), kind: 'mount', paths: [path], span });
  }
}

function sourceNode(drawing: Drawing, stage: Stage, source: Source | undefined): string {
  const { isNeeded } = stage;
  if (source?.kind === 'stage') return stageId(source.stage);
  if (source?.kind === 'image') {
    const { reference, facts, word } = source;
    return imageNode(drawing, { title: reference?.text ?? word.value, facts, isNeeded });
  }
  if (source?.word) return imageNode(drawing, { title: source.word.value, facts: null, isNeeded });
  return plainNode(drawing, { kind: 'context', title: 'build context', isNeeded });
}

/** What several instructions take the same way is one link. */
function addLink({ links }: Drawing, link: GraphLink): void {
  const key = `${link.kind} ${link.from} ${link.to}`;
  const known = links.get(key);
  links.set(key, known ? { ...known, paths: [...new Set([...known.paths, ...link.paths])] } : link);
}

function stageId({ index }: Stage): string {
  return `stage${index}`;
}
