import { byDocker, type Evidence } from '../fact.js';
import { isWindows } from '../interpret/bases.js';
import type { Analysis, Stage } from '../interpret/state.js';
import { readIgnoring } from './ignore-comments.js';
import { rules as allRules } from './index.js';
import { type Draft, oneForEachCause } from './one-cause.js';
import { shortenDigests } from '../text/short-digest.js';
import { compareSeverity, type Finding, type Report, type Rule, type Severity } from './rule.js';
import { stageAt } from './stage-at.js';
import unusedIgnore, { reportUnused } from './unused-ignore.js';

export type RunOptions = {
  /** Severity per rule id; a rule that is `off` is not run. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /** Rules to run in place of all. */
  readonly only?: readonly Rule[];
};

/**
 * `findings` are ordered by position, then severity; those that an ignore comment covers are left out. `faults` names
 * each rule that failed and says how; asking a finding for its fixes may add to it.
 */
export type RunResult = { readonly findings: readonly Finding[]; readonly faults: readonly string[] };

/** Runs the rules over an analysis. A rule that fails does not keep the others from reporting. */
export function runRules(analysis: Analysis, options: RunOptions): RunResult {
  const faults: string[] = [];
  if (analysis.file.isTemplate) return { findings: [], faults };
  const ignoring = readIgnoring(analysis);
  const asked = options.only ?? allRules;
  const active = asked.filter((rule) => options.severities[rule.meta.id] !== 'off');
  const run: Run = { analysis, options, faults };
  const drafts: Draft[] = [];
  const completed = new Set<string>();
  for (const rule of active) {
    const { reports, failed } = collect(rule, run);
    if (!failed) completed.add(rule.meta.id);
    for (const report of reports) {
      if (ignoring.covers(rule.meta.id, report.span.start) || !applies(rule, report, analysis)) continue;
      drafts.push({ finding: toFinding(rule, report, run), cause: report.cause });
    }
  }
  const findings = [...oneForEachCause(drafts, analysis)];
  if (active.includes(unusedIgnore)) {
    const ids = new Set([...allRules, ...asked].map((rule) => rule.meta.id));
    const unused = reportUnused(ignoring, { today: analysis.today, completed, ids });
    const visible = unused.filter((report) => !ignoring.covers(unusedIgnore.meta.id, report.span.start));
    findings.push(...visible.map((report) => toFinding(unusedIgnore, report, run)));
  }
  return { findings: findings.sort(byPosition), faults };
}

type Run = { readonly analysis: Analysis; readonly options: RunOptions; readonly faults: string[] };

function collect(rule: Rule, { analysis, faults }: Run): { reports: readonly Report[]; failed: boolean } {
  const reports: Report[] = [];
  try {
    for (const report of rule.check(analysis)) reports.push(report);
    return { reports, failed: false };
  } catch (error) {
    faults.push(describeFault(rule, error));
    return { reports, failed: true };
  }
}

/** What is known of base images is true of those of Windows too; everything else is about Linux. */
function applies({ meta }: Rule, { span }: Report, { stages }: Analysis): boolean {
  const stage = meta.category === 'base' ? undefined : stageAt(stages, span.start);
  return !stage || !isWindows(stage);
}

function toFinding(rule: Rule, report: Report, run: Run): Finding {
  const skipped = skippedStage(run.analysis.stages, report.span.start);
  const severity = severityOf(rule, report, run.options.severities[rule.meta.id]);
  const lesser = lower(severity, 'information');
  const isForWorkshop = run.analysis.isForWorkshop && aboutShipping(rule);
  const note = skipped ? notNeeded : isForWorkshop && lesser !== severity ? forWorkshop : null;
  return {
    rule,
    severity: note ? lesser : severity,
    span: report.span,
    message: shortenDigests(report.message),
    because: toldOnce(note ? [...report.because, note] : report.because),
    fixes: () => fixesOf(rule, report, run),
  };
}

const notNeeded = byDocker('BuildKit skips this stage, because the final stage does not need it.');
const forWorkshop = byDocker('By its name, this file makes an image for work on the project, not one that is shipped.');

/** What matters in an image that is shipped, and little in one for work on the project. */
function aboutShipping({ meta }: Rule): boolean {
  return meta.category === 'size' || shipping.has(meta.id);
}

const shipping = new Set(['debug-or-dev-variant-in-final', 'final-stage-runs-as-root', 'scratch-no-ca-certs']);

/** A reason that two facts of a finding share is given once. */
function toldOnce(because: readonly Evidence[]): readonly Evidence[] {
  const seen = new Set<string>();
  return because.map(withShortDigests).filter((evidence) => {
    const place = 'span' in evidence ? evidence.span.start : '';
    const key = `${evidence.kind} ${evidence.kind === 'file' ? evidence.file.path : ''} ${place} ${evidence.note}`;
    return !seen.has(key) && seen.add(key);
  });
}

function withShortDigests(evidence: Evidence): Evidence {
  const note = shortenDigests(evidence.note);
  return note === evidence.note ? evidence : { ...evidence, note };
}

/** The setting moves the rule's own severity; a report that is less certain than its rule stays lower. */
function severityOf(rule: Rule, report: Report, setting: Severity | 'off' | undefined): Severity {
  const own = report.severity ?? rule.meta.severity;
  if (!setting || setting === 'off') return own;
  return own === rule.meta.severity ? setting : lower(own, setting);
}

function lower(a: Severity, b: Severity): Severity {
  return compareSeverity(a, b) < 0 ? b : a;
}

function skippedStage(stages: readonly Stage[], offset: number): boolean {
  const stage = stageAt(stages, offset);
  return stage !== undefined && !stage.isNeeded && offset <= stage.syntax.span.end;
}

function fixesOf(rule: Rule, report: Report, { analysis, faults }: Run) {
  try {
    return rule.fix?.(report, analysis) ?? [];
  } catch (error) {
    faults.push(describeFault(rule, error));
    return [];
  }
}

function describeFault(rule: Rule, error: unknown): string {
  return `Rule '${rule.meta.id}' failed: ${error instanceof Error ? error.message : String(error)}`;
}

function byPosition(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || compareSeverity(a.severity, b.severity) || a.span.end - b.span.end;
}
