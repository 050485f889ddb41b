import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { linesOf } from '../lines.js';
import { memo } from '../memo.js';

/** A generator block. Source: https://www.prisma.io/docs/orm/reference/prisma-schema-reference#generator. */
export type Generator = {
  readonly provider: string;
  /** The list with its brackets; null when it is not given. */
  readonly targets: { readonly names: readonly string[]; readonly span: Span } | null;
  readonly engineType: string | null;
  readonly output: string | null;
  readonly previewFeatures: readonly string[];
  /** The line of the provider. */
  readonly span: Span;
  /** True when a value comes from the environment. */
  readonly isOpen: boolean;
};

/** The generators of a schema.prisma. */
export const readGenerators: (file: SourceFile) => readonly Generator[] = memo(({ text }) => {
  const found: Generator[] = [];
  let block: Map<string, Field> | null = null;
  let open: string | null = null;
  for (const { text: line, span } of linesOf(text)) {
    if (line.startsWith('//')) continue;
    if (/^generator\s+\w+\s*\{/.test(line)) block = new Map();
    else if (block && open !== null) {
      const field = block.get(open);
      if (field) block.set(open, { value: `${field.value} ${line}`, span: { ...field.span, end: span.end } });
      if (line.includes(']')) open = null;
    } else if (block && line.startsWith('}')) {
      const generator = generatorOf(block);
      if (generator) found.push(generator);
      block = null;
    } else if (block) open = takeField(block, line, span);
  }
  return found;
});

type Field = { readonly value: string; readonly span: Span };

/** The name of a list that goes on in the next line. */
function takeField(block: Map<string, Field>, line: string, span: Span): string | null {
  const match = /^(\w+)\s*=\s*(.*)$/.exec(line);
  if (!match?.[1]) return null;
  const value = (match[2] ?? '').replace(/\s*\/\/.*$/, '');
  const start = span.start + line.length - (match[2] ?? '').length;
  block.set(match[1], { value, span: { start, end: start + value.length } });
  return value.startsWith('[') && !value.includes(']') ? match[1] : null;
}

function generatorOf(block: ReadonlyMap<string, Field>): Generator | null {
  const provider = block.get('provider');
  if (!provider) return null;
  const targets = block.get('binaryTargets');
  const isOpen = [...block.values()].some(({ value }) => value.includes('env('));
  return {
    provider: textsIn(provider)[0] ?? '',
    targets: targets ? { names: textsIn(targets), span: targets.span } : null,
    engineType: textsIn(block.get('engineType'))[0] ?? null,
    output: textsIn(block.get('output'))[0] ?? null,
    previewFeatures: textsIn(block.get('previewFeatures')),
    span: provider.span,
    isOpen,
  };
}

function textsIn(field: Field | undefined): string[] {
  return [...(field?.value ?? '').matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '');
}
