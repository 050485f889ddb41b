import { readGradleFile, type GradleFile } from '../context/gradle/build-file.js';
import { readGradleLock } from '../context/gradle/lock-file.js';
import { gradlePackages, gradleRelease, readProperties } from '../context/gradle/model.js';
import { includedProjects } from '../context/gradle/settings.js';
import { readVersionCatalog, type VersionCatalog } from '../context/gradle/version-catalog.js';
import { hasBootParent, hasOwnTop, mavenPackages, mavenRelease, type PomChain } from '../context/maven/model.js';
import { readPom, type Pom } from '../context/maven/pom.js';
import type { UsedPackage } from '../context/used-package.js';
import type { Fact } from '../fact.js';
import type { SourceFile } from '../text/source-file.js';
import { parentOf, resolvePath } from './tree.js';

/** A file at an absolute path, of a stage or of the build context; null when it is not known. */
export type Look = (path: string) => { readonly file: SourceFile; readonly isSure: boolean } | null;

/** One module of a Maven or Gradle build. */
export type JavaProject = {
  readonly folder: string;
  readonly file: SourceFile;
  /** What the program uses, modules of the same build that it uses included. */
  readonly packages: readonly UsedPackage[];
  /** The release of Java that it is compiled for; null where nothing says so. */
  readonly release: Fact<string | null>;
  /** False when another file may decide otherwise. */
  readonly isSure: boolean;
};

const mostModules = 100;
const mostParents = 10;

/** The modules that a Maven build of this pom.xml makes; `given` are properties of the command line. */
export function mavenProjects(look: Look, path: string, given: ReadonlyMap<string, string>): readonly JavaProject[] {
  const poms = mavenModules(look, path);
  const own = poms.map(({ folder, pom, isSure }) => {
    const { chain, isFound } = chainOf(look, folder, pom);
    return { folder, pom, chain, isSure: isSure && isFound, packages: mavenPackages(chain) };
  });
  const byName = new Map(own.map(({ chain, packages }) => [nameOf(chain), packages]));
  // Its options count as those of the command line.
  const hasOptions = look(resolvePath(parentOf(path), '.mvn/maven.config')) !== null;
  return own
    .filter(({ pom }) => pom.modules.length === 0)
    .map(({ folder, pom, chain, isSure, packages }) => ({
      folder,
      file: pom.file,
      packages: withModules(packages, byName),
      release: mavenRelease(chain, given),
      isSure: isSure && !hasOptions && (hasOwnTop(chain) || hasBootParent(chain)),
    }));
}

/** A variable of the environment: null when it is not set, undefined when it is not known. */
type Environment = (name: string) => string | null | undefined;

/** The projects of a Gradle build whose settings lie in the folder; the root is the first. */
export function gradleProjects(
  look: Look,
  root: string,
  environment: Environment = () => null,
): readonly JavaProject[] {
  const shared = sharedOf(look, root, environment);
  const paths = ['', ...includedProjects(shared.settings)].slice(0, mostModules);
  const own = paths.flatMap((path) => {
    const folder = resolvePath(root, path);
    const found = buildFileAt(look, folder);
    if (!found) return [];
    const files = path !== '' && shared.forAll ? [found.build, shared.forAll] : [found.build];
    const build = { files, catalog: shared.catalog, properties: shared.properties };
    const lock = look(resolvePath(folder, 'gradle.lockfile'));
    const packages = [...(lock ? readGradleLock(lock.file) : []), ...gradlePackages(build)];
    return [{ path, folder, found, packages, release: gradleRelease(build) }];
  });
  const byName = new Map(own.map(({ path, packages }) => [`:${path.replace(/\//g, ':')}`, packages]));
  return own.map(({ folder, found, packages, release }) => ({
    folder,
    file: found.build.file,
    packages: withModules(packages, byName),
    release,
    isSure: found.isSure && !found.build.mayBeOverruled && !shared.hasOwnPlugins,
  }));
}

function nameOf([pom]: PomChain): string {
  return `${pom?.group ?? pom?.parent?.group ?? ''}:${pom?.artifact ?? ''}`;
}

/** What modules of the same build bring along is used too; what is written first counts. */
function withModules(
  packages: readonly UsedPackage[],
  byName: ReadonlyMap<string, readonly UsedPackage[]>,
): readonly UsedPackage[] {
  const found = new Map<string, UsedPackage>();
  const open = [...packages];
  for (const one of open) {
    if (found.has(one.name)) continue;
    found.set(one.name, one);
    open.push(...(byName.get(one.name) ?? []));
  }
  return [...found.values()];
}

type Module = { readonly folder: string; readonly pom: Pom; readonly isSure: boolean };

function mavenModules(look: Look, path: string): readonly Module[] {
  const seen = new Set<string>();
  const found: Module[] = [];
  const open = [path];
  for (let next = open.pop(); next && found.length < mostModules; next = open.pop()) {
    const at = seen.has(next) ? null : look(next);
    const pom = at && readPom(at.file);
    seen.add(next);
    if (!pom) continue;
    const folder = parentOf(next);
    found.push({ folder, pom, isSure: at.isSure });
    open.push(...pom.modules.map((module) => pomPath(resolvePath(folder, module))));
  }
  return found;
}

function pomPath(path: string): string {
  return path.endsWith('.xml') ? path : resolvePath(path, 'pom.xml');
}

function chainOf(look: Look, folder: string, pom: Pom): { chain: PomChain; isFound: boolean } {
  const chain = [pom];
  let isFound = true;
  let at = folder;
  for (let { parent } = pom; parent?.path && chain.length < mostParents;) {
    const path = pomPath(resolvePath(at, parent.path));
    const found = look(path);
    const next = found && readPom(found.file);
    if (!next || next.artifact !== parent.artifact) break;
    isFound &&= found.isSure;
    chain.push(next);
    at = parentOf(path);
    parent = next.parent;
  }
  return { chain, isFound };
}

type Shared = {
  readonly settings: SourceFile | null;
  readonly catalog: VersionCatalog | null;
  readonly properties: ReadonlyMap<string, string>;
  /** The build file of the root, where it says something about all projects. */
  readonly forAll: GradleFile | null;
  /** True where the build brings plugins of its own. */
  readonly hasOwnPlugins: boolean;
};

function sharedOf(look: Look, root: string, environment: Environment): Shared {
  const at = (name: string) => look(resolvePath(root, name))?.file ?? null;
  const [catalog, properties] = [at('gradle/libs.versions.toml'), at('gradle.properties')];
  const build = buildFileAt(look, root)?.build ?? null;
  const settings = at('settings.gradle.kts') ?? at('settings.gradle');
  const own = at('buildSrc/build.gradle.kts') ?? at('buildSrc/build.gradle');
  return {
    settings,
    hasOwnPlugins: own !== null || /\bincludeBuild\b/.test(settings?.text ?? ''),
    catalog: catalog && readVersionCatalog(catalog),
    properties: properties ? withEnvironment(readProperties(properties), environment) : new Map(),
    forAll: build && /\b(allprojects|subprojects)\b/.test(build.file.text) ? build : null,
  };
}

/**
 * A variable goes before gradle.properties; the empty text is a value that is not known. Source:
 * https://docs.gradle.org/current/userguide/build_environment.html#sec:project_properties
 */
function withEnvironment(properties: ReadonlyMap<string, string>, environment: Environment): Map<string, string> {
  const all = [...properties].map(([name, value]): [string, string] => {
    const given = environment(`ORG_GRADLE_PROJECT_${name}`);
    return [name, given === null ? value : (given ?? '')];
  });
  return new Map(all);
}

function buildFileAt(look: Look, folder: string): { build: GradleFile; isSure: boolean } | null {
  const found = look(resolvePath(folder, 'build.gradle.kts')) ?? look(resolvePath(folder, 'build.gradle'));
  const build = found && readGradleFile(found.file);
  return found && build ? { build, isSure: found.isSure } : null;
}
