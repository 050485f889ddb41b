import { mountFields } from '../stages/link.js';
import type { Dockerfile, Instruction } from '../syntax/model.js';

/** The paths that a Dockerfile takes from the build context, as far as they are written in full; each once. */
export function contextSources({ stages }: Dockerfile): readonly string[] {
  const paths = stages.flatMap(({ instructions }) => instructions.flatMap(sourcesOf));
  const plain = paths.map((path) => path.replace(/^(\.?\/)+|\/+$/g, ''));
  return [...new Set(plain)].filter((path) => path !== '' && path !== '.' && !/[$*?[\]\\]|:\/\/|^git@/.test(path));
}

function sourcesOf(instruction: Instruction): readonly string[] {
  const { kind, flags } = instruction;
  if (kind === 'copy' || kind === 'add')
    return flags.some(({ name }) => name === 'from') ? [] : instruction.sources.map(({ value }) => value);
  if (kind !== 'run') return [];
  return flags.flatMap(({ name, value, valueSpan }) => {
    if (name !== 'mount' || value === null) return [];
    const fields = new Map(mountFields(value, valueSpan).map((field) => [field.name, field.word.value]));
    const isBind = (fields.get('type') ?? 'bind') === 'bind' && !fields.has('from');
    const source = fields.get('source') ?? fields.get('src');
    return isBind && source ? [source] : [];
  });
}
