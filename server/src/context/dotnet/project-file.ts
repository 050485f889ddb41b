import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { memo } from '../memo.js';
import type { UsedPackage } from '../used-package.js';
import { readXml, type XmlElement } from '../xml/xml.js';

/** One place that gives a property a value. */
export type PropertySetting = {
  /** As written, with its `$(…)`. */
  readonly text: string;
  readonly span: Span;
  /** Null when it always holds; `default` when it holds unless the property has a value already. */
  readonly condition: null | 'default' | 'other';
};

export type NamedPlace = { readonly name: string; readonly span: Span };

/** A project file of MSBuild (csproj, fsproj, vbproj), or a Directory.Build.props, .targets or Directory.Packages.props. */
export type ProjectFile = {
  readonly file: SourceFile;
  /** `Microsoft.NET.Sdk.Web` */
  readonly sdks: readonly NamedPlace[];
  /** By lower-case name, in the order of the file. */
  readonly properties: ReadonlyMap<string, readonly PropertySetting[]>;
  /** Those that are used under no condition. */
  readonly packages: readonly UsedPackage[];
  /** Central versions, by lower-case name of the package. */
  readonly versions: ReadonlyMap<string, string>;
  readonly frameworks: readonly NamedPlace[];
  /** True where a framework that its SDK asks for is taken away. */
  readonly dropsFramework: boolean;
  /** Paths of other projects, with slashes. */
  readonly references: readonly string[];
  /** True where other files are imported, which may set any property. */
  readonly hasImports: boolean;
};

const mostReferences = 200;

/** Null for what is no project file that can be read. */
export const readProjectFile = memo((file: SourceFile): ProjectFile | null => {
  const root = readXml(file);
  if (root?.name !== 'Project') return null;
  const properties = new Map<string, PropertySetting[]>();
  collectProperties(root, properties, null);
  const items = root.children.filter(({ name, attributes }) => name === 'ItemGroup' && !attributes.has('Condition'));
  const used = items.flatMap(({ children }) => children).filter(({ attributes }) => !attributes.has('Condition'));
  const named = (element: string) => used.filter(({ name }) => name === element);
  return {
    file,
    sdks: sdksOf(root),
    properties,
    packages: [...named('PackageReference'), ...named('GlobalPackageReference')].flatMap((one) => packageOf(file, one)),
    versions: versionsOf(named('PackageVersion')),
    frameworks: named('FrameworkReference').flatMap((one) => placesOf(one, 'Include')),
    dropsFramework: named('FrameworkReference').some(({ attributes }) => attributes.has('Remove')),
    references: named('ProjectReference')
      .filter(isLinked)
      .flatMap((one) => placesOf(one, 'Include'))
      .map(({ name }) => name.replace(/\\/g, '/'))
      .slice(0, mostReferences),
    hasImports: hasElement(root, 'Import'),
  };
});

/** A project that is only built before this one, or serves its compiler, is no part of the program. */
function isLinked({ attributes, children }: XmlElement): boolean {
  return !['ReferenceOutputAssembly', 'OutputItemType'].some((name) => {
    return attributes.has(name) || children.some((child) => child.name === name);
  });
}

function sdksOf(root: XmlElement): NamedPlace[] {
  const inside = root.children.filter(({ name }) => name === 'Sdk').flatMap((one) => placesOf(one, 'Name'));
  return [...placesOf(root, 'Sdk'), ...inside].map(({ name, span }) => ({ name: name.replace(/\/.*$/, ''), span }));
}

/** `Include="A;B"` */
function placesOf({ attributes, tag }: XmlElement, attribute: string): NamedPlace[] {
  const names = (attributes.get(attribute) ?? '').split(';');
  return names.map((name) => ({ name: name.trim(), span: tag })).filter(({ name }) => name !== '');
}

function packageOf(file: SourceFile, element: XmlElement): UsedPackage[] {
  const inside = element.children.find(({ name }) => name === 'Version')?.text;
  const version = element.attributes.get('Version') ?? element.attributes.get('VersionOverride') ?? inside ?? null;
  return placesOf(element, 'Include').map(({ name, span }) => ({ name, version, file, span }));
}

function versionsOf(elements: readonly XmlElement[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { attributes } of elements) {
    const [name, version] = [attributes.get('Include'), attributes.get('Version')];
    if (name && version) found.set(name.toLowerCase(), version);
  }
  return found;
}

type Properties = Map<string, PropertySetting[]>;

/** Groups directly in the project count as written; those in a Choose or a Target only may hold. */
function collectProperties(element: XmlElement, properties: Properties, outer: 'other' | null): void {
  for (const child of element.children) {
    const isGroup = child.name === 'PropertyGroup';
    const within = outer ?? (child.attributes.has('Condition') ? 'other' : null);
    if (isGroup) for (const property of child.children) addProperty(property, properties, within);
    else if (/^(Choose|When|Otherwise|Target)$/.test(child.name)) collectProperties(child, properties, 'other');
  }
}

function addProperty(
  { name, text, span, attributes }: XmlElement,
  properties: Properties,
  outer: 'other' | null,
): void {
  const key = name.toLowerCase();
  const condition = outer ?? conditionOf(key, attributes.get('Condition'));
  const settings = properties.get(key) ?? [];
  settings.push({ text, span, condition });
  properties.set(key, settings);
}

function conditionOf(key: string, text: string | undefined): PropertySetting['condition'] {
  if (text === undefined || text.trim() === '') return null;
  const tested = /^\s*'\$\((\w+)\)'\s*==\s*''\s*$/.exec(text)?.[1];
  return tested?.toLowerCase() === key ? 'default' : 'other';
}

function hasElement(element: XmlElement, wanted: string): boolean {
  return element.children.some((child) => child.name === wanted || hasElement(child, wanted));
}
