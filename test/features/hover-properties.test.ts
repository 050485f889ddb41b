import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hover } from '../../server/src/features/hover.js';
import { rules } from '../../server/src/rules/index.js';
import { analysisOf } from '../support/checks.js';

const difficult = [
  '',
  'FROM',
  'FROM ',
  'FROM a AS',
  'CMD ["a"]\n',
  'ARG A\nFROM ${A:-} AS b\nCOPY --from=${A} a b\n',
  'FROM a AS b\nFROM b AS a\nCOPY --from=a --from=b x y\nCOPY --from= x y\n',
  'FROM scratch\nUSER\nWORKDIR\nCMD\nENTRYPOINT []\nHEALTHCHECK\nSHELL []\nRUN\n',
  'FROM alpine\r\nRUN apk add \\\r\n  # note\r\n  curl \\\r\n  gcc\r\nCMD ["a", \\\r\n "b"]\r\n',
  'FROM debian\nRUN <<EOF\napt-get install -y gcc\nEOF\nCOPY <<a <<b /x/\na\na\nb\nb\nCMD a `b` | c\n',
  '# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nWORKDIR C:\\app\nUSER ContainerUser\nCMD a.exe `\n b\n',
  'FROM {{ .Base }}\nCMD ["a"]\n',
  'FROM node:24\nUSER a:b:c\nCMD ["\u0000", "`|<b>", "$(x)"]\nONBUILD USER x\n',
];

const samples = [...difficult, ...rules.flatMap(({ docs }) => [docs.bad, docs.good])];

test('no place in a file is without an answer or a null, and the span holds the place', () => {
  let count = 0;
  for (const text of samples) {
    const analysis = analysisOf(text);
    for (let offset = -1; offset <= text.length + 1; offset++) {
      const found = hover(analysis, offset);
      if (!found) continue;
      count++;
      assert.ok(found.span.start <= offset && offset <= found.span.end, `${offset} in ${text}`);
      assertWellSet(found.markdown, text);
    }
  }
  assert.ok(count > 1000, `only ${count} hovers`);
});

test('a very long file is answered at every kind of place', () => {
  const lines = Array.from({ length: 60_000 }, (_, index) =>
    index % 200 === 0 ? `COPY --from=build /${index} /x/${index}` : `ENV A${index}=${index}`,
  );
  const text = `FROM golang:1.26 AS build\nRUN go build -o /200 .\nFROM debian:13\n${lines.join('\n')}\nCMD ["/x/200"]\n`;
  const analysis = analysisOf(text);
  const places = [
    5,
    text.indexOf('build'),
    text.indexOf('debian'),
    text.lastIndexOf('--from=') + 3,
    text.lastIndexOf('CMD') + 1,
  ];
  for (const place of places) assert.ok(hover(analysis, place), `nothing at ${place}`);
  for (let step = 0; step < 100; step++) hover(analysis, Math.floor((text.length * step) / 100));
});

/** Short, closed code spans, no HTML, no links but to the web, nothing that slipped through unnamed. */
function assertWellSet(markdown: string, text: string): void {
  const lines = markdown.split('\n').filter((line) => line.trim() !== '');
  assert.ok(lines.length <= 20, markdown);
  assert.equal(markdown, markdown.trim());
  assert.doesNotMatch(markdown, /\bundefined\b|\bNaN\b|\[object|\bnull\b/, text);
  const outside = markdown.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
  assert.doesNotMatch(outside, /`|(?<!\\)<|\]\((?!https:\/\/)/, markdown);
  assert.doesNotMatch(markdown, /\n{3}/);
}
