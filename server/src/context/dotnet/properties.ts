import { byFile, known, unknown, type Fact } from '../../fact.js';
import { fillIn } from '../placeholders.js';
import type { ProjectFile } from './project-file.js';

/** The value of a property by its name, in any case; null when nothing sets it. */
export type Properties = (name: string) => Fact<string | null>;

const deepest = 10;

/**
 * The properties of a project: `files` in the order in which MSBuild reads them (Directory.Build.props, the project,
 * Directory.Build.targets), `given` by lower-case name on the command line, which goes before all of them.
 */
export function propertiesOf(files: readonly ProjectFile[], given: ReadonlyMap<string, string>): Properties {
  return (name) => valueOf({ files, given }, name.toLowerCase(), 0);
}

type Sources = { readonly files: readonly ProjectFile[]; readonly given: ReadonlyMap<string, string> };

function valueOf(sources: Sources, key: string, depth: number): Fact<string | null> {
  const fromCommand = sources.given.get(key);
  if (fromCommand !== undefined) return known(fromCommand);
  const hasImports = sources.files.some((file) => file.hasImports);
  let found: Fact<string | null> | null = null;
  for (const { file, properties } of sources.files) {
    for (const { text, span, condition } of properties.get(key) ?? []) {
      if (condition === 'default' && found) continue;
      const value = expanded(sources, text, { key, depth });
      const note = `'${text}' is written here.`;
      if (condition === 'other' && !(found?.known && found.value === value)) found = unknown(byFile(file, span, note));
      else if (condition !== 'other') found = value === null ? unknown() : known(value, byFile(file, span, note));
    }
  }
  return found ?? (hasImports ? unknown() : known(null));
}

/** `$(Name)` put in, from properties that are written; null where one is not, as the SDK sets many itself. */
function expanded(sources: Sources, text: string, { key, depth }: { key: string; depth: number }): string | null {
  if (!text.includes('$(')) return /[@%]\(/.test(text) ? null : text;
  if (depth >= deepest || text.length > 1000) return null;
  const value = fillIn(text, /\$\(([^()]*)\)/g, (name) => {
    const inner = name.toLowerCase() === key ? null : valueOf(sources, name.toLowerCase(), depth + 1);
    return inner?.known ? inner.value : null;
  });
  return value?.includes('$(') ? null : value;
}
