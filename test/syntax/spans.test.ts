import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Dockerfile, Instruction, Word } from '../../server/src/syntax/model.js';
import { parseDockerfile } from '../../server/src/syntax/parse.js';
import type { MappedText } from '../../server/src/text/mapped.js';
import { toSource } from '../../server/src/text/mapped.js';
import type { Span } from '../../server/src/text/span.js';

const sample = `# syntax=docker/dockerfile:1
# escape=\\
ARG VERSION=3.20 \\
    OTHER
FROM --platform=$BUILDPLATFORM golang:\${VERSION:-1} AS build
ENV A="b c" \\
  # between
  D='e f' G=h\\ i
RUN --mount=type=cache,target=/x \\
    --mount=type=bind,source="a b" <<-EOF cat << 'X' > /f && echo "$A" \\

  # comment
  done
\tone
\tEOF
two
X
COPY --from=build --chown=1:1 ["a b", "/c"]
ONBUILD ADD --link <<E \\
  /x
E
HEALTHCHECK --interval=5s \\
  CMD ["curl", \\
  "-f"]
SHELL ["/bin/sh", "-c"]
USER 10\\
00
LABEL old style value
`;

const fragments = [
  ...[
    'FROM ',
    'RUN ',
    'COPY ',
    'ADD ',
    'ENV ',
    'ARG ',
    'LABEL ',
    'CMD ',
    'HEALTHCHECK ',
    'ONBUILD ',
    'USER ',
    'run ',
    'FRO',
  ],
  ...[
    '\n',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '\t',
    '\\\n',
    '\\ \r\n',
    '`\n',
    '\\',
    '`',
    '#',
    '# escape=`\n',
    '# c\n',
    '\ufeff',
    '\u00a0',
  ],
  ...['<<EOF', '<< E', "<<-'EOF'", 'EOF', '\nEOF\n', 'E\n', '<', '"', "'", '$', '${', '${a:-', '}', '{{ x }}', '<%'],
  ...[
    '[',
    ']',
    '"a"',
    ',',
    '["a", "b"]',
    '[1]',
    '--from=',
    '--a="b',
    '--',
    '=',
    'a=b',
    'alpine',
    ' AS ',
    'NONE',
    '\ud800',
    '\u0000',
  ],
];

const text = fc.oneof(
  fc.array(fc.constantFrom(...fragments), { maxLength: 60 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...fragments), { maxLength: 60 }).map((parts) => `FROM a\n${parts.join('')}`),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

test('any text is read, and every position in the model is true', () => {
  fc.assert(
    fc.property(text, (source) => checkPositions(parseDockerfile(source))),
    { numRuns: 3000 },
  );
});

test('a file cut off anywhere is read, and every position in the model is true', () => {
  for (const source of [
    sample,
    sample.replaceAll('\n', '\r\n'),
    sample.replace('escape=\\', 'escape=`').replaceAll('\\\n', '`\n'),
  ]) {
    for (let end = 0; end <= source.length; end++) checkPositions(parseDockerfile(source.slice(0, end)));
  }
});

test('the sample has what the checks are about', () => {
  const kinds = parseDockerfile(sample).stages[0]?.instructions.map(({ kind }) => kind);
  assert.deepEqual(kinds, ['env', 'run', 'copy', 'onbuild', 'healthcheck', 'shell', 'user', 'label']);
});

test('nesting and repetition without end do not fail', () => {
  const deep = 20_000;
  const line = [
    'ONBUILD ',
    '[',
    '{{',
    '"',
    "'",
    '\\',
    '$',
    '${a:-',
    '${a/',
    '"${a:-',
    '<<A ',
    '<< 1 ',
    '--a ',
    '--',
    '#',
    '=',
  ];
  for (const part of line) {
    for (const start of ['', 'FROM ', 'ENV ', 'RUN <<E ', 'COPY ', 'ONBUILD RUN ', 'CMD ']) {
      assert.equal(
        parseDockerfile(`FROM a\n${start}${part.repeat(deep)}`).stages.length,
        start === 'FROM ' ? 2 : 1,
        part,
      );
    }
  }
  const lines = parseDockerfile(`FROM a\nRUN b \\\n${'# c\n'.repeat(deep * 15)}  d`);
  assert.equal(lines.comments.length, deep * 15);
  assert.equal(parseDockerfile('FROM a\nRUN << 1\n'.repeat(20_000)).stages.length, 20_000);
});

function checkPositions(file: Dockerfile): void {
  checkValue(file, file);
  let last = 0;
  for (const { from, instructions, span } of file.stages) {
    assert.equal(span.start, from.span.start);
    assert.equal(span.end, (instructions.at(-1) ?? from).span.end);
    for (const instruction of [from, ...instructions]) {
      assert.ok(last <= instruction.span.start, 'instructions follow one another');
      checkInstruction(file, instruction);
      last = instruction.span.end;
    }
  }
}

function checkInstruction(file: Dockerfile, instruction: Instruction): void {
  const { span, keyword, flags, argumentsSpan } = instruction;
  const written = file.text.slice(span.start, span.end);
  if (!written.includes('<<')) assert.doesNotMatch(written, /^[\t\n\r ]|[\t\n\r ]$/);
  const inside = [keyword.span, ...flags.map((flag) => flag.span), argumentsSpan];
  for (const part of inside) assert.ok(span.start <= part.start && part.end <= span.end, 'parts lie inside');
  assert.equal(unfolded(file, keyword.span), keyword.text);
  for (const flag of flags) assert.match(unfolded(file, flag.span), /^--/);
  if (instruction.kind === 'onbuild' && instruction.instruction) checkInstruction(file, instruction.instruction);
}

/** Looks at all spans, words and gathered texts, wherever in the model they stand. */
function checkValue(file: Dockerfile, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if ('start' in value && 'end' in value) checkSpan(file, value as Span);
  if ('pieces' in value) checkMapped(file, value as MappedText);
  else if ('text' in value && 'value' in value) checkWord(file, value as Word);
  for (const part of Object.values(value)) checkValue(file, part);
}

function checkSpan({ text: source }: Dockerfile, { start, end }: Span): void {
  assert.ok(0 <= start && start <= end && end <= source.length, `${start}…${end} of ${source.length}`);
}

function checkWord(file: Dockerfile, word: Word): void {
  assert.equal(unfolded(file, word.span), word.text);
}

function checkMapped(file: Dockerfile, whole: MappedText): void {
  for (let at = 0; at < whole.text.length; at++) assert.equal(file.text[toSource(whole, at)], whole.text[at]);
  for (const [index, piece] of whole.pieces.entries()) {
    assert.ok(index === 0 ? piece.at === 0 : piece.at > (whole.pieces[index - 1]?.at ?? 0), 'pieces are ordered');
  }
}

/** The text of a span without continuations and what stands between them, found in another way than the parser does. */
function unfolded({ text: source, escape }: Dockerfile, { start, end }: Span): string {
  const blank = String.raw`(?:[\t\v\f\r \u00a0]*(?:#[^\n]*)?\n)*`;
  return source.slice(start, end).replace(new RegExp(`\\${escape}[ \\t]*\\r*\\n${blank}`, 'g'), '');
}
