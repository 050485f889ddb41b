import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ignoreEdits } from '../../server/src/features/ignore.js';
import type { Rule } from '../../server/src/rules/rule.js';
import { runRules } from '../../server/src/rules/run.js';
import type { Span } from '../../server/src/text/span.js';
import { analysisOf, applyFix } from '../support/checks.js';

/** Reports the first place that holds `!!`. */
const exclamation: Rule = {
  meta: { id: 'exclamation', summary: 'Test', category: 'build', severity: 'error', fix: 'none' },
  docs: { why: '', bad: '', good: '', references: [] },
  check({ file: { text } }) {
    const start = text.indexOf('!!');
    const span: Span = { start, end: start + 2 };
    return [{ span, message: 'Not so loud.', because: [], data: null }];
  },
};

function ignore(text: string, which: 'instruction' | 'file'): string {
  const analysis = analysisOf(text);
  const [finding, ...more] = runRules(analysis, { severities: {}, only: [exclamation] }).findings;
  assert.ok(finding && more.length === 0);
  const title = which === 'file' ? "Ignore 'exclamation' in this file" : "Ignore 'exclamation' for this instruction";
  const fix = ignoreEdits(analysis, finding).find((one) => one.title === title);
  assert.ok(fix, `There is no '${title}'.`);
  const result = applyFix(text, fix);
  const left = runRules(analysisOf(result), { severities: {}, only: [exclamation] }).findings;
  assert.deepEqual(left, [], 'The comment keeps the finding quiet.');
  const directives = (of: string) => analysisOf(of).file.directives.map(({ name, value }) => `${name}=${value}`);
  assert.deepEqual(directives(result), directives(text), 'The parser directives hold.');
  return result;
}

const here = '# distroless ignore=exclamation -- accepted 2026-11-21';
const everywhere = '# distroless ignore-file=exclamation -- accepted 2026-11-21';

for (const [title, before, after] of [
  ['above the instruction', 'FROM scratch\nRUN !!\n', `FROM scratch\n${here}\nRUN !!\n`],
  ['with its line ending', 'FROM scratch\r\nRUN !!\r\n', `FROM scratch\r\n${here}\r\nRUN !!\r\n`],
  ['with its indentation', 'FROM scratch\n\tRUN !!\n', `FROM scratch\n\t${here}\n\tRUN !!\n`],
  ['above continuation lines', 'FROM scratch\nRUN a \\\n  !!\n', `FROM scratch\n${here}\nRUN a \\\n  !!\n`],
  ['above a heredoc', 'FROM scratch\nRUN <<EOF\n!!\nEOF\n', `FROM scratch\n${here}\nRUN <<EOF\n!!\nEOF\n`],
  ['below other comments', 'FROM scratch\n# b\nRUN !!\n', `FROM scratch\n# b\n${here}\nRUN !!\n`],
  ['in the first line', 'FROM !!\n', `${here}\nFROM !!\n`],
  ['after a byte order mark', '\ufeffFROM !!\n', `\ufeff${here}\nFROM !!\n`],
  [
    'below the directives',
    '# syntax=docker/dockerfile:1\nFROM !!\n',
    `# syntax=docker/dockerfile:1\n${here}\nFROM !!\n`,
  ],
  ['apart from a named FROM', 'FROM !! AS a\n', `${here}\n#\nFROM !! AS a\n`],
  ['apart from an ARG', 'ARG A=!!\nFROM a\n', `${here}\n#\nARG A=!!\nFROM a\n`],
  ['above a description', '# a is it.\nFROM !! AS a\n', `${here}\n#\n# a is it.\nFROM !! AS a\n`],
  [
    'between directives and description',
    '# escape=`\n# a is it.\nFROM !! AS a\n',
    `# escape=\`\n${here}\n#\n# a is it.\nFROM !! AS a\n`,
  ],
  [
    'into a comment that is there',
    'FROM scratch\n# distroless ignore=other -- old\nRUN !!\n',
    'FROM scratch\n# distroless ignore=other,exclamation -- old\nRUN !!\n',
  ],
  [
    'beside a comment that ends one day',
    'FROM scratch\n# distroless ignore=other until=2027-01-01\nRUN !!\n',
    `FROM scratch\n# distroless ignore=other until=2027-01-01\n${here}\nRUN !!\n`,
  ],
] as const) {
  test(`ignoring for an instruction writes ${title}`, () => assert.equal(ignore(before, 'instruction'), after));
}

for (const [title, before, after] of [
  ['at the top', 'FROM !!\n', `${everywhere}\n\nFROM !!\n`],
  ['after a byte order mark', '\ufeffFROM !!\r\n', `\ufeff${everywhere}\r\n\r\nFROM !!\r\n`],
  [
    'below the directives',
    '# syntax=docker/dockerfile:1\n# escape=`\n\nFROM !!\n',
    `# syntax=docker/dockerfile:1\n# escape=\`\n${everywhere}\n\nFROM !!\n`,
  ],
  [
    'into a comment that is there',
    '# distroless ignore-file=other\n\nFROM !!\n',
    '# distroless ignore-file=other,exclamation\n\nFROM !!\n',
  ],
] as const) {
  test(`ignoring for the file writes ${title}`, () => assert.equal(ignore(before, 'file'), after));
}
