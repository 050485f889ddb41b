import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lens } from '../../server/src/features/lens.js';
import { analysisOf } from '../support/checks.js';
import { readFixture } from '../support/fixture.js';

function lensOf(source: string) {
  const { text } = readFixture(source);
  const found = lens(analysisOf(text));
  return found && { at: text.slice(found.span.start, found.span.end), facts: found.facts, hasStages: found.hasStages };
}

test('it stands above the final stage and names who runs, the shell and the libc', () => {
  const source = `
    FROM golang:1.26 AS build
    RUN CGO_ENABLED=0 go build -o /app .
    FROM gcr.io/distroless/base-debian13:nonroot AS final
    COPY --from=build /app /app
  `;
  assert.deepEqual(lensOf(source), {
    at: 'gcr.io/distroless/base-debian13:nonroot',
    facts: 'runs as 65532 · no shell · glibc 2.41',
    hasStages: true,
  });
});

test('it tells what holds at the end of the stage, not what the base brings', () => {
  assert.equal(lensOf('FROM debian:13\nRUN useradd -u 1000 app\nUSER app\n')?.facts, 'runs as 1000 · sh · glibc 2.41');
  assert.equal(lensOf('FROM debian:13 AS a\nUSER 7\nFROM a\n')?.facts, 'runs as 7 · sh · glibc 2.41');
});

test('scratch has nothing, and that is known', () => {
  assert.deepEqual(lensOf('FROM scratch\n'), {
    at: 'scratch',
    facts: 'runs as root · no shell · no libc',
    hasStages: false,
  });
});

test('only known facts are named', () => {
  assert.equal(lensOf('FROM nobody/knows\n')?.facts, '');
  assert.equal(lensOf('FROM nobody/knows\nUSER 1000\n')?.facts, 'runs as 1000');
  assert.equal(lensOf('FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\n')?.facts.includes('root'), false);
});

test('a FROM without image has its place at the keyword', () => {
  assert.equal(lensOf('FROM')?.at, 'FROM');
});

test('none without stages and in templates', () => {
  for (const source of ['', '# only a comment\n', 'ARG A=1\n', 'FROM {{ .Base }}\n'])
    assert.equal(lensOf(source), null);
});
