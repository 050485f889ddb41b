import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toMermaid } from '../../server/src/features/mermaid.js';
import { stageGraph, type Graph } from '../../server/src/features/stage-graph.js';
import { analysisOf } from '../support/checks.js';
import { filesUnder, textOf } from '../support/repository.js';

const twoStages = `
FROM golang:1.26-trixie AS build
COPY go.mod main.go ./
RUN --mount=type=bind,from=busybox:musl,source=/bin,target=/bb CGO_ENABLED=0 go build -o /out/app .

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /out/app /app
COPY --from=build /etc/app.toml /etc/
COPY --from=0 /out/app /app2
`;

test('names every stage and image with what it is', () => {
  const { nodes } = graphOf(twoStages);
  assert.deepEqual(nodes.map(nodeText), [
    'image0 golang:1.26-trixie | glibc 2.41 | /bin/sh | root',
    'stage0 build | glibc 2.41 | /bin/sh | root',
    'image1 gcr.io/distroless/static-debian13:nonroot | no libc | no shell | nonroot (65532)',
    'stage1 stage 1 (final) | no libc | no shell | nonroot (65532)',
    'context build context | ? | ? | ?',
    'image2 busybox:musl | musl 1.2.5 | /bin/sh | root',
  ]);
});

test('follows bases, copies and mounts, and joins what goes the same way', () => {
  assert.deepEqual(linksOf(twoStages), [
    'image0 base stage0 ()',
    'image1 base stage1 ()',
    'context copy stage0 (go.mod main.go)',
    'image2 mount stage0 (/bin)',
    'stage0 copy stage1 (/out/app /etc/app.toml)',
  ]);
});

test('a link points at the first instruction that makes it', () => {
  const link = graphOf(twoStages).links.find(({ from, kind }) => from === 'stage0' && kind === 'copy');
  assert.ok(link);
  assert.equal(twoStages.slice(link.span.start, link.span.end), 'COPY --from=build /out/app /app');
});

test('an image that is named twice is one node, and needed when one of its stages is', () => {
  const { nodes } = graphOf('FROM node:24 AS unused\nFROM node:24 AS build\nFROM scratch\nCOPY --from=build /a /a\n');
  assert.deepEqual(
    nodes.map(({ id, isNeeded }) => `${id} ${isNeeded}`),
    ['image0 true', 'stage0 false', 'stage1 true', 'scratch true', 'stage2 true'],
  );
});

test('what is not known stays unknown, and a stage on a stage is linked to it', () => {
  const { nodes, links } = graphOf('ARG BASE\nFROM ${BASE} AS one\nFROM one\nUSER 1001\n');
  assert.deepEqual(nodes.map(nodeText), [
    'image0 ${BASE} | ? | ? | ?',
    'stage0 one | ? | ? | ?',
    'stage1 stage 1 (final) | ? | ? | 1001',
  ]);
  assert.deepEqual(
    links.map(({ from, to, kind }) => `${from} ${kind} ${to}`),
    ['image0 base stage0', 'stage0 base stage1'],
  );
});

test('downloads and triggers are not copies of this build', () => {
  assert.deepEqual(linksOf('FROM debian\nADD https://example.com/a /a\nONBUILD COPY . /app\n'), [
    'image0 base stage0 ()',
  ]);
});

test('there is no graph of a template or of a file without stages', () => {
  assert.equal(stageGraph(analysisOf('# nothing\n')), null);
  assert.equal(stageGraph(analysisOf('FROM {{ image }}\nRUN true\n')), null);
});

test('Mermaid: a flowchart with the facts in the nodes and the paths on the links', () => {
  assert.equal(
    toMermaid(graphOf('FROM node:24-slim AS build\nCOPY a b ./\nFROM scratch\nCOPY --from=build /a /b /\n')),
    `flowchart LR
  image0(["node:24-slim<br/>glibc 2.36 · /bin/sh"])
  stage0["build<br/>glibc 2.36 · /bin/sh · runs as root"]
  scratch(["scratch"])
  stage1["stage 1<br/>runs as root"]
  context[/"build context"/]
  image0 ==> stage0
  scratch ==> stage1
  context -. "a<br/>b" .-> stage0
  stage0 -. "/a<br/>/b" .-> stage1
  classDef final stroke-width:3px
  classDef unneeded stroke-dasharray:4 4,opacity:0.6
  class stage1 final
`,
  );
});

test('Mermaid: nothing in a name ends its label', () => {
  const chart = toMermaid(graphOf('FROM debian AS a\nCOPY x"]<b>`y#1; /\nFROM a\n'));
  assert.match(chart, /"x\]#60;b#62;#96;y#35;1;"|"x#34;\]#60;b#62;#96;y#35;1;"/);
});

test('every link of every sample joins two nodes that are there, and the last stage is the final one', () => {
  const samples = filesUnder('samples', 'Dockerfile');
  assert.ok(samples.length > 10);
  for (const path of samples) {
    const { nodes, links } = graphOf(textOf(path));
    const ids = new Set(nodes.map(({ id }) => id));
    assert.equal(ids.size, nodes.length, path);
    assert.ok(
      links.every(({ from, to }) => ids.has(from) && ids.has(to)),
      path,
    );
    assert.equal(nodes.filter(({ isFinal }) => isFinal).length, 1, path);
  }
});

function graphOf(text: string): Graph {
  const graph = stageGraph(analysisOf(text));
  assert.ok(graph);
  return graph;
}

function linksOf(text: string): string[] {
  return graphOf(text).links.map(({ from, to, kind, paths }) => `${from} ${kind} ${to} (${paths.join(' ')})`);
}

function nodeText({ id, title, isFinal, libc, shell, user }: Graph['nodes'][number]): string {
  return `${id} ${title}${isFinal ? ' (final)' : ''} | ${libc ?? '?'} | ${shell ?? '?'} | ${user ?? '?'}`;
}
