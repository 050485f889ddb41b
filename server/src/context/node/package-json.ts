import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { memo } from '../memo.js';
import { entriesOf, field, keysOf, textField, type DataObject } from '../data.js';
import { readJson } from '../json.js';

/** What is asked of a package.json. */
export type Manifest = {
  readonly scripts: ReadonlyMap<string, Placed>;
  readonly hasWorkspaces: boolean;
  readonly dependencies: readonly string[];
  readonly optionalDependencies: readonly string[];
  readonly devDependencies: readonly string[];
  /** The version, range or address of a dependency of any kind, by its name. */
  readonly ranges: ReadonlyMap<string, Placed>;
  /** The file that stands for the folder; null when it does not say. */
  readonly main: string | null;
  /** `module` or `commonjs`; null when it does not say. */
  readonly type: string | null;
  /** Where the project keeps its schema for Prisma. */
  readonly prismaSchema: string | null;
};

/** A value and where its text stands. */
export type Placed = { readonly value: string; readonly span: Span };

/** package.json; null when it cannot be read. Source: https://docs.npmjs.com/cli/v11/configuring-npm/package-json. */
export const readManifest: (file: SourceFile) => Manifest | null = memo(({ text }) => {
  const manifest = readJson(text);
  if (!manifest) return null;
  const ranges = new Map<string, Placed>();
  for (const group of ['optionalDependencies', 'devDependencies', 'dependencies'])
    for (const [name, placed] of placedTexts(text, { object: manifest, group })) ranges.set(name, placed);
  return {
    scripts: placedTexts(text, { object: manifest, group: 'scripts' }),
    hasWorkspaces: field(manifest, 'workspaces') !== undefined,
    dependencies: keysOf(field(manifest, 'dependencies')),
    optionalDependencies: keysOf(field(manifest, 'optionalDependencies')),
    devDependencies: keysOf(field(manifest, 'devDependencies')),
    ranges,
    main: textField(manifest, 'main'),
    type: textField(manifest, 'type'),
    prismaSchema: textField(field(manifest, 'prisma'), 'schema'),
  };
});

/** Every search may go through the whole text. */
const mostEntries = 2000;

type Group = { readonly object: DataObject; readonly group: string };

function placedTexts(text: string, { object, group }: Group): ReadonlyMap<string, Placed> {
  const found = new Map<string, Placed>();
  let from = Math.max(0, text.indexOf(JSON.stringify(group)));
  for (const [name, value] of entriesOf(field(object, group)).slice(0, mostEntries)) {
    if (typeof value !== 'string') continue;
    const at = text.indexOf(JSON.stringify(name), from);
    const start = at < 0 ? -1 : text.indexOf(JSON.stringify(value), at + name.length + 2);
    const end = start + JSON.stringify(value).length;
    if (start >= 0) from = end;
    found.set(name, { value, span: start < 0 ? { start: 0, end: 0 } : { start: start + 1, end: end - 1 } });
  }
  return found;
}
