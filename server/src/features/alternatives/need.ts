import type { ImageFacts, LanguageRuntime } from '../../catalog/model.js';
import { findPackage } from '../../catalog/packages.js';
import { isWorkshop, lineage, rootStage } from '../../interpret/bases.js';
import { startedProgram, type PlacedProgram } from '../../interpret/placed.js';
import { startUses, type ProcessUse } from '../../interpret/processes.js';
import { packageName, readPackageCommand } from '../../interpret/commands/packages.js';
import type { Analysis, InstalledPackage, Process, Stage, Step } from '../../interpret/state.js';
import { plainWords } from '../../shell/words.js';
import { indexLines, type LineIndex } from '../../text/lines.js';
import type { Span } from '../../text/span.js';
import { isSupported, rankOf } from './fit.js';

/** What a stage asks of its base. */
export type Need = {
  readonly stage: Stage;
  readonly lines: LineIndex;
  /** Null for scratch. */
  readonly facts: ImageFacts | null;
  readonly rank: number;
  readonly isUnsupported: boolean;
  readonly runsAsRoot: boolean;
  readonly runtime: LanguageRuntime | null;
  /** The program that is started, when its making was followed. */
  readonly program: PlacedProgram | null;
  /** True when that program is built on this very base. */
  readonly isBuiltHere: boolean;
  /** Installed by RUN, and wanted at run time as far as is known. */
  readonly packages: readonly InstalledPackage[];
  /** The RUN instructions on top of the base. */
  readonly runs: readonly RunUse[];
  /** `plain`: a shell-form start that exec form could replace; `script`: a script or shell syntax. */
  readonly shellUse: 'none' | 'plain' | 'script';
  /** ENTRYPOINT, CMD and HEALTHCHECK of the file. */
  readonly uses: readonly ProcessUse[];
  readonly entrypoint: Process | null;
  readonly cmd: Process | null;
  /** Where the base is named, if it is written without build arguments. */
  readonly imageSpan: Span | null;
};

/** `packages`: the names it installs when it does nothing else; otherwise null. */
export type RunUse = { readonly span: Span; readonly packages: readonly string[] | null };

/** Null for a stage that only builds, one whose base serves other stages too, and one whose base is not known. */
export function readNeed(analysis: Analysis, hovered: Stage): Need | null {
  const stage = shippedStage(analysis, hovered);
  if (!stage) return null;
  const root = rootStage(stage);
  const { base } = root;
  if (base.kind === 'stage' || (base.kind === 'image' && (!base.facts || base.facts.isWindows))) return null;
  const facts = base.kind === 'image' ? base.facts : null;
  const { entrypoint, cmd, user } = stage.end;
  if (!entrypoint.known || !cmd.known) return null;
  return {
    stage,
    lines: indexLines(analysis.file.text),
    facts,
    rank: rankOf(facts),
    isUnsupported: facts !== null && !isSupported(facts, analysis.today),
    runsAsRoot: user.known && (user.value.uid === 0 || user.value.name === 'root'),
    runtime: facts?.runtime.known ? facts.runtime.value : null,
    ...programNeed(stage),
    packages: wantedPackages(stage),
    runs: runsOf(stage),
    ...shellNeed(stage),
    entrypoint: entrypoint.value,
    cmd: cmd.value,
    imageSpan: imageSpan(analysis, root),
  };
}

function programNeed(stage: Stage): Pick<Need, 'program' | 'isBuiltHere'> {
  const program = startedProgram(stage);
  return { program, isBuiltHere: lineage(stage).some(({ index }) => index === program?.artifact.stage) };
}

/** The stage that ends as an image on the base of the given one. */
function shippedStage({ stages }: Analysis, hovered: Stage): Stage | null {
  const final = stages.at(-1);
  if (!final) return null;
  if (lineage(final).includes(hovered)) {
    const line = lineage(final);
    const isShared = stages.some(
      (stage) => !line.includes(stage) && stage.base.kind === 'stage' && line.includes(stage.base.stage),
    );
    return isShared && rootStage(final) !== final ? null : final;
  }
  const isRunnable = hovered.base.kind !== 'stage' && !isWorkshop(hovered) && !hovered.isNeeded && setsStart(hovered);
  return isRunnable ? hovered : null;
}

function setsStart({ steps }: Stage): boolean {
  return steps.some(({ instruction: { kind, isOnbuild } }) => !isOnbuild && (kind === 'cmd' || kind === 'entrypoint'));
}

function wantedPackages({ end }: Stage): InstalledPackage[] {
  const items = [...end.packages.entries()].map(([, item]) => item);
  return items.filter((item) => item.installed && findPackage(item.name, item.manager)?.belongsInRuntime !== false);
}

function runsOf(stage: Stage): RunUse[] {
  const steps = lineage(stage).flatMap((one) => one.steps);
  const runs = steps.filter(({ instruction }) => instruction.kind === 'run' && !instruction.isOnbuild);
  return runs.map((step) => ({ span: step.instruction.span, packages: packagesOnly(step) }));
}

function packagesOnly({ commands, script }: Step): string[] | null {
  if (!script?.plain || commands.length === 0) return null;
  const names: string[] = [];
  for (const { words } of commands) {
    const command = readPackageCommand(words);
    if (command?.hasUnknown || (!command && words[0] !== 'rm')) return null;
    if (command?.action === 'install') names.push(...command.packages.map((index) => packageName(words[index] ?? '')));
  }
  return names;
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
