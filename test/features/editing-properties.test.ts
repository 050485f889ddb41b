import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { complete, describeImage } from '../../server/src/features/completion.js';
import { inlayHints } from '../../server/src/features/inlay-hints.js';
import { lens } from '../../server/src/features/lens.js';
import { links } from '../../server/src/features/links.js';
import { rules } from '../../server/src/rules/index.js';
import { indexLines, lineAt } from '../../server/src/text/lines.js';
import { analysisOf, today } from '../support/checks.js';
import { filesUnder, textOf } from '../support/repository.js';

const difficult = [
  '',
  'FROM',
  'FROM ',
  'FROM \\',
  'FROM \\\n\n# x\n  ',
  'FROM --platform= --x a:b@c AS',
  'FROM a AS b\nFROM $',
  'ARG A\nFROM ${A:-} AS b\nCOPY --from=${A} a b\nCOPY --from= --chown= a b\nRUN --mount=from=,x --mount= a\n',
  'FROM a:\nFROM :\nFROM @\nFROM /\nFROM localhost:5000/\nFROM a:b:c\n',
  'FROM scratch\nUSER\nUSER \nUSER a:\nCOPY --chown\nCOPY --from\nRUN --mount\nONBUILD\nONBUILD USER \n',
  '# escape=`\r\nFROM `\r\n mcr.microsoft.com/windows/nanoserver:ltsc2025\r\nUSER `\r\n x\r\n',
  'FROM {{ .Base }}\nUSER \n',
  'FROM \ud83d\udc33\nUSER \ud83d\nCOPY --from=\ud83d\udc33 \0 \u2028\n',
  'FROM a\\\nb\nRUN <<EOF --mount=from=\nEOF\nUSER "x\n',
];
const samples = [
  ...difficult,
  ...rules.flatMap(({ docs }) => [docs.bad, docs.good]),
  ...filesUnder('samples', 'Dockerfile').map(textOf),
];

test('at every place of every file there is a completion within the line, or none', () => {
  let count = 0;
  const checked = new Set<number>();
  for (const text of samples) {
    const analysis = analysisOf(text);
    const lines = indexLines(text);
    for (let offset = -1; offset <= text.length + 1; offset++) {
      const found = complete(analysis, offset);
      if (!found) continue;
      count++;
      const { span, items } = found;
      assert.ok(
        0 <= span.start && span.start <= offset && offset <= span.end && span.end <= text.length,
        `${offset} in ${text}`,
      );
      assert.equal(lineAt(lines, span.start), lineAt(lines, span.end), `${offset} in ${text}`);
      if (checked.has(items.length)) continue;
      checked.add(items.length);
      assert.equal(new Set(items.map((item) => item.text)).size, items.length, 'Nothing is offered twice.');
      for (const { text: one, label, detail } of items) {
        assert.ok(one !== '' && label !== '');
        assert.doesNotMatch(`${label} ${detail ?? ''}`, /undefined|null|NaN/);
      }
    }
  }
  assert.ok(count > 500, `only ${count} completions`);
});

test('lenses, hints and links of every file lie within it', () => {
  let count = 0;
  for (const text of samples) {
    const analysis = analysisOf(text);
    const isInside = ({ start, end }: { start: number; end: number }) =>
      0 <= start && start <= end && end <= text.length;
    const own = lens(analysis);
    assert.ok(!own || isInside(own.span));
    for (const { span } of links(analysis)) assert.ok(isInside(span) && span.start < span.end, text);
    for (const { offset } of inlayHints(analysis, { start: 0, end: text.length }))
      assert.ok(isInside({ start: offset, end: offset }));
    count += links(analysis).length;
  }
  assert.ok(count > 50, `only ${count} links`);
});

test('everything that is offered in an empty file can be described, or is not known', () => {
  const analysis = analysisOf('FROM ');
  const items = complete(analysis, 5)?.items ?? [];
  const described = items.map(({ reference }) => reference && describeImage(analysis.catalog, reference, today));
  assert.ok(described.filter(Boolean).length > items.length * 0.8);
  for (const one of described) {
    if (!one) continue;
    assert.doesNotMatch(one.markdown, /\bundefined\b|\bNaN\b|\bnull\b|\n{3}/);
    assert.ok(one.markdown.split('\n').length <= 12, one.markdown);
    assert.ok(one.detail.length < 120, one.detail);
  }
});

test('no text breaks it', () => {
  const piece = fc.constantFrom(
    ...[
      'FROM ',
      'from',
      ' AS a',
      'COPY --from=',
      ' --chown=',
      'USER ',
      'RUN --mount=type=bind,from=',
      'ARG A=b',
      '$A',
      '${A',
      ':',
      '@',
      '/',
    ],
    ...[
      'python',
      'gcr.io/distroless/static-debian13',
      'a',
      '__proto__',
      'constructor',
      ' ',
      ',',
      '\\',
      '`',
      '"',
      '#',
      '<<E',
      '\n',
      '\r\n',
      '\t',
    ],
  );
  const text = fc.array(piece, { maxLength: 12 }).map((all) => all.join(''));
  fc.assert(
    fc.property(text, fc.nat(40), (source, at) => {
      const analysis = analysisOf(source);
      const offset = Math.min(at, source.length);
      const found = complete(analysis, offset);
      assert.ok(!found || (found.span.start <= offset && offset <= found.span.end && found.span.end <= source.length));
      lens(analysis);
      inlayHints(analysis, { start: 0, end: source.length });
      for (const { target } of links(analysis)) assert.ok(URL.canParse(target));
    }),
    { numRuns: 1000 },
  );
});

test('a very long file is answered', () => {
  const lines = Array.from({ length: 5_000 }, (_, index) => `COPY --from=build /${index} /x/${index}`);
  const text = `FROM golang:1.26 AS build\nRUN go build -o /200 .\nFROM debian:13\n${lines.join('\n')}\nUSER \nFROM `;
  const analysis = analysisOf(text);
  assert.ok(complete(analysis, text.length));
  assert.ok(complete(analysis, text.lastIndexOf('USER ') + 5));
  assert.ok(complete(analysis, text.lastIndexOf('--from=') + 7));
  assert.equal(links(analysis).length, 2);
});
