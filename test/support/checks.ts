import assert from 'node:assert/strict';
import type { FileTree } from '../../server/src/context/file-tree.js';
import { analyze, createWorld } from '../../server/src/analyze.js';
import type { Analysis } from '../../server/src/interpret/state.js';
import { rules } from '../../server/src/rules/index.js';
import type { Finding, Fix, Rule } from '../../server/src/rules/rule.js';
import { runRules } from '../../server/src/rules/run.js';
import { applyEdits } from '../../server/src/text/edit.js';
import { indexLines, lineSpan, positionAt } from '../../server/src/text/lines.js';
import { memoryTree, type MemoryFiles } from './memory-tree.js';
import { type Fixture, type Mark, printFixture, readFixture } from './fixture.js';

/** The day the tests live in: rules see no other clock. */
export const today = '2026-11-21';

const world = createWorld(today);

export type CheckOptions = {
  /** What `docker build --build-arg` was given. */
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** The files of the workspace, by path; without them nothing is known of the build context. */
  readonly files?: MemoryFiles;
  /** The path of the Dockerfile there. */
  readonly path?: string;
  /** Another tree than one of `files`. */
  readonly tree?: FileTree;
};

/**
 * Runs one rule over a fixture and compares its findings with the marks: `#   ^^^^ fixable: (warning) message`.
 * `fixable:` stands there if and only if a fix is on offer; the severity, if it differs from the rule's own.
 */
export function checkRule(rule: Rule, source: string, options: CheckOptions = {}): void {
  const fixture = readFixture(source);
  assert.ok(fixture.marks.length > 0, 'This fixture expects nothing: use checkSilent.');
  assert.equal(printFixture(actualFixture(rule, fixture.text, options)), printFixture(fixture));
}

/** The rule has nothing to say about this file. */
export function checkSilent(rule: Rule, source: string, options: CheckOptions = {}): void {
  const fixture = readFixture(source);
  assert.equal(fixture.marks.length, 0, 'This fixture has marks: use checkRule.');
  assert.equal(printFixture(actualFixture(rule, fixture.text, options)), fixture.text);
}

/**
 * Applies the first fix of the first finding that has one. The result must be `after`, the complaint must be gone, the
 * file must read as well as before, and no comment may be lost.
 */
export function checkFix(rule: Rule, before: string, after: string, options: CheckOptions = {}): void {
  checkNamedFix(rule, { before, after }, options);
}

/** Like `checkFix`, for the fix with the given title; without `title`, the first one. */
export function checkNamedFix(
  rule: Rule,
  { title, before, after }: { readonly title?: string; readonly before: string; readonly after: string },
  options: CheckOptions = {},
): void {
  const source = readFixture(before).text;
  const fixes = findingsOf(rule, source, options).flatMap((finding) => [...finding.fixes()]);
  const fix = fixes.find((one) => title === undefined || one.title === title);
  assert.ok(fix, `No fix${title ? ` '${title}'` : ''} among: ${fixes.map((one) => one.title).join(', ') || 'none'}`);
  const result = applyFix(source, fix);
  assert.equal(result, readFixture(after).text);
  assertSound(rule, source, result, { before: options, after: changedFiles(options, fix) });
}

/** All fixes on offer, by title. */
export function fixTitles(rule: Rule, source: string, options: CheckOptions = {}): string[] {
  return findingsOf(rule, readFixture(source).text, options).flatMap((finding) =>
    finding.fixes().map((fix) => fix.title),
  );
}

/** The findings of one rule; a rule that fails fails the test. */
export function findingsOf(rule: Rule, text: string, options: CheckOptions = {}): readonly Finding[] {
  // Whether an ignore comment was needed shows only when all rules run.
  const only = rule.meta.id === 'unused-ignore' ? rules : [rule];
  const { findings, faults } = runRules(analysisOf(text, options), { severities: {}, only });
  assert.deepEqual(faults, []);
  return findings.filter((finding) => finding.rule === rule);
}

/** The findings of all rules. */
export function allFindings(text: string, options: CheckOptions = {}): readonly Finding[] {
  const { findings, faults } = runRules(analysisOf(text, options), { severities: {} });
  assert.deepEqual(faults, []);
  return findings;
}

export function analysisOf(
  text: string,
  { buildArgs = {}, files, path = 'Dockerfile', tree }: CheckOptions = {},
): Analysis {
  const known = tree ?? (files ? memoryTree({ ...files, [path]: text }) : null);
  const place = known && { tree: known, path };
  return analyze(text, { ...world, buildArgs, place });
}

export function applyFix(text: string, fix: Fix): string {
  const edits = [...fix.edits].sort((a, b) => a.span.start - b.span.start);
  edits.forEach((edit, index) => {
    const next = edits[index + 1];
    assert.ok(!next || edit.span.end <= next.span.start, `The edits of '${fix.title}' overlap.`);
  });
  return applyEdits(text, edits);
}

/** What must hold after any fix. */
export function assertSound(rule: Rule, before: string, after: string, options: Around = {}): void {
  const left = findingsOf(rule, after, options.after).length;
  assert.ok(left < findingsOf(rule, before, options.before).length, `The fix leaves its own complaint:\n${after}`);
  const old = analysisOf(before).file;
  const fresh = analysisOf(after).file;
  assert.deepEqual(
    fresh.problems.slice(old.problems.length).map((problem) => problem.message),
    [],
    `The fix breaks the file:\n${after}`,
  );
  if (rule.meta.id === 'unused-ignore') return;
  const comments = fresh.comments.map((comment) => comment.text);
  for (const { text } of old.comments) assert.ok(comments.includes(text), `The fix loses the comment '${text}'.`);
}

/** What surrounds the Dockerfile before and after a fix. */
export type Around = { readonly before?: CheckOptions; readonly after?: CheckOptions };

/** The surroundings after the changes of a fix in other files. */
export function changedFiles(options: CheckOptions, { files: changes = [] }: Fix): CheckOptions {
  if (changes.length === 0) return options;
  const changed = changes.map(({ path, file, edits }) => [path, applyEdits(file?.text ?? '', [...edits])] as const);
  return { ...options, files: { ...options.files, ...Object.fromEntries(changed) } };
}

function actualFixture(rule: Rule, text: string, options: CheckOptions): Fixture {
  const lines = indexLines(text);
  const marks = findingsOf(rule, text, options).map((finding): Mark => {
    const start = positionAt(lines, finding.span.start);
    const lineEnd = lineSpan(lines, start.line).start + (text.split('\n')[start.line] ?? '').length;
    const end = positionAt(lines, Math.min(finding.span.end, lineEnd));
    return {
      line: start.line,
      start: start.character,
      end: end.character,
      isFixable: finding.fixes().length > 0,
      severity: finding.severity === rule.meta.severity ? null : finding.severity,
      message: finding.message,
    };
  });
  return { text, marks };
}
