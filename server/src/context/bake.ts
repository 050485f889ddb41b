import type { SourceFile } from '../text/source-file.js';
import { readBakeJson } from './bake-json.js';
import { buildPath } from './build-path.js';
import type { Build, BuildPlace, BuildValue } from './builds.js';
import { readHcl, type HclAttribute, type HclBlock, type HclValue } from './hcl.js';
import { fillIn } from './placeholders.js';

const longestText = 256 * 1024;
const mostParents = 20;

/**
 * The targets of a bake file; none where it cannot be read. `folder` is where bake is started: that of the file.
 * Source: https://docs.docker.com/build/bake/reference/
 */
export function readBake(file: SourceFile, { folder }: BuildPlace): readonly Build[] {
  const read = file.path.endsWith('.json') ? readBakeJson : readHcl;
  const body = file.text.length > longestText ? null : read(file.text);
  if (!body) return [];
  const variables = new Map(
    body.blocks
      .filter(({ type }) => type === 'variable')
      .map(({ labels, attributes }) => [labels[0] ?? '', attributes.get('default')?.value ?? null] as const),
  );
  const targets = new Map(
    body.blocks.filter(({ type }) => type === 'target').map((block) => [block.labels[0] ?? '', block]),
  );
  return [...targets.values()].map((block) => {
    // A matrix makes several targets of one block, which differ in the names that it gives values.
    const matrix = block.attributes.get('matrix')?.value;
    const own = matrix?.kind === 'object' ? [...matrix.fields.keys()] : [];
    const inBlock = new Map([...variables, ...own.map((name) => [name, null] as const)]);
    return buildOf({ file, folder, variables: inBlock, targets }, block);
  });
}

type Bake = {
  readonly file: SourceFile;
  readonly folder: string;
  readonly variables: ReadonlyMap<string, HclValue | null>;
  readonly targets: ReadonlyMap<string, HclBlock>;
};

function buildOf(bake: Bake, block: HclBlock): Build {
  const { file, folder } = bake;
  const inherited = lineage(bake, block);
  const attribute = (name: string) => {
    const found = inherited.findLast(({ attributes }) => attributes.has(name))?.attributes.get(name);
    return found && { value: textOf(bake, found.value), span: found.span };
  };
  const isInline = inherited.some(({ attributes }) => attributes.has('dockerfile-inline'));
  const given = attribute('context');
  const context = buildPath(folder, given === undefined ? '.' : given.value);
  const named = attribute('dockerfile');
  const path = named === undefined ? 'Dockerfile' : named.value;
  return {
    file,
    kind: 'bake',
    name: block.labels[0] ?? '',
    span: block.span,
    context,
    dockerfile: isInline || context === null || path === null ? null : buildPath(context, path),
    target: attribute('target') ?? null,
    args: argsOf(bake, inherited),
    contexts: inherited.flatMap(({ attributes, blocks }) => namesIn('contexts', attributes, blocks)),
    stated: new Set(['context', 'dockerfile', 'target'].filter((name) => attribute(name) !== undefined)),
  };
}

function namesIn(name: string, attributes: HclBlock['attributes'], blocks: HclBlock['blocks']): string[] {
  const value = attributes.get(name)?.value;
  const fields = value?.kind === 'object' ? [...value.fields.keys()] : [];
  return [...fields, ...blocks.filter(({ type }) => type === name).flatMap((block) => [...block.attributes.keys()])];
}

/** The targets that a target inherits from, the last of which wins, and itself. */
function lineage(bake: Bake, block: HclBlock, seen: ReadonlySet<HclBlock> = new Set()): HclBlock[] {
  if (seen.has(block) || seen.size > mostParents) return [];
  const value = block.attributes.get('inherits')?.value;
  const names = value?.kind === 'list' ? value.items.map((item) => textOf(bake, item)) : [];
  const parents = names.flatMap((name) => (name === null ? [] : (bake.targets.get(name) ?? [])));
  return [
    ...parents.slice(0, mostParents).flatMap((parent) => lineage(bake, parent, new Set([...seen, block]))),
    block,
  ];
}

function argsOf(bake: Bake, blocks: readonly HclBlock[]): ReadonlyMap<string, BuildValue> {
  const all = blocks.flatMap(({ attributes, blocks: inner }) => {
    const value = attributes.get('args')?.value;
    const fields: (readonly [string, HclAttribute])[] = value?.kind === 'object' ? [...value.fields] : [];
    return [...fields, ...inner.filter(({ type }) => type === 'args').flatMap((block) => [...block.attributes])];
  });
  return new Map(all.map(([name, { value, span }]) => [name, { value: textOf(bake, value), span }]));
}

/** A variable has its default, unless the environment of the build says otherwise. */
function textOf({ variables }: Pick<Bake, 'variables'>, value: HclValue, depth = 0): string | null {
  if (value.kind === 'text') return value.text;
  if (depth > 5) return null;
  const inner = (name: string) => {
    const found = variables.get(name);
    return found ? textOf({ variables }, found, depth + 1) : null;
  };
  if (value.kind === 'name') return inner(value.name);
  if (value.kind !== 'template' || value.text === '') return null;
  const filled = fillIn(value.text, /\$\{([^{}]*)\}/g, (name) => inner(name.trim()));
  return filled === null || /[$%]\{/.test(filled) ? null : filled;
}
