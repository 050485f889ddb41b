import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byInstruction } from '../server/src/fact.js';
import { type Report, type Rule, type Severity } from '../server/src/rules/rule.js';
import { type RunOptions, runRules } from '../server/src/rules/run.js';
import unusedIgnore from '../server/src/rules/unused-ignore.js';
import { allFindings, analysisOf } from './support/checks.js';
import { readFixture } from './support/fixture.js';

/** Reports every instruction of the given keyword. */
function reporting(keyword: string, severity: Severity = 'error', report: Partial<Report> = {}): Rule {
  return {
    meta: { id: `no-${keyword}`, summary: 'Test', category: 'build', severity, fix: 'none' },
    docs: { why: '', bad: '', good: '', references: [] },
    *check({ stages }) {
      for (const { instruction } of stages.flatMap((stage) => stage.steps)) {
        if (instruction.kind !== keyword) continue;
        yield { span: instruction.argumentsSpan, message: `No ${keyword}.`, because: [], data: null, ...report };
      }
    },
  };
}

const noRun = reporting('run');

/** The findings as `line severity message`, lines counted from one. */
function run(text: string, options: Partial<RunOptions> = {}): string[] {
  const { findings, faults } = runRules(analysisOf(text), { severities: {}, only: [noRun], ...options });
  assert.deepEqual(faults, []);
  return findings.map(({ span, severity, message }) => {
    return `${text.slice(0, span.start).split(/\r\n|\r|\n/).length} ${severity} ${message}`;
  });
}

function runWithHints(source: string): string[] {
  return run(readFixture(source).text, { only: [noRun, unusedIgnore] });
}

test('findings come in the order of the file, the gravest first', () => {
  const rules = [reporting('workdir', 'warning'), noRun, { ...reporting('run', 'information') }];
  assert.deepEqual(run('FROM scratch\nWORKDIR /a\nRUN one\nWORKDIR /b\n', { only: rules }), [
    '2 warning No workdir.',
    '3 error No run.',
    '3 information No run.',
    '4 warning No workdir.',
  ]);
});

test('in an image of Windows only what is known of base images is told', () => {
  const base: Rule = { ...noRun, meta: { ...noRun.meta, id: 'no-base', category: 'base', severity: 'hint' } };
  const windows = 'FROM mcr.microsoft.com/windows/servercore:ltsc2025 AS a\nRUN one\nFROM a\nRUN two\n';
  assert.deepEqual(run(`${windows}FROM alpine\nRUN three\n`, { only: [noRun, base] }).slice(2), [
    '6 error No run.',
    '6 hint No run.',
  ]);
  assert.deepEqual(run(windows, { only: [noRun, base] }), ['2 hint No run.', '4 hint No run.']);
});

test('a rule that fails is named, and the others go on', () => {
  const broken: Rule = {
    ...reporting('label'),
    check: () => {
      throw new Error('out of paper');
    },
  };
  const result = runRules(analysisOf('FROM scratch\nRUN one\n'), { severities: {}, only: [broken, noRun] });
  assert.deepEqual(result.faults, ["Rule 'no-label' failed: out of paper"]);
  assert.equal(result.findings.length, 1);
});

test('a fix that fails offers nothing, and is named', () => {
  const broken: Rule = {
    ...noRun,
    fix: () => {
      throw new Error('out of paper');
    },
  };
  const result = runRules(analysisOf('FROM scratch\nRUN one\n'), { severities: {}, only: [broken] });
  assert.deepEqual(result.findings[0]?.fixes(), []);
  assert.deepEqual(result.faults, ["Rule 'no-run' failed: out of paper"]);
});

test('a setting moves the severity of a rule, or turns it off', () => {
  const text = 'FROM scratch\nRUN one\n';
  assert.deepEqual(run(text, { severities: { 'no-run': 'information' } }), ['2 information No run.']);
  assert.deepEqual(run(text, { severities: { 'no-run': 'off' } }), []);
});

test('a setting does not make a report graver than it is certain', () => {
  const doubtful = reporting('run', 'warning', { severity: 'information' });
  const text = 'FROM scratch\nRUN one\n';
  assert.deepEqual(run(text, { only: [doubtful], severities: { 'no-run': 'error' } }), ['2 information No run.']);
  assert.deepEqual(run(text, { only: [doubtful], severities: { 'no-run': 'hint' } }), ['2 hint No run.']);
});

test('what BuildKit skips is no more than information', () => {
  const text = 'FROM scratch AS tests\nRUN one\nFROM scratch\nRUN two\n';
  assert.deepEqual(run(text), ['2 information No run.', '4 error No run.']);
  const [skipped] = runRules(analysisOf(text), { severities: {}, only: [noRun] }).findings;
  assert.deepEqual(
    skipped?.because.map((evidence) => evidence.note),
    ['BuildKit skips this stage, because the final stage does not need it.'],
  );
});

test('a template for another tool gets no findings', () => {
  assert.deepEqual(run('FROM {{ base }}\nRUN one\n'), []);
});

for (const [title, text] of Object.entries({
  'directly above': '# distroless ignore=no-run\nRUN one',
  'among other comments': '# distroless ignore=no-run -- known\n#\n# hadolint ignore=DL3006\nRUN one',
  'with other rules': '# distroless ignore=no-copy,no-run\nRUN one',
  'with spaces': '#distroless  ignore = no-copy, no-run  -- no-such-rule\nRUN one',
  'in capitals': '# Distroless Ignore=No-Run\nRUN one',
  indented: '  # distroless ignore=no-run\n  RUN one',
  'above continuation lines': '# distroless ignore=no-run\nRUN one && \\\n  two',
  'above a heredoc': '# distroless ignore=no-run\nRUN <<EOF\none\nEOF',
  'inside continuation lines': 'RUN one && \\\n  # distroless ignore=no-run -- only this one\n  two',
  'until today': '# distroless ignore=no-run until=2026-11-21\nRUN one',
  'for the file, above': '# distroless ignore-file=no-run -- generated\n\nRUN one',
  'for the file, below': 'RUN one\n# distroless ignore-file=no-run until=2027-01-01',
})) {
  test(`an ignore comment works ${title}`, () => {
    assert.deepEqual(run(`FROM scratch\n${text}\n`), []);
    assert.deepEqual(run(`FROM scratch\n${text}\n`.replaceAll('\n', '\r\n')), []);
  });
}

for (const [title, text] of Object.entries({
  'for another rule': '# distroless ignore=no-copy\nRUN one',
  'after its last day': '# distroless ignore=no-run until=2026-11-20\nRUN one',
  'with a day that does not exist': '# distroless ignore=no-run until=2027-02-29\nRUN one',
  'above another instruction': '# distroless ignore=no-run\nWORKDIR /a\nRUN one',
  'apart from the instruction': '# distroless ignore=no-run\n\nRUN one',
  'below the instruction': 'RUN one\n# distroless ignore=no-run',
  'in the reason only': '# distroless ignore=no-copy -- no-run\nRUN one',
  'inside a heredoc': 'RUN <<EOF\n# distroless ignore=no-run\none\nEOF',
  'in prose': '# distroless ignores no-run\nRUN one',
})) {
  test(`an ignore comment does not work ${title}`, () => {
    assert.equal(run(`FROM scratch\n${text}\n`).length, 1);
  });
}

test('an ignore comment in one stage leaves the next alone', () => {
  const text = 'FROM scratch AS a\n# distroless ignore=no-run\nRUN one\nFROM a\nRUN two\n';
  assert.deepEqual(run(text), ['5 error No run.']);
});

test('an ignore comment that does nothing is a hint', () => {
  assert.deepEqual(runWithHints('FROM scratch\n# distroless ignore=no-run\nWORKDIR /a\n'), [
    "2 hint 'no-run' reports nothing here that could be ignored.",
  ]);
  assert.deepEqual(runWithHints('FROM scratch\n# distroless ignore=no-ruin\nRUN one\n'), [
    "2 hint There is no rule 'no-ruin'.",
    '3 error No run.',
  ]);
  assert.deepEqual(runWithHints('FROM scratch\n# distroless ignore=no-run until=2026-01-31\nRUN one\n'), [
    "2 hint The ignore of 'no-run' ended on 2026-01-31.",
    '3 error No run.',
  ]);
  assert.deepEqual(runWithHints('FROM scratch\n# distroless ignore=no-run until=soon\nRUN one\n'), [
    "2 hint 'soon' is not a date of the form YYYY-MM-DD.",
    '3 error No run.',
  ]);
  assert.deepEqual(runWithHints('FROM scratch\n# distroless ignore\nWORKDIR /a\n'), [
    '2 hint This comment names no rule to ignore.',
  ]);
  assert.deepEqual(runWithHints('FROM scratch\n# distroless ignore=no-run\n\nWORKDIR /a\n'), [
    '2 hint This comment stands directly above no instruction, so it ignores nothing.',
  ]);
});

test('one that is needed is no hint, nor is one for a rule that is off', () => {
  const text = 'FROM scratch\n# distroless ignore=no-run\nRUN one\n';
  assert.deepEqual(runWithHints(text), []);
  assert.deepEqual(run(text, { only: [noRun, unusedIgnore], severities: { 'no-run': 'off' } }), []);
});

test('of two comments for one thing, the second is needless', () => {
  const text = 'FROM scratch\n# distroless ignore=no-run\n# distroless ignore=no-run\nRUN one\n';
  assert.deepEqual(runWithHints(text), ["3 hint 'no-run' reports nothing here that could be ignored."]);
});

test('the hint itself can be kept quiet', () => {
  const text = 'FROM scratch\n# distroless ignore-file=unused-ignore\n# distroless ignore=no-run\nWORKDIR /a\n';
  assert.deepEqual(runWithHints(text), []);
});

test('digests in messages and reasons are cut short', () => {
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
  const [finding] = allFindings(`FROM python:3.8-slim@${digest} AS app\nUSER 1000\nCMD ["python"]\n`);
  assert.match(finding?.message ?? '', /^'python:3\.8-slim@sha256:0123456789ab…' is Python 3\.8/);
  assert.ok(finding?.because.some(({ note }) => note.includes("@sha256:0123456789ab…'")));
  assert.ok(finding?.because.every(({ note }) => !note.includes(digest)));
});

test('a reason is given once', () => {
  const reason = byInstruction({ start: 0, end: 4 }, 'It is so.');
  const rule = reporting('run', 'error', { because: [reason, byInstruction({ start: 0, end: 4 }, 'It is so.')] });
  const { findings } = runRules(analysisOf('FROM alpine\nRUN x\n'), { severities: {}, only: [rule] });
  assert.deepEqual(
    findings.map(({ because }) => because),
    [[reason]],
  );
});
