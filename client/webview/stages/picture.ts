import type { StageGraph, StageLink, StageNode } from '../../../server/src/protocol.js';
import { drawn, element } from '../dom.js';
import { layOut, type Box, type Layout, type PlacedLink, type Point, type Size } from './layout.js';
import { factsOf, fitted, lineOf, linkText, marksOf, pathsText } from './words.js';

const sizes: Readonly<Record<StageNode['kind'], Size>> = {
  stage: { width: 172, height: 64 },
  image: { width: 172, height: 64 },
  scratch: { width: 110, height: 32 },
  context: { width: 130, height: 32 },
};

const margin = 14;
const padding = 14;

/** A title is larger than a label, and that of a stage is bold. */
const titleScale = { image: 1.15, stage: 1.24, scratch: 1.24, context: 1.24 };

/** Width of the text of a label, in pixels. */
export type Measure = (text: string) => number;

/** The stages as cards, joined by lines; null when there are too many to draw. */
export function picture(graph: StageGraph, measure: Measure): HTMLElement | null {
  const layout = layOut(
    graph.nodes.map(({ id, kind }) => ({ id, ...sizes[kind] })),
    graph.links.map(({ from, to, ...link }) => ({
      from,
      to,
      label: labelSize(pathsText({ from, to, ...link }), measure),
    })),
  );
  if (!layout) return null;
  const root = element('div', { class: 'picture', role: 'group', 'aria-label': 'Picture of the stages' });
  root.style.width = `${layout.width + 2 * margin}px`;
  root.style.height = `${layout.height + 2 * margin}px`;
  const placed = [...cards(graph, layout, measure), ...labels(graph, layout)];
  root.append(lines(graph, layout), ...placed.toSorted(byPlace).map(({ made }) => made));
  showNeighbours(root);
  return root;
}

function labelSize(text: string, measure: Measure): Size | null {
  return text === '' ? null : { width: Math.ceil(measure(text)) + 14, height: 22 };
}

function lines(graph: StageGraph, layout: Layout): SVGElement {
  const width = layout.width + 2 * margin;
  const height = layout.height + 2 * margin;
  const shapes = graph.links.map((link, index) => line(link, layout.links[index], isDimmed(graph, link)));
  return drawn('svg', { width, height, 'aria-hidden': 'true' }, ...shapes);
}

function line(link: StageLink, placed: PlacedLink | undefined, dimmed: boolean): SVGElement {
  const points = (placed?.points ?? []).map(({ x, y }) => ({ x: x + margin, y: y + margin }));
  const attributes = {
    class: `line ${link.kind}${dimmed ? ' dimmed' : ''}`,
    'data-from': link.from,
    'data-to': link.to,
    'data-line': link.line,
  };
  const d = curve(points);
  const ways = [drawn('path', { d }), drawn('path', { class: 'head', d: head(points) })];
  return drawn('g', attributes, ...ways, drawn('path', { class: 'reach', d }));
}

/** Goes down straight and bends only between two points, so that a line stays clear of what it passes. */
function curve(points: readonly Point[]): string {
  const [first, ...others] = points;
  if (!first) return '';
  let from = first;
  const parts = others.map((to) => {
    const middle = (from.y + to.y) / 2;
    const isStraight = from.x === to.x || from.y === to.y;
    from = to;
    return isStraight
      ? `L${to.x} ${to.y}`
      : `C${before(to, others, first).x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`;
  });
  return [`M${first.x} ${first.y}`, ...parts].join('');
}

function before(point: Point, points: readonly Point[], first: Point): Point {
  return points[points.indexOf(point) - 1] ?? first;
}

/** A triangle at the end, which points along the last piece of the line. */
function head(points: readonly Point[]): string {
  const [from, to] = points.slice(-2);
  if (!from || !to) return '';
  if (from.y === to.y) return `M${to.x} ${to.y}l6 -4v8Z`;
  return from.y < to.y ? `M${to.x} ${to.y}l-4.5 -8h9Z` : `M${to.x} ${to.y}l-4.5 8h9Z`;
}

/** A card or a label, and where it stands. */
type Placed = { readonly made: HTMLElement; readonly box: Box };

/** From the top down and from left to right, which is how the keyboard goes, too. */
function byPlace({ box: a }: Placed, { box: b }: Placed): number {
  return a.y - b.y || a.x - b.x;
}

function labels(graph: StageGraph, layout: Layout): Placed[] {
  const titles = new Map(graph.nodes.map(({ id, title }) => [id, title]));
  return graph.links.flatMap((link, index) => {
    const box = layout.links[index]?.label;
    const text = pathsText(link);
    if (!box || text === '') return [];
    const full = `${linkText(link, titles.get(link.from) ?? link.from)}, for ${titles.get(link.to) ?? link.to}`;
    const attributes = {
      type: 'button',
      class: `label ${link.kind}${isDimmed(graph, link) ? ' dimmed' : ''}`,
      title: `${full} (line ${link.line + 1})`,
      'aria-label': `${full}, line ${link.line + 1}`,
      'data-line': link.line,
      'data-key': `link ${index}`,
      'data-from': link.from,
      'data-to': link.to,
    };
    return [placedAt(element('button', attributes, text), box)];
  });
}

function cards(graph: StageGraph, layout: Layout, measure: Measure): Placed[] {
  return graph.nodes.flatMap((node) => {
    const box = layout.nodes.get(node.id);
    return box ? [placedAt(card(node, graph, measure), box)] : [];
  });
}

function card(node: StageNode, graph: StageGraph, measure: Measure): HTMLElement {
  const [marks, facts] = [marksOf(node), factsOf(node)];
  const line = lineOf(node, graph);
  const said = [node.title, ...marks, ...facts, ...(line === null ? [] : [`line ${line + 1}`])].join(', ');
  const attributes = {
    type: 'button',
    class: ['card', node.kind, node.isFinal ? 'final' : '', node.isNeeded ? '' : 'dimmed'].filter(Boolean).join(' '),
    title: [node.title, ...marks, ...facts].join('\n'),
    'aria-label': said,
    'data-line': line,
    'data-key': node.id,
    'data-id': node.id,
  };
  const room = sizes[node.kind].width - 2 * padding - marks.reduce((sum, mark) => sum + measure(mark) + 20, 0);
  const title = fitted(node.title, room, (text) => measure(text) * titleScale[node.kind]);
  const badges = marks.map((mark) => element('span', { class: 'badge' }, mark));
  const name = element('span', { class: 'name' }, element('bdi', { class: 'title' }, title), ...badges);
  const [user, others] = [facts.at(-1)?.startsWith('runs as ') ? facts.at(-1) : undefined, facts.filter(isNoUser)];
  const rows = [others.join(' · '), user ?? '']
    .filter(Boolean)
    .map((text) => element('span', { class: 'facts' }, text));
  return element('button', attributes, name, ...rows);
}

function isNoUser(fact: string): boolean {
  return !fact.startsWith('runs as ');
}

function placedAt(made: HTMLElement, box: Box): Placed {
  made.style.left = `${box.x + margin}px`;
  made.style.top = `${box.y + margin}px`;
  made.style.width = `${box.width}px`;
  made.style.height = `${box.height}px`;
  return { made, box };
}

function isDimmed({ nodes }: StageGraph, { to }: StageLink): boolean {
  return nodes.find(({ id }) => id === to)?.isNeeded === false;
}

/** Brings out the lines of the card or label under the pointer or the keyboard. */
function showNeighbours(root: HTMLElement): void {
  const mark = (target: EventTarget | null) => {
    const { id, from, to } =
      target instanceof Element ? (target.closest<HTMLElement>('button, .line')?.dataset ?? {}) : {};
    for (const one of root.querySelectorAll('.line')) {
      const [start, end] = [one.getAttribute('data-from'), one.getAttribute('data-to')];
      const isOfCard = id !== undefined && (start === id || end === id);
      one.classList.toggle('active', isOfCard || (from !== undefined && start === from && end === to));
    }
  };
  for (const event of ['pointerover', 'focusin']) root.addEventListener(event, ({ target }) => mark(target));
  for (const event of ['pointerleave', 'focusout']) root.addEventListener(event, () => mark(null));
}
