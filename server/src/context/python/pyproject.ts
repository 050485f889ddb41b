import type { SourceFile } from '../../text/source-file.js';
import { field, keysOf, type DataObject } from '../data.js';
import { memo } from '../memo.js';
import { readToml } from '../toml.js';
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

/** Null for what is no TOML. */
export const readPyproject = memo(({ text }: SourceFile): Pyproject | null => {
  const root = readToml(text);
  return root && pyprojectOf(root);
});

function pyprojectOf(root: DataObject): Pyproject {
  const [project, tool] = [field(root, 'project'), field(root, 'tool')];
  const poetry = field(tool, 'poetry');
  const uvGroups = field(field(tool, 'uv'), 'default-groups');
  const groups = field(poetry, 'group');
  return {
    scripts: [...keysOf(field(project, 'scripts')), ...keysOf(field(poetry, 'scripts'))],
    dependencies: [...namesOf(field(project, 'dependencies')), ...mandatory(field(poetry, 'dependencies'))],
    uvGroups: uvGroups === 'all' ? 'all' : Array.isArray(uvGroups) ? uvGroups.filter(isText).map(normalName) : null,
    optionalGroups: keysOf(groups)
      .filter((group) => field(field(groups, group), 'optional') === true)
      .map(normalName),
  };
}

function namesOf(list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isText).flatMap((text) => {
    const name = /^\s*([A-Za-z0-9][\w.-]*)/.exec(text)?.[1];
    return name === undefined ? [] : [normalName(name)];
  });
}

function mandatory(table: unknown): string[] {
  return keysOf(table)
    .filter((name) => name !== 'python' && field(field(table, name), 'optional') !== true)
    .map(normalName);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
