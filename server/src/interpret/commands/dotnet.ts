import type { Libc, LibcKind } from '../../catalog/model.js';
import { propertiesOf, type Properties } from '../../context/dotnet/properties.js';
import { frameworkVersion } from '../../context/dotnet/target-framework.js';
import { isBelow } from '../../context/used-package.js';
import { byFile, byInstruction, known, mapFact, unknown, valueOf, type Evidence, type Fact } from '../../fact.js';
import type { Span } from '../../text/span.js';
import { forgetBundles, putBundle } from '../bundles.js';
import { dotnetProject, givenProperties, type DotnetProject } from '../dotnet-project.js';
import type { DotnetProgram } from '../dotnet-program.js';
import type { Bundle, BundleTrait, StageState } from '../state.js';
import { parentOf, resolvePath } from '../tree.js';
import {
  because,
  buildCommand,
  givenVariable,
  optionValue,
  pathOf,
  type CommandContext,
  type CommandEffect,
} from './command.js';

/** dotnet publish: the program, with a host or a whole runtime for one libc. */
export const dotnet: CommandEffect = (state, context) => {
  if (context.words[1] !== 'publish') return state;
  const publish = readPublish(state, context);
  const { property, project } = publish;
  const given = optionValue(context, '-o', '--output') ?? valueOf(property('PublishDir'));
  const path =
    given === undefined || given === null ? belowProject(context, project) : pathOf(context, unprefixed(given));
  const hasNoHost = isOff(property('UseAppHost'));
  if (!path || path === '/' || isOn(property('StaticExecutable')) || (hasNoHost && !project)) return state;
  const { platform } = publish;
  const bundle: Bundle = {
    kind: 'dotnet',
    stage: context.stage,
    libc: hasNoHost ? unknown() : libcOf(state, context, platform),
    version: targetOf(publish),
    built: buildCommand(context),
    platform: platform?.word ?? null,
    traits: traitsOf(context, publish),
    ...(project ? { packages: project.packages, program: programOf(context, publish, project) } : {}),
  };
  return putBundle(state, path, { bundle, by: because(context, `'dotnet publish' writes the program to '${path}'.`) });
};

/** A command that names the runtimeconfig.json of a program may choose another version of .NET for it. */
export const editRuntimeConfig: CommandEffect = (state, context) => {
  const { raw, command } = context;
  const targets = command.redirects.map(({ target }) => target?.raw ?? '');
  const isNamed = [...raw, ...targets].some((word) => word.includes('runtimeconfig'));
  return isNamed ? forgetBundles(state, 'dotnet', because(context, 'Names the settings of a .NET program.')) : state;
};

/** What one `dotnet publish` is told, by its own words and by the project file. */
type Publish = {
  readonly project: DotnetProject | null;
  readonly property: Properties;
  readonly platform: Platform | null;
};

function readPublish(state: StageState, context: CommandContext): Publish {
  const { words, cwd, buildContext } = context;
  const given = (name: string) => givenVariable(context, name);
  const project = dotnetProject(state, { words, cwd, context: buildContext, given });
  const property = project?.property ?? propertiesOf([], givenProperties(words), given);
  return { project, property, platform: platformOf(context) ?? namedPlatform(property, project) };
}

/** The platform that the project file or the environment names; that of the SDK where they surely name none. */
function namedPlatform(property: Properties, project: DotnetProject | null): Platform | null {
  const named = property('RuntimeIdentifier');
  const isSure = project?.isSure ?? false;
  if (!named.known) return { libc: null, word: null };
  if (named.value === null) return isSure ? { libc: undefined, word: null } : null;
  return { libc: kindOf(named.value), word: null, because: named.because, isLikely: !isSure };
}

/** The version of .NET that the program is for. */
function targetOf({ property, project }: Publish): Fact<string> {
  const target = project ? property('TargetFramework') : unknown();
  const version = target.known && target.value !== null ? frameworkVersion(target.value) : null;
  if (!target.known || version === null) return unknown();
  const [place] = target.because;
  if (place?.kind !== 'file') return known(version, ...target.because);
  return known(version, byFile(place.file, place.span, `The project targets '${target.value}'.`));
}

function programOf(context: CommandContext, publish: Publish, project: DotnetProject): DotnetProgram {
  const { property } = project;
  const invariant = property('InvariantGlobalization');
  return {
    project: project.file.file,
    invariant: mapFact(invariant, (value) => (value === null ? null : /^true$/i.test(value))),
    rollForward: project.hasOwnRollForward ? unknown() : property('RollForward'),
    aspNet: aspNetOf(project),
    needsRuntime: needsRuntime(context, publish),
    isSure: project.isSure,
  };
}

/** The SDK for the web asks for ASP.NET Core, and so does a reference to the framework, here or in another project. */
function aspNetOf({ projects }: DotnetProject): Evidence | null {
  for (const { file, frameworks, sdks, dropsFramework } of projects) {
    if (dropsFramework) continue;
    const place =
      sdks.find(({ name }) => name === 'Microsoft.NET.Sdk.Web') ??
      frameworks.find(({ name }) => name === 'Microsoft.AspNetCore.App');
    if (place) return byFile(file, place.span, `'${place.name}' asks for ASP.NET Core.`);
  }
  return null;
}

/**
 * Before .NET 8 naming a platform made a program self-contained. Source:
 * https://learn.microsoft.com/dotnet/core/compatibility/sdk/8.0/runtimespecific-app-default
 */
function needsRuntime(context: CommandContext, publish: Publish): boolean {
  const { property, platform } = publish;
  const own = ['PublishAot', 'SelfContained', 'PublishSelfContained', 'PublishSingleFile', 'PublishTrimmed'];
  const given = selfContainedOption(context);
  if (given !== undefined) return given === false && !isOn(property('PublishAot'));
  if (!own.every((name) => isNotSet(property(name))) || !isNotSet(property('PublishProfile'))) return false;
  const target = targetOf(publish);
  const isPlain = platform === null || (platform.libc === undefined && !isOwnPlatform(context));
  return isPlain || isOff(property('SelfContained')) || (target.known && !isBelow(target.value, '8.0'));
}

function isNotSet(fact: Fact<string | null>): boolean {
  return fact.known && (fact.value === null || fact.value === '' || isOff(fact));
}

function unprefixed(path: string): string {
  return path.replace(/^:/, '');
}

/** Without an output the program lies in bin/Release/<framework>/publish or below; see `bundleAt`. */
function belowProject(context: CommandContext, found: DotnetProject | null): string | null {
  const project = context.words[2] ?? '';
  const named = found?.path ?? (/\.(cs|fs|vb)proj$/.test(project) ? pathOf(context, project) : null);
  const folder = named === null ? context.cwd : parentOf(named);
  return folder && resolvePath(folder, 'bin');
}

/** `libc` undefined: that of the SDK; null: not known. `word` is null where it is not one of the file. */
type Platform = {
  readonly libc: LibcKind | undefined | null;
  readonly word: { readonly text: string; readonly span: Span } | null;
  /** The project file, where that names it. */
  readonly because?: readonly Evidence[];
  /** True where another file may name another. */
  readonly isLikely?: boolean;
};

function platformOf(context: CommandContext): Platform | null {
  const { words, raw, spans } = context;
  for (let index = 2; index < words.length; index++) {
    const word = words[index] ?? raw[index] ?? '';
    const joined = /^(?:--runtime[=:]|-r[=:]|[-/]{1,2}(?:p|property):RuntimeIdentifier=)(.*)$/i.exec(word)?.[1];
    const at = joined === undefined && /^(-r|--runtime)$/.test(word) ? index + 1 : joined === undefined ? -1 : index;
    if (at < 0) continue;
    const text = joined ?? words[at] ?? raw[at] ?? '';
    const span = spans[at];
    const isPlain = span !== undefined && !context.isNested && words[at] === raw[at];
    return { libc: kindOf(text), word: isPlain ? { text, span } : null };
  }
  const os = optionValue(context, '--os');
  if (os !== undefined) return { libc: os === null ? null : kindOf(`${os}-x64`), word: null };
  return isOwnPlatform(context) ? { libc: undefined, word: null } : null;
}

/** `linux-musl-x64`; the architecture may come from a variable. See https://learn.microsoft.com/dotnet/core/rid-catalog */
function kindOf(text: string): LibcKind | null {
  if (/^(linux-musl|alpine)\b/.test(text)) return 'musl';
  const isGlibc = /^linux-(x64|x86|arm|arm64|amd64|s390x|ppc64le|\$\{?\w*ARCH\w*\}?)$|^(debian|ubuntu|rhel)\b/.test(
    text,
  );
  return isGlibc ? 'glibc' : null;
}

function isOwnPlatform({ words }: CommandContext): boolean {
  return words.some((word) => /^(-a|--arch|--ucr|--use-current-runtime)([=:]true)?$/.test(word ?? ''));
}

function libcOf(state: StageState, { command }: CommandContext, platform: Platform | null): Fact<Libc> {
  const kind = platform?.libc;
  if (kind === undefined) return state.libc;
  if (kind === null) return unknown(byInstruction(command.span, 'The platform that is published for is not known.'));
  if (state.libc.known && state.libc.value.kind === kind)
    return known(state.libc.value, ...(platform?.because ?? []), ...state.libc.because);
  const because = platform?.because ?? [byInstruction(command.span, `The program is published for ${kind}.`)];
  return known({ kind, version: null }, ...because);
}

function traitsOf(context: CommandContext, { property, platform }: Publish): BundleTrait[] {
  const traits: BundleTrait[] = platform !== null && !platform.isLikely ? ['settled'] : [];
  if (isOn(property('PublishAot'))) traits.push('aot');
  const isContained = isOn(property('SelfContained')) || isOn(property('PublishSelfContained'));
  if (selfContainedOption(context) ?? isContained) traits.push('self-contained');
  if (isOn(property('InvariantGlobalization'))) traits.push('invariant');
  return traits;
}

/** `--self-contained`, `--sc false`, `--no-self-contained`; undefined where nothing of it is said. */
function selfContainedOption({ words }: CommandContext): boolean | undefined {
  if (words.includes('--no-self-contained')) return false;
  const at = words.findIndex((word) => /^(--self-contained|--sc)([=:]\w+)?$/.test(word ?? ''));
  if (at < 0) return undefined;
  const value = /[=:](\w+)$/.exec(words[at] ?? '')?.[1] ?? words[at + 1];
  return value !== null && value?.toLowerCase() !== 'false';
}

function isOn(fact: Fact<string | null>): boolean {
  return fact.known && fact.value?.toLowerCase() === 'true';
}

function isOff(fact: Fact<string | null>): boolean {
  return fact.known && fact.value?.toLowerCase() === 'false';
}
