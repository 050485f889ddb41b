import { parse } from 'smol-toml';
import type { SourceFile } from '../../text/source-file.js';
import { memo } from '../memo.js';
import { normalName } from './lock.js';

export type Pyproject = {
  /** The console scripts that an install of the project makes. */
  readonly scripts: readonly string[];
  /** What the program itself needs, by name: of [project], or of Poetry's own table. */
  readonly dependencies: readonly string[];
  /** Groups that `uv sync` installs unasked; null where they are the usual ones. */
  readonly uvGroups: readonly string[] | 'all' | null;
  /** Groups of Poetry that are installed only on demand. */
  readonly optionalGroups: readonly string[];
};

/** Null for what is no TOML. Bigger files than this are not read. */
export const readPyproject = memo((file: SourceFile): Pyproject | null => {
  const root = tableOf(parsed(file.text));
  if (!root) return null;
  const [project, tool] = [tableOf(root['project']), tableOf(root['tool'])];
  const [poetry, uv] = [tableOf(tool?.['poetry']), tableOf(tool?.['uv'])];
  const groups = uv?.['default-groups'];
  return {
    scripts: [...keys(project?.['scripts']), ...keys(poetry?.['scripts'])],
    dependencies: [...namesOf(project?.['dependencies']), ...mandatory(poetry?.['dependencies'])],
    uvGroups: groups === 'all' ? 'all' : Array.isArray(groups) ? groups.filter(isText).map(normalName) : null,
    optionalGroups: keys(poetry?.['group'])
      .filter((group) => tableOf(tableOf(poetry?.['group'])?.[group])?.['optional'] === true)
      .map(normalName),
  };
});

const longestFile = 500_000;

function parsed(text: string): unknown {
  if (text.length > longestFile) return null;
  try {
    return parse(text);
  } catch {
    return null;
  }
}

function namesOf(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isText).flatMap((text) => {
    const name = /^\s*([A-Za-z0-9][\w.-]*)/.exec(text)?.[1];
    return name === undefined ? [] : [normalName(name)];
  });
}

function mandatory(table: unknown): string[] {
  const own = tableOf(table);
  return keys(table)
    .filter((name) => name !== 'python' && tableOf(own?.[name])?.['optional'] !== true)
    .map(normalName);
}

function keys(value: unknown): string[] {
  return Object.keys(tableOf(value) ?? {});
}

function tableOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
