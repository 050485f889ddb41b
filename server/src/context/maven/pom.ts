import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { memo } from '../memo.js';
import { at, childrenOf, readXml, type XmlElement } from '../xml/xml.js';

/** A text of the file, with the `${…}` that are written. */
export type PomValue = { readonly text: string; readonly file: SourceFile; readonly span: Span };

export type PomDependency = {
  /** `group:artifact`, with the `${…}` that are written. */
  readonly name: string;
  readonly version: string | null;
  readonly classifier: string | null;
  readonly scope: string;
  readonly file: SourceFile;
  readonly span: Span;
};

/** A pom.xml as it is written; `model.ts` puts it together with its parents. */
export type Pom = {
  readonly file: SourceFile;
  readonly group: string | null;
  readonly artifact: string | null;
  readonly parent: PomParent | null;
  readonly properties: ReadonlyMap<string, PomValue>;
  /** Names of properties that a profile sets. */
  readonly inProfiles: ReadonlySet<string>;
  readonly dependencies: readonly PomDependency[];
  readonly managed: readonly PomDependency[];
  readonly modules: readonly string[];
  /** What the compiler plugin is told. */
  readonly compiler: { readonly release: PomValue | null; readonly target: PomValue | null };
  /** True where a plugin compiles another way, or one of several executions says so. */
  readonly isCompiledOtherwise: boolean;
};

export type PomParent = {
  readonly group: string;
  readonly artifact: string;
  readonly version: string | null;
  /** From the folder of the pom; null where the parent is looked for in a repository only. */
  readonly path: string | null;
};

/** Plugins that compile other languages, or in a way of their own. */
const otherCompilers = /^(kotlin|scala|groovy|gmavenplus|gmaven|clojure|aspectj)[\w-]*plugin/;

/** Plugins that make classes for an older release of those that were compiled. */
const rewriters = /downgrad|retrolambda|jabel|proguard|retrotranslator/i;

/** Null for what is no pom.xml that can be read. */
export const readPom = memo((file: SourceFile): Pom | null => {
  const project = readXml(file);
  if (project?.name !== 'project') return null;
  const plugins = pluginsOf(project);
  const compilers = plugins.filter((plugin) => textAt(plugin, 'artifactId') === 'maven-compiler-plugin');
  const profiles = childrenOf(at(project, 'profiles'), 'profile');
  return {
    file,
    group: textAt(project, 'groupId'),
    artifact: textAt(project, 'artifactId'),
    parent: parentOf(project),
    properties: propertiesOf(file, at(project, 'properties')),
    inProfiles: new Set(profiles.flatMap((profile) => [...propertiesOf(file, at(profile, 'properties')).keys()])),
    dependencies: dependenciesOf(file, at(project, 'dependencies')),
    managed: dependenciesOf(file, at(project, 'dependencyManagement', 'dependencies')),
    modules: childrenOf(at(project, 'modules'), 'module').map(({ text }) => text),
    compiler: {
      release: firstValue(file, compilers, 'release'),
      target: firstValue(file, compilers, 'target'),
    },
    isCompiledOtherwise:
      plugins.some((plugin) => otherCompilers.test(textAt(plugin, 'artifactId') ?? '')) ||
      compilers.some((plugin) => hasExecutionOfItsOwn(plugin) || hasOwnArguments(plugin)) ||
      plugins.some((plugin) => rewriters.test(textAt(plugin, 'artifactId') ?? '')) ||
      profiles.some((profile) => pluginsOf(profile).some(isCompiler)),
  };
});

function isCompiler(plugin: XmlElement): boolean {
  return textAt(plugin, 'artifactId') === 'maven-compiler-plugin';
}

function pluginsOf(project: XmlElement): readonly XmlElement[] {
  const build = at(project, 'build');
  return [
    ...childrenOf(at(build, 'plugins'), 'plugin'),
    ...childrenOf(at(build, 'pluginManagement', 'plugins'), 'plugin'),
  ];
}

function hasExecutionOfItsOwn(plugin: XmlElement): boolean {
  return childrenOf(at(plugin, 'executions'), 'execution').some((execution) => {
    const configuration = at(execution, 'configuration');
    return ['release', 'target', 'source'].some((name) => at(configuration, name) !== null);
  });
}

/** Arguments that are handed to the compiler as they are, and a compiler of another kind. */
function hasOwnArguments(plugin: XmlElement): boolean {
  const configuration = at(plugin, 'configuration');
  const names = ['compilerArgs', 'compilerArgument', 'compilerArguments'];
  const given = names.flatMap((name) => at(configuration, name) ?? []);
  const words = given.flatMap(({ text, children }) => [text, ...children.map((child) => child.text)]);
  return at(configuration, 'compilerId') !== null || words.some((word) => /-(-?release|target)\b/.test(word));
}

function parentOf(project: XmlElement): PomParent | null {
  const parent = at(project, 'parent');
  const [group, artifact] = [textAt(parent, 'groupId'), textAt(parent, 'artifactId')];
  if (!parent || group === null || artifact === null) return null;
  const path = at(parent, 'relativePath');
  return { group, artifact, version: textAt(parent, 'version'), path: path ? path.text || null : '../pom.xml' };
}

function propertiesOf(file: SourceFile, element: XmlElement | null): Map<string, PomValue> {
  return new Map(element?.children.map(({ name, text, span }) => [name, { text, file, span }]) ?? []);
}

function dependenciesOf(file: SourceFile, element: XmlElement | null): PomDependency[] {
  return childrenOf(element, 'dependency').flatMap((one) => {
    const [group, artifact] = [textAt(one, 'groupId'), at(one, 'artifactId')];
    if (group === null || !artifact) return [];
    const scope = textAt(one, 'scope') ?? (textAt(one, 'optional') === 'true' ? 'optional' : 'compile');
    const [version, classifier] = [textAt(one, 'version'), textAt(one, 'classifier')];
    return [{ name: `${group}:${artifact.text}`, version, classifier, scope, file, span: artifact.span }];
  });
}

function firstValue(file: SourceFile, plugins: readonly XmlElement[], name: string): PomValue | null {
  const found = plugins.map((plugin) => at(plugin, 'configuration', name)).find(Boolean);
  return found ? { text: found.text, file, span: found.span } : null;
}

function textAt(element: XmlElement | null, name: string): string | null {
  return at(element, name)?.text || null;
}
