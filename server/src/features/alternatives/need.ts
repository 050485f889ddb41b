import type { ImageFacts, LanguageRuntime } from '../../catalog/model.js';
import { findPackage } from '../../catalog/packages.js';
import { isWorkshop, lineage, rootStage } from '../../interpret/bases.js';
import { packageName, readPackageCommand } from '../../interpret/commands/packages.js';
import { interpreterName } from '../../interpret/interpreters.js';
import { startedProgram, type PlacedProgram } from '../../interpret/placed.js';
import { finalStage, startUses, type ProcessUse } from '../../interpret/processes.js';
import type { Analysis, InstalledPackage, Process, Stage, Step } from '../../interpret/state.js';
import { plainWords } from '../../shell/words.js';
import { indexLines, type LineIndex } from '../../text/lines.js';
import type { Span } from '../../text/span.js';
import { isSupported, rankOf } from './fit.js';
import { namedAccounts, platformOf, usedTools, type NamedUse } from './uses.js';

/** What a stage asks of its base. */
export type Need = {
  readonly stage: Stage;
  readonly lines: LineIndex;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Whether the base is an image that the catalog knows, an empty one, or one of which nothing is known. */
  readonly base: 'image' | 'scratch' | 'unknown';
  /** Null for scratch, and for a base that is not known. */
  readonly facts: ImageFacts | null;
  readonly rank: number;
  /** True for a stage from which others take files, and which is no image itself. */
  readonly isBuild: boolean;
  readonly isUnsupported: boolean;
  readonly runsAsRoot: boolean;
  /** Of the base; where that is not known, the interpreter that the stage starts. */
  readonly runtime: Pick<LanguageRuntime, 'name' | 'version'> | null;
  /** The program that is started, when its making was followed. */
  readonly program: PlacedProgram | null;
  /** True when that program is built on this very base. */
  readonly isBuiltHere: boolean;
  /** Installed by RUN, and wanted at run time as far as is known; for a stage that builds, all of them. */
  readonly packages: readonly InstalledPackage[];
  /** The RUN instructions on top of the base. */
  readonly runs: readonly RunUse[];
  /** `plain`: a shell-form start that exec form could replace; `script`: a script or shell syntax. */
  readonly shellUse: 'none' | 'plain' | 'script';
  /** ENTRYPOINT, CMD and HEALTHCHECK of the file. */
  readonly uses: readonly ProcessUse[];
  readonly entrypoint: Process | null;
  readonly cmd: Process | null;
  /** `arm64`, as the catalog names architectures, when FROM asks for one. */
  readonly architecture: string | null;
  /** Accounts of the base that USER or --chown name. */
  readonly accounts: readonly NamedUse[];
  /** Programs of the base that RUN calls. */
  readonly tools: readonly NamedUse[];
  /** Where the base is named, if it is written without build arguments. */
  readonly imageSpan: Span | null;
};

/** `packages`: the names it installs when it does nothing else; otherwise null. `installs`: whether it installs any. */
export type RunUse = {
  readonly span: Span;
  readonly packages: readonly string[] | null;
  readonly installs: boolean;
  readonly isShellForm: boolean;
};

/**
 * For advice that is given unasked. Null for a stage that only builds, one whose base serves other stages too, and one
 * whose base or start is not known.
 */
export function readNeed(analysis: Analysis, hovered: Stage): Need | null {
  const stage = shippedStage(analysis, hovered);
  if (!stage) return null;
  const root = rootStage(stage);
  const { base } = root;
  if (base.kind === 'stage' || (base.kind === 'image' && (!base.facts || base.facts.isWindows))) return null;
  if (!stage.end.entrypoint.known || !stage.end.cmd.known) return null;
  return needOf(analysis, stage, { isBuild: false, imageSpan: imageSpan(analysis, root) });
}

/** For the stage that was asked about, whatever it is for. Null for a Windows image. */
export function readAnyNeed(analysis: Analysis, asked: Stage): Need | null {
  const root = rootStage(asked);
  const { base } = root;
  if (base.kind === 'image' && base.facts?.isWindows) return null;
  const shipped = shippedStage(analysis, asked);
  const isOnlyOwner = root === asked || !isShared(analysis, lineage(asked));
  return needOf(analysis, shipped ?? asked, {
    isBuild: !shipped && !asked.isFinal && (asked.isNeeded || isWorkshop(asked)),
    imageSpan: isOnlyOwner ? imageSpan(analysis, root) : null,
  });
}

type Situation = Pick<Need, 'isBuild' | 'imageSpan'>;

function needOf(analysis: Analysis, stage: Stage, situation: Situation): Need {
  const { base } = rootStage(stage);
  const facts = base.kind === 'image' ? base.facts : null;
  const { entrypoint, cmd, user } = stage.end;
  const runtime = facts?.runtime.known ? facts.runtime.value : null;
  return {
    stage,
    lines: indexLines(analysis.file.text),
    today: analysis.today,
    base: facts ? 'image' : base.kind === 'image' ? 'unknown' : 'scratch',
    facts,
    rank: rankOf(facts),
    isUnsupported: facts !== null && !isSupported(facts, analysis.today),
    runsAsRoot: user.known && (user.value.uid === 0 || user.value.name === 'root'),
    runtime: facts ? runtime : startedInterpreter(stage),
    ...programNeed(stage),
    packages: wantedPackages(stage, situation),
    runs: runsOf(stage),
    ...shellNeed(stage),
    entrypoint: entrypoint.known ? entrypoint.value : null,
    cmd: cmd.known ? cmd.value : null,
    architecture: platformOf(rootStage(stage)),
    accounts: facts ? namedAccounts(stage, facts) : [],
    tools: facts ? usedTools(stage, facts) : [],
    ...situation,
  };
}

/** What a stage without a known base says about its language: the interpreter in ENTRYPOINT or CMD. */
function startedInterpreter({ end }: Stage): Need['runtime'] {
  const process = [end.entrypoint, end.cmd].map((fact) => (fact.known ? fact.value : null));
  const name = process.map((one) => interpreterName(one?.argv[0] ?? '')).find((found) => found !== null);
  return name ? { name, version: null } : null;
}

function programNeed(stage: Stage): Pick<Need, 'program' | 'isBuiltHere'> {
  const program = startedProgram(stage);
  return { program, isBuiltHere: lineage(stage).some(({ index }) => index === program?.artifact.stage) };
}

/** The stage that ends as an image on the base of the given one. */
function shippedStage(analysis: Analysis, hovered: Stage): Stage | null {
  const final = finalStage(analysis);
  if (!final) return null;
  const line = lineage(final);
  if (line.includes(hovered)) return isShared(analysis, line) && rootStage(final) !== final ? null : final;
  const isRunnable = hovered.base.kind !== 'stage' && !isWorkshop(hovered) && !hovered.isNeeded && setsStart(hovered);
  return isRunnable ? hovered : null;
}

/** Whether a stage outside of the line continues one inside of it. */
function isShared({ stages }: Analysis, line: readonly Stage[]): boolean {
  const members = new Set(line);
  return stages.some((stage) => !members.has(stage) && stage.base.kind === 'stage' && members.has(stage.base.stage));
}

function setsStart({ steps }: Stage): boolean {
  return steps.some(({ instruction: { kind, isOnbuild } }) => !isOnbuild && (kind === 'cmd' || kind === 'entrypoint'));
}

function wantedPackages({ end }: Stage, { isBuild }: Situation): InstalledPackage[] {
  const items = [...end.packages.entries()].map(([, item]) => item).filter(({ installed }) => installed);
  return isBuild ? items : items.filter((item) => findPackage(item.name, item.manager)?.belongsInRuntime !== false);
}

function runsOf(stage: Stage): RunUse[] {
  const steps = lineage(stage).flatMap((one) => one.steps);
  return steps.flatMap((step) => {
    const { instruction } = step;
    return instruction.kind === 'run' && !instruction.isOnbuild
      ? [{ ...readRun(step), isShellForm: instruction.body?.form === 'shell' }]
      : [];
  });
}

function readRun({ commands, script, instruction }: Step): Omit<RunUse, 'isShellForm'> {
  const names: string[] = [];
  let isOther = !script?.plain || commands.length === 0;
  let installs = false;
  for (const { words } of commands) {
    const command = readPackageCommand(words);
    installs ||= command?.action === 'install';
    isOther ||= command?.hasUnknown === true || (!command && words[0] !== 'rm');
    if (command?.action === 'install') names.push(...command.packages.map((index) => packageName(words[index] ?? '')));
  }
  return { span: instruction.span, packages: isOther ? null : names, installs };
}

function shellNeed(stage: Stage): Pick<Need, 'uses' | 'shellUse'> {
  const uses = startUses(stage);
  const start = uses.filter(({ role }) => role !== 'healthcheck');
  const isBound = start.some(({ body, argv }) =>
    body.form === 'shell' ? plainWords(body.text.text) === null : isScript(argv),
  );
  if (isBound) return { uses, shellUse: 'script' };
  return { uses, shellUse: start.some(({ body }) => body.form === 'shell') ? 'plain' : 'none' };
}

function isScript([program = '', ...rest]: readonly string[]): boolean {
  const isShell = /(^|\/)(ba|da|a|z|k)?sh$/.test(program);
  return isShell || [program, ...rest].some((word) => /\.sh$|entrypoint$/.test(word));
}

function imageSpan({ file }: Analysis, { base, syntax }: Stage): Span | null {
  const span = syntax.from.image?.span;
  const text = base.kind === 'image' ? base.reference?.text : base.text;
  return span && file.text.slice(span.start, span.end) === text ? span : null;
}
