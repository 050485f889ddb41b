import type { StageGraph, StageLink, StageNode } from '../../../server/src/protocol.js';
import { element } from '../dom.js';
import { factsOf, linkText, marksOf } from './words.js';

/** The same graph in words: each stage with what it is, what it is based on and what it takes. */
export function stageList(graph: StageGraph): HTMLElement {
  const titles = new Map(graph.nodes.map(({ id, title }) => [id, title]));
  const stages = graph.nodes.filter(({ kind }) => kind === 'stage');
  const taken = new Map<string, StageLink[]>(stages.map(({ id }) => [id, []]));
  for (const link of graph.links) taken.get(link.to)?.push(link);
  const items = stages.map((node) => element('li', {}, ...entryOf(node, taken.get(node.id) ?? [], titles)));
  const heading = element('h2', { id: 'words' }, 'In words');
  return element('section', { class: 'words', 'aria-labelledby': 'words' }, heading, element('ul', {}, ...items));
}

type Titles = ReadonlyMap<string, string>;

function entryOf(node: StageNode, taken: readonly StageLink[], titles: Titles): (Node | string)[] {
  const said = [...marksOf(node), ...factsOf(node)];
  const entries = taken.map((link) => {
    const text = linkText(link, titles.get(link.from) ?? link.from);
    return element('li', {}, lineButton(text, link.line, `${node.id} ${link.kind} ${link.from}`));
  });
  const title = node.line === null ? node.title : lineButton(node.title, node.line, `list ${node.id}`);
  return [title, said.length > 0 ? `: ${said.join(', ')}` : '', element('ul', {}, ...entries)];
}

function lineButton(text: string, line: number, key: string): HTMLElement {
  const attributes = { type: 'button', class: 'link', title: `Line ${line + 1}`, 'data-line': line, 'data-key': key };
  return element('button', attributes, text);
}
