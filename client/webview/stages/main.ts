import type { StageGraph } from '../../../server/src/protocol.js';
import type { ShowStages, ToStagesView, ViewState } from '../../src/messages.js';
import { drawn, element, keepingFocus } from '../dom.js';
import { connect, type Host } from '../host.js';
import { stageList } from './list.js';
import { picture } from './picture.js';

const view = document.querySelector<HTMLElement>('#view') ?? document.body;
let shown: ShowStages | null = null;
const host = connect<ToStagesView>(receive);
let onlyNeeded = (host.getState() as Partial<Choice> | undefined)?.onlyNeeded === true;

/** What the reader has chosen; kept while the panel is hidden and over a reload. */
type Choice = { readonly onlyNeeded: boolean };

view.addEventListener('click', ({ target }) => {
  const line = target instanceof Element ? target.closest<HTMLElement>('[data-line]')?.dataset.line : undefined;
  if (line !== undefined) host.postMessage({ kind: 'goTo', line: Number(line) });
});

function receive(message: ToStagesView, from: Host): void {
  if (message.kind === 'nothing') {
    shown = null;
    view.replaceChildren(element('p', { class: 'nothing', role: 'status' }, message.text));
    return;
  }
  if (shown?.graph.uri !== message.graph.uri) view.replaceChildren();
  shown = message;
  draw(message, from);
}

function draw(stages: ShowStages, to: Host): void {
  const state: ViewState & Choice = { uri: stages.graph.uri, position: null, onlyNeeded };
  to.setState(state);
  keepingFocus(view, () => show(stages));
}

/** The picture keeps its place while the text changes; at first it shows the final stage. */
function show({ graph, file }: ShowStages): void {
  const old = view.querySelector('.scroll');
  const [left, top] = [old?.scrollLeft ?? 0, old?.scrollTop ?? 0];
  const wanted = onlyNeeded ? neededOf(graph) : graph;
  const drawing =
    picture(wanted, measure()) ?? element('p', { class: 'nothing' }, 'There are too many stages to draw.');
  const scroll = element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Stages' }, drawing);
  const heading = element('h1', {}, `Stages of ${file}`);
  view.replaceChildren(element('header', {}, heading, counts(graph), legend(wanted)), scroll, stageList(wanted));
  if (old) scroll.scrollTo(left, top);
  else drawing.querySelector('.final')?.scrollIntoView({ block: 'nearest', inline: 'center' });
}

/** How many stages there are, and the choice between all and those that the final one needs. */
function counts({ nodes }: StageGraph): HTMLElement {
  const stages = nodes.filter(({ kind }) => kind === 'stage');
  const spare = stages.filter(({ isNeeded }) => !isNeeded).length;
  const text = stages.length === 1 ? '1 stage' : `${stages.length} stages`;
  if (spare === 0) return element('p', { class: 'place' }, text);
  const attributes = { type: 'button', class: 'toggle', 'aria-pressed': String(onlyNeeded), 'data-key': 'needed' };
  const button = element('button', attributes, 'Only what the final stage needs');
  button.addEventListener('click', () => {
    onlyNeeded = !onlyNeeded;
    view.querySelector('.scroll')?.remove();
    if (shown) draw(shown, host);
  });
  return element('p', { class: 'place' }, `${text}, ${spare} not needed by the final one`, button);
}

function neededOf({ nodes, links, ...graph }: StageGraph): StageGraph {
  const kept = nodes.filter(({ isNeeded }) => isNeeded);
  const ids = new Set(kept.map(({ id }) => id));
  return { ...graph, nodes: kept, links: links.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}

/** Of the kinds of lines that there are. */
function legend({ links }: StageGraph): HTMLElement {
  const kinds = [
    ['base', 'based on'],
    ['copy', 'copied'],
    ['mount', 'mounted for one RUN'],
  ] as const;
  const drawnKinds = kinds.filter(([kind]) => links.some((link) => link.kind === kind));
  const items = drawnKinds.map(([kind, text]) => {
    const path = drawn('path', { d: 'M0 5h26' });
    const sample = drawn(
      'svg',
      { width: 26, height: 10, 'aria-hidden': 'true' },
      drawn('g', { class: `line ${kind}` }, path),
    );
    return element('li', {}, sample, text);
  });
  return element('ul', { class: 'legend', 'aria-label': 'Lines' }, ...items);
}

/** Text is measured in the font that the labels have. */
function measure(): (text: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (text) => text.length * 8;
  const { fontFamily, fontSize } = getComputedStyle(document.body);
  context.font = `${parseFloat(fontSize) * 0.88}px ${fontFamily}`;
  return (text) => context.measureText(text).width;
}
