import type { Graph, GraphLink, GraphNode } from './stage-graph.js';

/** The graph as a Mermaid flowchart, which GitHub and many others draw. https://mermaid.js.org/syntax/flowchart.html */
export function toMermaid({ nodes, links }: Graph): string {
  const lines = [
    'flowchart LR',
    ...nodes.map(nodeLine),
    ...links.map(linkLine),
    '  classDef final stroke-width:3px',
    '  classDef unneeded stroke-dasharray:4 4,opacity:0.6',
    ...classLine(nodes, 'final', ({ isFinal }) => isFinal),
    ...classLine(nodes, 'unneeded', ({ isNeeded }) => !isNeeded),
  ];
  return `${lines.join('\n')}\n`;
}

const mostPaths = 4;

const shapes: Readonly<Record<GraphNode['kind'], readonly [string, string]>> = {
  stage: ['["', '"]'],
  image: ['(["', '"])'],
  scratch: ['(["', '"])'],
  context: ['[/"', '"/]'],
};

function nodeLine({ id, kind, title, libc, shell, user }: GraphNode): string {
  const facts = [libc, shell, kind === 'stage' && user ? `runs as ${user}` : null].filter((fact) => fact !== null);
  const [open, close] = shapes[kind];
  const label = [title, ...(kind === 'scratch' || facts.length === 0 ? [] : [facts.join(' · ')])];
  return `  ${id}${open}${label.map(escape).join('<br/>')}${close}`;
}

function linkLine({ from, to, kind, paths }: GraphLink): string {
  if (kind === 'base') return `  ${from} ==> ${to}`;
  const shown = paths.slice(0, mostPaths).map(escape);
  const more = paths.length > mostPaths ? [`and ${paths.length - mostPaths} more`] : [];
  const label = [...(kind === 'mount' ? ['mounted:'] : []), ...shown, ...more].join('<br/>');
  return label ? `  ${from} -. "${label}" .-> ${to}` : `  ${from} -.-> ${to}`;
}

function classLine(nodes: readonly GraphNode[], name: string, isOf: (node: GraphNode) => boolean): string[] {
  const ids = nodes.filter(isOf).map(({ id }) => id);
  return ids.length > 0 ? [`  class ${ids.join(',')} ${name}`] : [];
}

const longest = 60;

/** Quotes, brackets and what begins a Markdown label become entity codes; control characters become spaces. */
function escape(text: string): string {
  const flat = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const short = flat.length > longest ? `${flat.slice(0, longest - 1)}…` : flat;
  return short.replace(/[#"<>&`\\]/g, (character) => `#${character.charCodeAt(0)};`);
}
