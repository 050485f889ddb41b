import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { analyze, createWorld } from '../server/src/analyze.js';
import { explain } from '../server/src/features/explain.js';
import { hover } from '../server/src/features/hover.js';
import { ignoreEdits } from '../server/src/features/ignore.js';
import { rules } from '../server/src/rules/index.js';
import { runRules } from '../server/src/rules/run.js';
import type { Span } from '../server/src/text/span.js';

const world = createWorld('2026-11-21');

const fragments = [
  'FROM ',
  'AS build',
  'FROM build\n',
  'FROM golang:1.26 AS build\n',
  'FROM gcr.io/distroless/static-debian13:nonroot\n',
  'FROM gcr.io/distroless/nodejs24-debian13\n',
  'FROM scratch\n',
  'FROM alpine:3.24\n',
  'FROM ${BASE:-debian:13}\n',
  'ARG BASE\n',
  'ARG BASE=alpine\n',
  'RUN ',
  'RUN go build -o /app .\n',
  'RUN CGO_ENABLED=0 go build ./...\n',
  'RUN apk add --no-cache curl bash\n',
  'RUN apt-get update && apt-get install -y vim gcc\n',
  'RUN <<EOF\n',
  'EOF\n',
  'RUN --mount=type=bind,from=build,target=/x cp /x/app /app\n',
  'COPY --from=build /app /app\n',
  'COPY --from=0 / /\n',
  'COPY . .\n',
  'COPY ["a", "b c", "/d/"]\n',
  'ADD x.tar.gz /\n',
  'USER app\n',
  'USER 65532:65532\n',
  'WORKDIR rel\n',
  'ENV A=b PATH=$PATH:/x\n',
  'SHELL ["/bin/bash", "-c"]\n',
  'HEALTHCHECK CMD curl -f localhost || exit 1\n',
  'ENTRYPOINT ["/app"]\n',
  'ENTRYPOINT exec /app\n',
  'CMD ["node", "server.js"]\n',
  'CMD /app --x\n',
  'ONBUILD RUN ',
  '# distroless ignore=x -- y\n',
  '# syntax=docker/dockerfile:1\n',
  '# escape=`\n',
  '\\\n',
  '`\n',
  '\r\n',
  '\n',
  ' ',
  '\t',
  '"',
  "'",
  '$',
  '{',
  '}',
  '${',
  '$(',
  '[',
  ']',
  '&&',
  '||',
  '|',
  ';',
  '(',
  ')',
  '<<',
  '>',
  '\u0000',
  '\ufeff',
  '😀',
  '\ud800',
  '{{ .x }}',
  '--',
  '=',
  ':',
  '@sha256:',
  '#',
  'if ',
  'then ',
  'fi',
  'for x in ',
  'do ',
  'done',
];

function inside(span: Span, length: number): boolean {
  return 0 <= span.start && span.start <= span.end && span.end <= length;
}

/** Everything that a host may ask of a text; fails on a throw, a fault of a rule, or a span outside the text. */
function exercise(text: string, cursor: number): void {
  const analysis = analyze(text, world);
  const { findings, faults } = runRules(analysis, { severities: {} });
  for (const finding of findings) {
    assert.ok(inside(finding.span, text.length), finding.rule.meta.id);
    for (const fix of [...finding.fixes(), ...ignoreEdits(analysis, finding)]) {
      for (const { span } of fix.edits) assert.ok(inside(span, text.length), `${finding.rule.meta.id}: ${fix.title}`);
    }
  }
  assert.deepEqual(faults, []);
  const card = hover(analysis, cursor);
  if (card) assert.ok(inside(card.span, text.length));
  const stages = analysis.file.isTemplate ? 0 : analysis.stages.length;
  assert.equal(explain(analysis, 'Dockerfile').stages.length, stages);
}

test('nothing throws on texts made of pieces of Dockerfiles', () => {
  const texts = fc.array(fc.constantFrom(...fragments), { maxLength: 40 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, fc.nat(), (text, at) => exercise(text, at % (text.length + 1))),
    { numRuns: 1500 },
  );
});

test('nothing throws on any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => exercise(`FROM alpine\n${text}`, text.length)),
    { numRuns: 500 },
  );
});

for (const sample of readdirSync('samples')) {
  test(`samples/${sample}: nothing throws wherever the text is cut off`, () => {
    const text = readFileSync(join('samples', sample, 'Dockerfile'), 'utf8');
    for (let end = 0; end <= text.length; end++) exercise(text.slice(0, end), end);
  });
}

test('nothing throws on the examples of the rules wherever they are cut off', () => {
  for (const { docs } of rules) {
    for (let end = 0; end <= docs.bad.length; end++) exercise(docs.bad.slice(0, end), end);
  }
});
