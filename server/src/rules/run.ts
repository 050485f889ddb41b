import { byDocker } from '../fact.js';
import type { Analysis, Stage } from '../interpret/state.js';
import { readIgnoring } from './ignore-comments.js';
import { rules as allRules } from './index.js';
import type { Finding, Report, Rule, Severity } from './rule.js';
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
  const findings: Finding[] = [];
  const completed = new Set<string>();
  for (const rule of active) {
    const { reports, failed } = collect(rule, run);
    if (!failed) completed.add(rule.meta.id);
    for (const report of reports) {
      if (!ignoring.covers(rule.meta.id, report.span.start)) findings.push(toFinding(rule, report, run));
    }
  }
  if (active.includes(unusedIgnore)) {
    const ids = new Set([...allRules, ...asked].map((rule) => rule.meta.id));
    const unused = reportUnused(ignoring, { today: analysis.today, completed, ids });
    const visible = unused.filter((report) => !ignoring.covers(unusedIgnore.meta.id, report.span.start));
    findings.push(...visible.map((report) => toFinding(unusedIgnore, report, run)));
  }
  return { findings: findings.sort(byPosition), faults };
}

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** Below zero when `a` is the graver one. */
export function compareSeverity(a: Severity, b: Severity): number {
  return ranks[a] - ranks[b];
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

function toFinding(rule: Rule, report: Report, run: Run): Finding {
  const skipped = skippedStage(run.analysis.stages, report.span.start);
  const severity = severityOf(rule, report, run.options.severities[rule.meta.id]);
  const note = skipped && byDocker('BuildKit skips this stage, because the final stage does not need it.');
  return {
    rule,
    severity: skipped ? lower(severity, 'information') : severity,
    span: report.span,
    message: report.message,
    because: note ? [...report.because, note] : report.because,
    fixes: () => fixesOf(rule, report, run),
  };
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

/** The last stage that begins at or before an offset. */
function stageAt(stages: readonly Stage[], offset: number): Stage | undefined {
  let low = 0;
  let high = stages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stages[middle]?.syntax.span.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return stages[low - 1];
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
