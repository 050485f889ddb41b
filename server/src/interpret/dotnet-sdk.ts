import { frameworkVersion } from '../context/dotnet/target-framework.js';
import { readGlobalJson } from '../context/dotnet/global-json.js';
import { isBelow } from '../context/used-package.js';
import { byFile, type Evidence } from '../fact.js';
import type { Span } from '../text/span.js';
import { rootFacts } from './bases.js';
import { dotnetProject } from './dotnet-project.js';
import { interpreterName } from './interpreters.js';
import { placedAt } from './placements.js';
import type { Analysis, CommandStep, Stage, StageState } from './state.js';
import { parentOf, resolvePath } from './tree.js';

/** A command of the SDK that cannot do what the files of the project ask for. */
export type SdkProblem = {
  readonly kind: 'target' | 'request';
  readonly stage: Stage;
  readonly span: Span;
  /** What is asked for: `net9.0`, `9.0.100`. */
  readonly asked: string;
  /** The version of .NET that would do, and the one that is there: `9.0`, `8.0`. */
  readonly wanted: string;
  readonly has: string;
  readonly because: readonly Evidence[];
  readonly isSure: boolean;
};

const verbs = new Set(['restore', 'build', 'publish', 'test', 'pack']);

/** The first such command for each project and each global.json. */
export function sdkProblems(analysis: Analysis): SdkProblem[] {
  const found = new Map<string, SdkProblem>();
  const stages = analysis.stages.filter((stage) => /(^|\/)dotnet\/sdk$/.test(rootFacts(stage)?.name ?? ''));
  for (const stage of stages) {
    for (const step of stage.steps.flatMap(({ commands }) => commands)) {
      if (interpreterName(step.words[0] ?? '') !== 'dotnet' || !verbs.has(step.words[1] ?? '')) continue;
      const problem = requestProblem(step, stage, analysis) ?? targetProblem(step, stage, analysis);
      if (problem && !found.has(problem.key) && !hasOtherDotnet(step.before)) found.set(problem.key, problem);
    }
  }
  return [...found.values()];
}

/** Files or packages that bring another .NET than that of the image. */
export function hasOtherDotnet({ files, packages }: StageState): boolean {
  for (const [path] of files.entries())
    if (/^\/usr\/(share|lib|lib64|local\/share)\/dotnet(\/|$)/.test(path)) return true;
  for (const [name, { installed }] of packages.entries())
    if (installed && /^(dotnet|aspnetcore)\d*-?/.test(name)) return true;
  return false;
}

type Keyed = SdkProblem & { readonly key: string };

/** The SDK knows its own and older versions only: NETSDK1045. */
function targetProblem(step: CommandStep, stage: Stage, analysis: Analysis): Keyed | null {
  const { before, words, cwd, given } = step;
  const has = versionOf(before);
  if (has === null) return null;
  const project = given && dotnetProject(before, { words, cwd, context: analysis.context, given });
  const target = project?.property('TargetFramework');
  if (!project || !target?.known || target.value === null) return null;
  const wanted = frameworkVersion(target.value);
  const [place] = target.because;
  if (wanted === null || !isBelow(has, wanted) || place?.kind !== 'file') return null;
  const because = byFile(place.file, place.span, `The project targets '${target.value}'.`);
  const isSure = project.isSure && isCertain(step);
  return {
    ...common(step, stage, has),
    kind: 'target',
    key: project.path,
    asked: target.value,
    wanted,
    because: [because],
    isSure,
  };
}

/** Source: https://learn.microsoft.com/dotnet/core/tools/global-json#rollforward */
function requestProblem(step: CommandStep, stage: Stage, { context }: Analysis): Keyed | null {
  const has = versionOf(step.before);
  if (has === null || step.cwd === null) return null;
  for (let folder = step.cwd; ; folder = parentOf(folder)) {
    const path = resolvePath(folder, 'global.json');
    const placed = placedAt(step.before, path, context);
    if (placed?.kind === 'file') {
      const request = readGlobalJson(placed.file);
      const asked = request?.version ?? null;
      if (!request || asked === null || !isRefused(asked, request.rollForward, has)) return null;
      const because = byFile(placed.file, request.span, `The SDK '${asked}' is asked for.`);
      const wanted = /^\d+\.\d+/.exec(asked)?.[0] ?? asked;
      const isSure = placed.isSure && isCertain(step);
      return { ...common(step, stage, has), kind: 'request', key: path, asked, wanted, because: [because], isSure };
    }
    if (folder === '/') return null;
  }
}

/** No policy takes an older SDK, and only two a newer major version. */
function isRefused(asked: string, rollForward: string, has: string): boolean {
  const [major, own] = [Number.parseInt(asked, 10), Number.parseInt(has, 10)];
  if (Number.isNaN(major) || Number.isNaN(own)) return false;
  return major > own || (major < own && !/^(major|latestMajor)$/i.test(rollForward));
}

function common({ command, wordSpans }: CommandStep, stage: Stage, has: string) {
  const [first, second] = wordSpans;
  const span = first && second ? { start: first.start, end: second.end } : command.span;
  return { stage, span, has };
}

function isCertain({ command, before }: CommandStep): boolean {
  return command.always && command.decisive && before.blur === null;
}

/** `8.0` of the SDK of the image. */
function versionOf(state: StageState): string | null {
  const { runtime } = state;
  if (!runtime.known || runtime.value?.name !== 'dotnet') return null;
  return /^\d+\.\d+/.exec(runtime.value.version ?? '')?.[0] ?? null;
}
