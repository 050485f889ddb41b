import type { UsedPackage } from '../../context/used-package.js';
import { byInstruction, known, unknown, type Fact } from '../../fact.js';
import { putBundle } from '../bundles.js';
import { gradleProjects, mavenProjects, type JavaProject, type Look } from '../java-project.js';
import { javaRelease, ownPath } from '../java.js';
import { placedAt, replaced } from '../placements.js';
import type { Bundle, StageState } from '../state.js';
import { parentOf, resolvePath } from '../tree.js';
import {
  anyVariable,
  because,
  buildCommand,
  flagValue,
  givenVariable,
  optionValue,
  pathOf,
  type CommandContext,
  type CommandEffect,
} from './command.js';

/** javac: classes of the release that is given, else of its own. */
export const javac: CommandEffect = (state, context) => {
  if (!context.words.some((word) => word === null || /\.java$|^@/.test(word))) return state;
  const given = flagValue(context, 'd');
  const path = given === undefined ? context.cwd : pathOf(context, given);
  const release = isOwn(state, context) ? releaseOf(state, context) : unknown();
  return classes(state, context, { path, release, isSettled: true });
};

/** The compiler of the image or of a package, and not one that is started by another path. */
function isOwn(state: StageState, { words: [program], lookup, whyVariable }: CommandContext): boolean {
  if (!program?.includes('/')) return true;
  const folder = parentOf(program);
  const home = whyVariable('JAVA_HOME') === null ? lookup('JAVA_HOME') : null;
  const isOfImage = folder === parentOf(ownPath(state) ?? '') || (!!home && folder === `${home}/bin`);
  return isOfImage || /^\/usr\/(bin|lib\/jvm\/.*)$/.test(folder);
}

/** Gradle compiles for the Java it runs on, unless the build names another. */
export const gradle: CommandEffect = (state, context) => {
  const isBuild = context.words.some((word) =>
    /(^|:)(build|assemble|jar|bootJar|shadowJar|war|installDist|distZip|distTar|quarkusBuild|nativeCompile)$/.test(
      word ?? '',
    ),
  );
  if (!isBuild) return state;
  const given = optionValue(context, '-p', '--project-dir');
  const path = given === undefined ? context.cwd : pathOf(context, given);
  const environment = (name: string) => givenVariable(context, name);
  const [root, ...others] = path ? gradleProjects(lookIn(state, context), path, environment) : [];
  const isTold = gradleMayBeTold(state, context);
  const ofProject = (project: JavaProject | undefined) => {
    const found = gradleRelease(state, project);
    return { ...found, isSettled: found.isSettled && !isTold };
  };
  const made = classes(state, context, { path, ...ofProject(root?.folder === path ? root : undefined) });
  return [...(root && root.folder !== path ? [root] : []), ...others].reduce((next, project) => {
    return classes(next, context, { path: project.folder, ...ofProject(project) });
  }, made);
};

function gradleRelease(state: StageState, project: JavaProject | undefined) {
  const named = project?.release;
  const own = javaRelease(state);
  const packages = project?.packages;
  if (!project || !named || (named.known && named.value === null)) return { release: own, isSettled: false, packages };
  // A toolchain of another release than the one that is there may be downloaded.
  const release = named.known ? known(named.value ?? '', ...named.because) : unknown();
  return { release, isSettled: project.isSure, packages };
}

/** Whether words, the environment or files of the user may set a property, or name a script that does. */
function gradleMayBeTold(state: StageState, context: CommandContext): boolean {
  const { words, raw } = context;
  const isOpen = words.some((word, index) =>
    /^["']?(-P|-D|-I|--init-script|-c\b|-b\b|\$)/.test(word ?? raw[index] ?? ''),
  );
  const options = ['GRADLE_OPTS', 'JAVA_OPTS', anyVariable].map((name) => givenVariable(context, name));
  return isOpen || options.some((text) => text === undefined || /-D/.test(text ?? '')) || hasUserFiles(state, context);
}

/** What lies in the user's own folder of Gradle goes before the project's properties. */
function hasUserFiles(state: StageState, context: CommandContext): boolean {
  const home = givenVariable(context, 'GRADLE_USER_HOME');
  const folders = typeof home === 'string' ? [home] : ['/root/.gradle', '/home/gradle/.gradle'];
  const files = ['gradle.properties', 'init.gradle', 'init.gradle.kts', 'init.d'];
  const paths = folders.flatMap((folder) => files.map((file) => resolvePath(folder, file)));
  return home === undefined || paths.some((path) => mayHold(state, context, path));
}

/** Whether this file put something at a path, a mount of a secret included. */
function mayHold(state: StageState, { buildContext, mounts }: CommandContext, path: string): boolean {
  const entry = state.files.get(path);
  const isThere = entry !== undefined && entry.kind !== 'absent';
  return isThere || mounts.includes(path) || placedAt(state, path, buildContext) !== null;
}

/** Maven compiles for the release that the poms name, and for an old one of its own where they name none. */
export const maven: CommandEffect = (state, context) => {
  const isBuild = context.words.some((word) => /^(package|install|verify|deploy|compile)$/.test(word ?? ''));
  const given = optionValue(context, '-f', '--file');
  const path = given === undefined ? context.cwd : pathOf(context, given);
  const pom = path?.endsWith('.xml') ? path : path && resolvePath(path, 'pom.xml');
  if (pom && context.words.some((word) => /(^|:)versions(-maven-plugin)?(:[\d.]+)?:/.test(word ?? '')))
    return replaced(state, parentOf(pom), byInstruction(context.command.span, 'Changes the poms.'));
  if (!isBuild || !pom) return state;
  return mavenProjects(lookIn(state, context), pom, givenProperties(context)).reduce((next, project) => {
    const { folder, release: named, packages } = project;
    const release = named.known && named.value !== null ? known(named.value, ...named.because) : unknown();
    return classes(next, context, {
      path: resolvePath(folder, 'target'),
      release,
      isSettled: project.isSure && !mayBeTold(state, context, folder),
      packages,
    });
  }, state);
};

/** Whether something besides the poms may set a property: other words, the environment, settings.xml. */
function mayBeTold(state: StageState, context: CommandContext, folder: string): boolean {
  const isHidden = (text: string | null | undefined) => text === undefined || /(^|\s)-[DPs]/.test(text ?? '');
  const variables = ['MAVEN_ARGS', 'MAVEN_OPTS', 'JAVA_TOOL_OPTIONS'].map((name) => context.lookup(name));
  const files = ['/root/.m2/settings.xml', '/root/.mavenrc', '/etc/mavenrc', resolvePath(folder, '.mvn/jvm.config')];
  return (
    variables.some(isHidden) ||
    context.words.some(
      (word) => word === null || /^(-s|--settings|-gs|--global-settings|-P.*|versions:.*)$/.test(word),
    ) ||
    files.some((path) => mayHold(state, context, path))
  );
}

/** `-Dname=value` */
function givenProperties({ words }: CommandContext): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const word of words) {
    const [, name, value = 'true'] = /^-D([^=]+)(?:=(.*))?$/s.exec(word ?? '') ?? [];
    if (name) found.set(name, value);
  }
  return found;
}

function lookIn(state: StageState, { buildContext }: CommandContext): Look {
  return (path) => {
    const placed = placedAt(state, path, buildContext);
    return placed?.kind === 'file' ? { file: placed.file, isSure: placed.isSure } : null;
  };
}

/** jlink: a Java runtime of its own. */
export const jlink: CommandEffect = (state, context) => {
  const path = pathOf(context, flagValue(context, 'output'));
  if (!path || path === '/') return state;
  const bundle: Bundle = {
    kind: 'java-runtime',
    stage: context.stage,
    libc: hasForeignModules(context) ? unknown() : state.libc,
    version: javaRelease(state),
    built: buildCommand(context),
    platform: null,
    traits: [],
  };
  return putBundle(state, path, { bundle, by: because(context, `'jlink' writes a Java runtime to '${path}'.`) });
};

/** Modules of another JDK may be of another system. */
function hasForeignModules(context: CommandContext): boolean {
  const given = flagValue(context, 'module-path') ?? flagValue(context, 'p');
  const home = context.lookup('JAVA_HOME');
  return typeof given === 'string' && /jmods/.test(given) && !(home && given.includes(`${home}/jmods`));
}

type Compiled = {
  readonly path: string | null;
  readonly release: Fact<string>;
  readonly isSettled: boolean;
  readonly packages?: readonly UsedPackage[] | undefined;
};

function classes(state: StageState, context: CommandContext, made: Compiled): StageState {
  const { path, release, isSettled, packages } = made;
  if (!path || path === '/' || (!release.known && !packages)) return state;
  const bundle: Bundle = {
    kind: 'java-classes',
    stage: context.stage,
    libc: state.libc,
    version: release,
    built: buildCommand(context),
    platform: null,
    traits: isSettled ? ['settled'] : [],
    ...(packages ? { packages } : {}),
  };
  return putBundle(state, path, {
    bundle,
    by: because(context, `'${context.words[0]}' writes classes below '${path}'.`),
  });
}

function releaseOf(state: StageState, context: CommandContext): Fact<string> {
  const given = flagValue(context, 'release') ?? flagValue(context, 'target');
  const number = /^(?:1\.)?(\d+)$/.exec(given ?? '')?.[1];
  if (number === undefined) return given === undefined ? javaRelease(state) : { known: false, because: [] };
  return known(number, byInstruction(context.command.span, `The classes are for Java ${number}.`));
}
