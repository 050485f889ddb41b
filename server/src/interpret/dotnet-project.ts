import type { BuildContext } from '../context/context.js';
import { readProjectFile, type ProjectFile } from '../context/dotnet/project-file.js';
import { propertiesOf, type Environment, type Properties } from '../context/dotnet/properties.js';
import { foldersUp, folderOf } from '../context/file-tree.js';
import type { UsedPackage } from '../context/used-package.js';
import { placedNames } from './placed-names.js';
import { placedAt } from './placements.js';
import type { StageState } from './state.js';
import { currentEntry, parentOf, resolvePath } from './tree.js';

/** The project that a command of dotnet builds, with the files that decide about it. */
export type DotnetProject = {
  readonly path: string;
  readonly file: ProjectFile;
  readonly property: Properties;
  /** Those of the projects that it refers to are among them. */
  readonly packages: readonly UsedPackage[];
  readonly projects: readonly ProjectFile[];
  /** True where a runtimeconfig.template.json chooses how the program rolls forward. */
  readonly hasOwnRollForward: boolean;
  /** False when another file may decide otherwise. */
  readonly isSure: boolean;
};

type Command = {
  /** From `dotnet` on; null where a word is not known. */
  readonly words: readonly (string | null)[];
  readonly cwd: string | null;
  readonly context: BuildContext;
  readonly given: Environment;
};

/** Options of restore, build, publish and test that take the next word. */
const valued = new Set(
  (
    '-c --configuration -o --output -r --runtime -f --framework -v --verbosity -a --arch --os --source -s --packages ' +
    '--configfile --version-suffix --manifest --artifacts-path -p --property --logger -l --filter'
  ).split(' '),
);

const mostProjects = 60;

/** Null where it is not clear which project is built, or its file is not known. */
export function dotnetProject(state: StageState, command: Command): DotnetProject | null {
  const { context } = command;
  const path = projectPath(state, command);
  const found = path === null ? null : fileAt(state, path, context);
  if (path === null || !found) return null;
  const around = [...nearest(state, path, { name: 'Directory.Build.props', context })];
  const after = [...nearest(state, path, { name: 'Directory.Build.targets', context })];
  const files = [...around, found, ...after];
  const references = withReferences(state, { path, found }, context);
  const versions = nearest(state, path, { name: 'Directory.Packages.props', context });
  return {
    path,
    file: found.project,
    property: propertiesOf(
      files.map(({ project }) => project),
      givenProperties(command.words),
      command.given,
    ),
    packages: packagesOf([...files.map(({ project }) => project), ...references], versions[0]?.project ?? null),
    projects: [found.project, ...references],
    hasOwnRollForward: rollsForward(state, path, context),
    isSure:
      files.every(({ project, isSure }) => isSure && !project.hasImports) &&
      importVariables.every((name) => command.given(name) === null) &&
      !hasMore(state, path, context),
  };
}

/** Properties that name further files, or leave some out; the first stands for those of a sourced script. */
const importVariables = (
  '* DirectoryBuildPropsPath DirectoryBuildTargetsPath ImportDirectoryBuildProps ImportDirectoryBuildTargets ' +
  'CustomBeforeMicrosoftCommonProps CustomAfterMicrosoftCommonProps CustomBeforeMicrosoftCommonTargets ' +
  'CustomAfterMicrosoftCommonTargets'
).split(' ');

/** Options and properties from files that MSBuild reads besides. */
function hasMore(state: StageState, path: string, context: BuildContext): boolean {
  if (placedAt(state, `${path}.user`, context)) return true;
  for (let folder = parentOf(path); ; folder = parentOf(folder)) {
    if (placedAt(state, resolvePath(folder, 'Directory.Build.rsp'), context)) return true;
    if (folder === '/') return false;
  }
}

/** `-p:PublishAot=true`, `/p:…`, `--property:…` and `-f net9.0`, by lower-case name. */
export function givenProperties(words: readonly (string | null)[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  words.forEach((word, index) => {
    const joined = /^[-/]{1,2}(?:p|property)(?::(.*))?$/i.exec(word ?? '');
    const text = joined ? (joined[1] ?? words[index + 1]) : undefined;
    for (const part of text?.split(';') ?? []) {
      const [name, value] = part.split('=');
      if (name && value !== undefined) found.set(name.toLowerCase(), value);
    }
    const framework = /^(?:--framework[=:]|-f[=:])(.+)$/.exec(word ?? '')?.[1];
    const next = word === '-f' || word === '--framework' ? words[index + 1] : undefined;
    if (framework ?? next) found.set('targetframework', framework ?? next ?? '');
  });
  return found;
}

/** Source: https://learn.microsoft.com/dotnet/core/runtime-config/#runtimeconfigtemplatejson */
function rollsForward(state: StageState, path: string, context: BuildContext): boolean {
  const template = placedAt(state, resolvePath(parentOf(path), 'runtimeconfig.template.json'), context);
  return template?.kind === 'file' && /rollForward/i.test(template.file.text);
}

type Found = { readonly project: ProjectFile; readonly isSure: boolean };

function fileAt(state: StageState, path: string, context: BuildContext): Found | null {
  const placed = placedAt(state, path, context);
  const project = placed?.kind === 'file' ? readProjectFile(placed.file) : null;
  return placed && project ? { project, isSure: placed.isSure } : null;
}

/** The argument, or the only project file of the directory that is named or worked in. */
function projectPath(state: StageState, { words, cwd, context }: Command): string | null {
  const given = argument(words);
  if (given === null || cwd === null) return null;
  const path = given === undefined ? cwd : resolvePath(cwd, given.replace(/\\/g, '/'));
  if (isProject(path)) return path;
  if (/\.(sln|slnx|slnf|proj)$/.test(path)) return null;
  const candidates = placedNames(state, path, context).filter((name) => isProject(name) || /\.slnx?$/.test(name));
  const [only] = candidates;
  return only !== undefined && candidates.length === 1 && isProject(only) ? resolvePath(path, only) : null;
}

/** Undefined when none is given, null when it is not known. */
function argument(words: readonly (string | null)[]): string | null | undefined {
  for (let index = 2; index < words.length; index++) {
    const word = words[index];
    if (word === null || word === undefined) return null;
    if (valued.has(word)) index++;
    else if (!/^-|^\/(p|property|m|v):/.test(word) && !/^(true|false)$/i.test(word)) return word;
  }
  return undefined;
}

function isProject(path: string): boolean {
  return /\.(cs|fs|vb)proj$/.test(path);
}

type Wanted = { readonly name: string; readonly context: BuildContext };

/** The file of that name that MSBuild finds first on its way up; it need not be in the image to be told of. */
function nearest(state: StageState, path: string, wanted: Wanted): Found[] {
  for (let folder = parentOf(path); ; folder = parentOf(folder)) {
    const file = resolvePath(folder, wanted.name);
    const found = fileAt(state, file, wanted.context);
    if (found) return [found];
    // One that a command or the Dockerfile itself writes.
    const entry = currentEntry(state, file);
    if (entry?.kind === 'file' || entry?.kind === 'unknown') return [nothingSure];
    if (folder === '/') return mayLieAround(state, path, wanted) ? [nothingSure] : [];
  }
}

/** True where the build context has such a file that was not seen to be copied. */
function mayLieAround(state: StageState, path: string, { name, context }: Wanted): boolean {
  const placed = placedAt(state, path, context);
  if (placed?.kind !== 'file') return true;
  return foldersUp(folderOf(placed.path)).some(
    (folder) => context.kind(folder === '' ? name : `${folder}/${name}`) !== null,
  );
}

const nothing: ProjectFile = {
  file: { path: '', uri: null, text: '' },
  sdks: [],
  properties: new Map(),
  packages: [],
  versions: new Map(),
  frameworks: [],
  dropsFramework: false,
  references: [],
  hasImports: true,
};
const nothingSure: Found = { project: nothing, isSure: false };

function withReferences(
  state: StageState,
  start: { path: string; found: Found },
  context: BuildContext,
): readonly ProjectFile[] {
  const seen = new Map<string, ProjectFile>();
  const open = [{ path: start.path, project: start.found.project }];
  for (let next = open.pop(); next && seen.size < mostProjects; next = open.pop()) {
    for (const reference of next.project.references) {
      const path = resolvePath(parentOf(next.path), reference);
      const found = seen.has(path) || path === start.path ? null : fileAt(state, path, context);
      if (!found) continue;
      seen.set(path, found.project);
      open.push({ path, project: found.project });
    }
  }
  return [...seen.values()];
}

/** With the central versions put in. */
function packagesOf(files: readonly ProjectFile[], central: ProjectFile | null): readonly UsedPackage[] {
  const all = [...files, ...(central ? [central] : [])].flatMap(({ packages }) => packages);
  const unique = new Map(all.map((one) => [one.name.toLowerCase(), one]));
  return [...unique].map(([name, one]) => {
    const version = one.version ?? central?.versions.get(name) ?? null;
    return { ...one, version: version?.includes('$') ? null : version };
  });
}
