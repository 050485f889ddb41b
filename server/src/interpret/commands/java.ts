import { byInstruction, known, unknown, type Fact } from '../../fact.js';
import { putBundle } from '../bundles.js';
import { javaRelease } from '../java.js';
import type { Bundle, StageState } from '../state.js';
import {
  because,
  buildCommand,
  flagValue,
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
  return classes(state, context, { path, release: releaseOf(state, context), isSettled: true });
};

/** Gradle compiles for the Java it runs on, unless the build names another. */
export const gradle: CommandEffect = (state, context) => {
  const isBuild = context.words.some((word) =>
    /(^|:)(build|assemble|jar|bootJar|shadowJar|war|installDist|distZip|distTar)$/.test(word ?? ''),
  );
  if (!isBuild) return state;
  const given = optionValue(context, '-p', '--project-dir');
  const path = given === undefined ? context.cwd : pathOf(context, given);
  return classes(state, context, { path, release: javaRelease(state), isSettled: false });
};

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

type Compiled = { readonly path: string | null; readonly release: Fact<string>; readonly isSettled: boolean };

function classes(state: StageState, context: CommandContext, { path, release, isSettled }: Compiled): StageState {
  if (!path || path === '/' || !release.known) return state;
  const bundle: Bundle = {
    kind: 'java-classes',
    stage: context.stage,
    libc: state.libc,
    version: release,
    built: buildCommand(context),
    platform: null,
    traits: isSettled ? ['settled'] : [],
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
