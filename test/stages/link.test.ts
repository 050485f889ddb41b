import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkStages } from '../../server/src/stages/link.js';
import { parseDockerfile } from '../../server/src/syntax/parse.js';
import { readFixture } from '../support/fixture.js';

/** One line a stage: its name or index, what it is based on, whether the last one needs it. */
function graph(source: string, buildArgs: Readonly<Record<string, string>> = {}): string[] {
  const { stages } = linkStages(parseDockerfile(readFixture(source).text), { buildArgs });
  return stages.map(({ index, name, base, isNeeded, isFinal }) => {
    const target =
      base.kind === 'stage' ? `stage ${base.index}` : base.kind === 'scratch' ? 'scratch' : (base.text ?? '?');
    return `${name ?? index} from ${target}${isFinal ? ', final' : isNeeded ? '' : ', not needed'}`;
  });
}

test('stages by name, whatever the case', () => {
  const source = `
    FROM golang:1.22 AS Build
    FROM build AS test
    FROM scratch
    COPY --from=BUILD /a /a
  `;
  assert.deepEqual(graph(source), ['Build from golang:1.22', 'test from stage 0, not needed', '2 from scratch, final']);
});

test('a name means the last stage of that name before', () => {
  const source = `
    FROM alpine:3.19 AS base
    FROM base AS base
    FROM base
  `;
  assert.deepEqual(graph(source), ['base from alpine:3.19', 'base from stage 0', '2 from stage 1, final']);
});

test('a stage does not see itself or later ones', () => {
  assert.deepEqual(graph('FROM a AS a\nFROM b AS c\nFROM alpine AS b'), [
    'a from a, not needed',
    'c from b, not needed',
    'b from alpine, final',
  ]);
});

test('a number means a stage in COPY --from, never in FROM', () => {
  const source = `
    FROM alpine
    FROM alpine
    FROM scratch
    COPY --from=1 /a /a
  `;
  assert.deepEqual(graph(source), ['0 from alpine, not needed', '1 from alpine', '2 from scratch, final']);
  assert.deepEqual(graph('FROM alpine\nFROM 0'), ['0 from alpine, not needed', '1 from 0, final']);
});

test('what mounts and ONBUILD take from is needed', () => {
  const source = `
    FROM alpine AS one
    FROM alpine AS two
    FROM alpine AS three
    FROM alpine
    RUN --mount=type=bind,from=one,target=/x ls /x
    ADD --from=two /a /a
    ONBUILD COPY --from=three /b /b
  `;
  assert.deepEqual(
    graph(source).map((line) => line.endsWith('not needed')),
    [false, false, false, false],
  );
});

test('need goes through stages', () => {
  const source = `
    FROM alpine AS a
    FROM scratch AS b
    COPY --from=a / /
    FROM b AS c
    FROM alpine AS d
    FROM scratch
    COPY --from=c / /
  `;
  assert.deepEqual(
    graph(source).map((line) => !line.endsWith('not needed')),
    [true, true, true, false, true],
  );
});

test('a name that depends on a build argument may need any stage', () => {
  const source = `
    ARG FROM_STAGE
    FROM alpine AS a
    FROM alpine AS b
    FROM scratch
    COPY --from=$FROM_STAGE / /
  `;
  assert.deepEqual(
    graph(source).map((line) => !line.endsWith('not needed')),
    [true, true, true],
  );
});

test('build arguments in FROM', () => {
  assert.deepEqual(graph('ARG V=3.20\nFROM alpine:${V}'), ['0 from alpine:3.20, final']);
  assert.deepEqual(graph('ARG V=3.20\nFROM alpine:${V}', { V: '3.19' }), ['0 from alpine:3.19, final']);
  assert.deepEqual(graph('ARG V\nFROM alpine:${V}'), ['0 from ?, final']);
  assert.deepEqual(graph('ARG V\nFROM alpine:${V:-edge}'), ['0 from alpine:edge, final']);
  assert.deepEqual(graph('ARG S=build\nFROM alpine AS build\nFROM $S'), ['build from alpine', '1 from stage 0, final']);
  assert.deepEqual(graph('ARG B=scratch\nFROM $B'), ['0 from scratch, final']);
  assert.deepEqual(graph('ARG A=x B=$A\nFROM $B'), ['0 from x, final']);
  assert.deepEqual(graph('ARG A=\'al\'pine\nFROM "$A"'), ['0 from alpine, final']);
});

test('platform arguments are not known, also where they are given a default', () => {
  assert.deepEqual(graph('FROM alpine-$TARGETARCH'), ['0 from ?, final']);
  assert.deepEqual(graph('ARG TARGETARCH=amd64\nFROM alpine-$TARGETARCH'), ['0 from ?, final']);
});

test('files without stages, and FROM without an image', () => {
  assert.deepEqual(graph('ARG A=1'), []);
  assert.deepEqual(graph(''), []);
  assert.deepEqual(graph('FROM'), ['0 from ?, final']);
});

test('every stage may be needed when a build argument names the base of one that is', () => {
  const source = 'ARG KIND\nFROM alpine AS linux\nFROM alpine AS other\nFROM base-${KIND}\n';
  assert.deepEqual(
    graph(source).filter((line) => line.includes('not needed')),
    [],
  );
});
