import { byFile, known, unknown, type Fact } from '../../fact.js';
import { fillIn } from '../placeholders.js';
import type { ProjectFile } from './project-file.js';

/** The value of a property by its name, in any case; null when nothing sets it. */
export type Properties = (name: string) => Fact<string | null>;

const deepest = 10;

/**
 * The properties of a project: `files` in the order in which MSBuild reads them (Directory.Build.props, the project,
 * Directory.Build.targets), `given` by lower-case name on the command line, which goes before all of them. A variable of
 * the environment is a property that the files may set anew:
 * https://learn.microsoft.com/visualstudio/msbuild/how-to-use-environment-variables-in-a-build
 */
export function propertiesOf(
  files: readonly ProjectFile[],
  given: ReadonlyMap<string, string>,
  environment: Environment = () => null,
): Properties {
  return (name) => valueOf({ files, given, environment }, name, 0);
}

/** A variable of the environment by its name: null when it is not set, undefined when it is not known. */
export type Environment = (name: string) => string | null | undefined;

type Sources = {
  readonly files: readonly ProjectFile[];
  readonly given: ReadonlyMap<string, string>;
  readonly environment: Environment;
};

function valueOf(sources: Sources, name: string, depth: number): Fact<string | null> {
  const key = name.toLowerCase();
  const fromCommand = sources.given.get(key);
  if (fromCommand !== undefined) return known(fromCommand);
  const hasImports = sources.files.some((file) => file.hasImports);
  let found = fromEnvironment(sources.environment, name);
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

/** Names of properties have no case. */
function fromEnvironment(environment: Environment, name: string): Fact<string | null> | null {
  for (const each of [name, name.toUpperCase(), name.toLowerCase()]) {
    const value = environment(each);
    if (value === undefined) return unknown();
    if (value) return known(value);
  }
  return null;
}

/** `$(Name)` put in, from properties that are written; null where one is not, as the SDK sets many itself. */
function expanded(sources: Sources, text: string, { key, depth }: { key: string; depth: number }): string | null {
  if (!text.includes('$(')) return /[@%]\(/.test(text) ? null : text;
  if (depth >= deepest || text.length > 1000) return null;
  const value = fillIn(text, /\$\(([^()]*)\)/g, (name) => {
    const inner = name.toLowerCase() === key ? null : valueOf(sources, name, depth + 1);
    return inner?.known ? inner.value : null;
  });
  return value?.includes('$(') ? null : value;
}
