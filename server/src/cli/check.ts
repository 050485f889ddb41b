import type { Evidence } from '../fact.js';
import { reasonText } from '../features/explain.js';
import type { FileChange, Finding, Severity } from '../rules/rule.js';
import type { Edit } from '../text/edit.js';
import { indexLines, type LineIndex, type Position, positionAt } from '../text/lines.js';
import type { Span } from '../text/span.js';
import type { FailOn } from './arguments.js';
import { type Paint, printable, type Style } from './paint.js';

/** The findings of one file; hints are not among them. `shown` makes the name of a file from its path in the tree. */
export type Checked = {
  readonly file: string;
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly shown: (path: string) => string;
};

type Level = Exclude<FailOn, 'never'>;
type Range = { readonly start: Position; readonly end: Position };

type EditJson = { readonly range: Range; readonly newText: string };

/** One finding as JSON. Lines and characters (UTF-16) count from zero, as in the Language Server Protocol. */
export type FindingJson = {
  readonly file: string;
  readonly rule: string;
  readonly severity: Level;
  readonly message: string;
  readonly range: Range;
  /** `file` where the reason lies in another file, `range` with its place there. */
  readonly because: readonly { readonly message: string; readonly file?: string; readonly range?: Range }[];
  readonly fixes: readonly {
    readonly title: string;
    /** True when the image behaves the same afterwards, or was broken before. */
    readonly safe: boolean;
    readonly edits: readonly EditJson[];
    /** Changes of other files that belong to the fix; an edit of a file that is not there yet is its text. */
    readonly files?: readonly { readonly file: string; readonly isNew: boolean; readonly edits: readonly EditJson[] }[];
  }[];
};

/** All but hints: those only teach, and belong in an editor. */
export function reportable(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => finding.severity !== 'hint');
}

/** True when a finding is at or above the level. */
export function fails(checked: readonly Checked[], failOn: FailOn): boolean {
  if (failOn === 'never') return false;
  const limit = levels.indexOf(failOn);
  return checked.some(({ findings }) => findings.some(({ severity }) => levels.indexOf(levelOf(severity)) <= limit));
}

export function checkJson(checked: readonly Checked[]): FindingJson[] {
  return checked.flatMap((one) => {
    const lines = indexLines(one.text);
    return one.findings.map((finding) => findingJson(finding, one, lines));
  });
}

/** As compilers print: one line per finding, its reasons below it, and a line that sums up. */
export function checkText(checked: readonly Checked[], paint: Paint): string {
  const reports = checked.flatMap(({ file, text, findings }) => {
    const lines = indexLines(text);
    return findings.map((finding) => findingText(finding, { file, lines, paint }));
  });
  return [...reports, summary(checked)].join('\n') + '\n';
}

const levels: readonly Level[] = ['error', 'warning', 'info'];
const styles: Readonly<Record<Level, Style>> = { error: 'red', warning: 'yellow', info: 'blue' };

function levelOf(severity: Severity): Level {
  return severity === 'error' || severity === 'warning' ? severity : 'info';
}

function findingJson(finding: Finding, { file, shown }: Checked, lines: LineIndex): FindingJson {
  const { rule, severity, message, span, because } = finding;
  return {
    file,
    rule: rule.meta.id,
    severity: levelOf(severity),
    message,
    range: rangeOf(lines, span),
    because: because.map((evidence) => reasonJson(evidence, lines)),
    fixes: finding.fixes().map(({ title, edits, safe, files }) => ({
      title,
      safe: safe ?? rule.meta.fix === 'safe',
      edits: edits.map((edit) => editJson(lines, edit)),
      ...(files && files.length > 0 && { files: files.map((change) => changeJson(change, shown)) }),
    })),
  };
}

function reasonJson(evidence: Evidence, lines: LineIndex): FindingJson['because'][number] {
  if (evidence.kind === 'instruction') return { message: reasonText(evidence), range: rangeOf(lines, evidence.span) };
  if (evidence.kind !== 'file') return { message: reasonText(evidence) };
  const { file, span, note } = evidence;
  return { message: note, file: file.path, range: rangeOf(indexLines(file.text), span) };
}

function changeJson({ path, file, edits }: FileChange, shown: Checked['shown']) {
  const lines = indexLines(file?.text ?? '');
  return { file: file?.path ?? shown(path), isNew: file === null, edits: edits.map((edit) => editJson(lines, edit)) };
}

function editJson(lines: LineIndex, { span, text }: Edit): EditJson {
  return { range: rangeOf(lines, span), newText: text };
}

function rangeOf(lines: LineIndex, span: Span): Range {
  return { start: positionAt(lines, span.start), end: positionAt(lines, span.end) };
}

type Page = { readonly file: string; readonly lines: LineIndex; readonly paint: Paint };

function findingText(finding: Finding, { file, lines, paint }: Page): string {
  const level = levelOf(finding.severity);
  const place = `${file}:${spot(lines, finding.span)}:`;
  const rule = paint('dim', `[${finding.rule.meta.id}]`);
  const head = `${paint('bold', printable(place))} ${paint(styles[level], level)}: ${printable(finding.message)} ${rule}`;
  const reasons = new Set(
    finding.because.map((evidence) => {
      const at = evidence.kind === 'instruction' ? `line ${positionAt(lines, evidence.span.start).line + 1}: ` : '';
      return `  because ${at}${printable(reasonText(evidence))}`;
    }),
  );
  return [head, ...reasons].join('\n');
}

function spot(lines: LineIndex, span: Span): string {
  const { line, character } = positionAt(lines, span.start);
  return `${line + 1}:${character + 1}`;
}

function summary(checked: readonly Checked[]): string {
  const files = count(checked.length, 'file');
  const found = checked.flatMap(({ findings }) => findings.map(({ severity }) => levelOf(severity)));
  if (found.length === 0) return `No findings in ${files}.`;
  const parts = levels.flatMap((level) => {
    const number = found.filter((one) => one === level).length;
    return number > 0 ? [level === 'info' ? `${number} info` : count(number, level)] : [];
  });
  return `${count(found.length, 'finding')} in ${files}: ${parts.join(', ')}.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
