import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Script, ShellWord } from '../../server/src/shell/model.js';
import { parseShell } from '../../server/src/shell/parse.js';
import { parseDockerfile } from '../../server/src/syntax/parse.js';
import { mapped } from '../../server/src/text/mapped.js';
import type { Span } from '../../server/src/text/span.js';

const word = fc.constantFrom(
  'apk',
  'add',
  '--no-cache',
  '"a b"',
  "'c'",
  '$X',
  '${Y:-z}',
  'é',
  'x\\ y',
  '/etc/passwd',
  '*',
);
const operator = fc.constantFrom(' && ', '; ', ' || ', ' | ', '&&');
const gap = fc.constantFrom(' ', '  ', ' \\\n  ', '\t\\\n', ' \\\n# a comment\n  ', ' \\\n\n ');
const command = fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 4 });
const script = fc.array(fc.tuple(command, operator), { minLength: 1, maxLength: 4 });

test('every word lies where its span says, across lines, comments and line endings', () => {
  fc.assert(
    fc.property(script, fc.boolean(), (commands, isWindows) => {
      const body = commands.map(([words, end]) => words.flat().join('') + end).join('');
      const lines = `FROM alpine\nRUN first ${body}last\nUSER 1\n`;
      const text = isWindows ? lines.replaceAll('\n', '\r\n') : lines;
      const found = scriptOf(text);
      assert.equal(found.plain, true);
      assert.equal(found.commands.length, commands.length + 1);
      for (const { words, span } of found.commands) {
        for (const one of words) assert.equal(text.slice(one.span.start, one.span.end), one.raw);
        assert.deepEqual(span, { start: words[0]?.span.start, end: words.at(-1)?.span.end });
      }
    }),
  );
});

test('a word that a line continuation divides spans both halves', () => {
  const text = 'FROM alpine\nRUN ec\\\nho "a \\\n  b"\n';
  const [{ words } = { words: [] }] = scriptOf(text).commands;
  assert.deepEqual(
    words.map(({ raw, span }) => [raw, text.slice(span.start, span.end)]),
    [
      ['echo', 'ec\\\nho'],
      ['"a   b"', '"a \\\n  b"'],
    ],
  );
});

test('a here-document with Windows line endings reads like any other', () => {
  const text = 'a &&\r\n  b "c\r\nd"\r\nif e; then\r\n\tf # g\r\nfi\r\n';
  const { commands, plain } = parseShell(mapped(text, 0));
  assert.equal(plain, true);
  assert.deepEqual(
    commands.map(({ span }) => text.slice(span.start, span.end)),
    ['a', 'b "c\r\nd"', 'e', 'f'],
  );
});

test('spans begin where the text begins', () => {
  const { commands } = parseShell(mapped('a; B=c d', 100));
  assert.deepEqual(
    commands.map(({ span }) => span),
    [
      { start: 100, end: 101 },
      { start: 103, end: 108 },
    ],
  );
});

const fragment = fc.constantFrom(
  ...[
    'a',
    ' ',
    ';',
    '&&',
    '||',
    '|',
    '&',
    '(',
    ')',
    '{ ',
    ' }',
    '"',
    "'",
    '`',
    '$',
    '${',
    '$(',
    '}',
    '\\',
    '\n',
    '\r\n',
  ],
  ...['<<E\n', '\nE\n', '<<<', '>', '2>&1', 'if ', 'then ', 'fi', 'while ', 'do ', 'done', 'case x in ', ';;', 'esac'],
  ...[
    '[[ ',
    ' ]]',
    '((',
    '))',
    '*',
    '[',
    '~',
    '#',
    'A=',
    'set -e',
    'exit',
    'f() ',
    '! ',
    '\0',
    'é',
    '😀',
    '%PATH%',
    'for x in ',
  ],
);

test('any text gives spans within it', () => {
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 25 }), (fragments) => {
      const text = fragments.join('');
      const { commands } = parseShell(mapped(text, 7));
      for (const span of spansOf({ commands, plain: true })) {
        assert.ok(7 <= span.start && span.start <= span.end && span.end <= 7 + text.length, JSON.stringify(text));
      }
      commands.forEach(({ guards }, index) => assert.ok(guards.every((guard) => guard < index)));
    }),
    { numRuns: 1000 },
  );
});

test('every beginning of a script can be read', () => {
  const text =
    'set -e; if [ -f a ]; then { b "$(c)" && d; } >> e; fi\ncase $f in g) h ;; esac\ncat <<I | (j)\nk ${l:-m}\nI\n';
  for (let end = 0; end <= text.length; end++) {
    for (const span of spansOf(parseShell(mapped(text.slice(0, end), 0)))) assert.ok(span.end <= end);
  }
  assert.equal(parseShell(mapped(text, 0)).plain, true);
});

function scriptOf(text: string): Script {
  const run = parseDockerfile(text).stages[0]?.instructions.find(({ kind }) => kind === 'run');
  assert.ok(run?.kind === 'run' && run.body?.form === 'shell');
  return parseShell(run.body.text);
}

function spansOf({ commands }: Script): Span[] {
  return commands.flatMap(({ span, words, assignments, redirects }) => [
    span,
    ...words.flatMap(wordSpans),
    ...assignments.flatMap((one) => [one.span, ...(one.value ? wordSpans(one.value) : [])]),
    ...redirects.flatMap(({ target }) => (target ? wordSpans(target) : [])),
  ]);
}

function wordSpans({ span, parts }: ShellWord): Span[] {
  return [span, ...parts.flatMap((part) => (part.kind === 'variable' && part.operand ? wordSpans(part.operand) : []))];
}
