import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inlayHints } from '../../server/src/features/inlay-hints.js';
import { analysisOf } from '../support/checks.js';

const text = `FROM golang:1.26 AS build
RUN go build -o /app .
FROM nobody/knows AS other
FROM gcr.io/distroless/static-debian13:nonroot
USER root
FROM build
FROM scratch
`;
const everything = { start: 0, end: text.length };

test('behind each image of which something is known, what it brings', () => {
  const hints = inlayHints(analysisOf(text), everything);
  assert.deepEqual(
    hints.map(({ offset, label }) => `${text.slice(0, offset).split(' ').at(-1)} ${label}`),
    [
      'golang:1.26 glibc 2.41 · sh · root',
      'gcr.io/distroless/static-debian13:nonroot no libc · no shell · 65532',
      'build glibc 2.41 · sh · root',
      'scratch no libc · no shell · root',
    ],
  );
});

test('each of the facts has its reason, with the source', () => {
  const [hint] = inlayHints(analysisOf(text), everything);
  assert.equal(hint?.reasons.length, 3);
  assert.match(hint?.reasons[0] ?? '', /^'golang:1\.26' holds glibc 2\.41 \(.+, read 20\d\d-\d\d-\d\d\)\.$/);
});

test('only in the range asked for', () => {
  const analysis = analysisOf(text);
  const [, second] = inlayHints(analysis, everything);
  const place = second?.offset ?? 0;
  assert.equal(inlayHints(analysis, { start: place, end: place }).length, 1);
  assert.deepEqual(inlayHints(analysis, { start: place + 1, end: place + 2 }), []);
});

test('none in templates and where there is no image', () => {
  for (const source of ['FROM {{ .Base }}\n', 'FROM\n', ''])
    assert.deepEqual(inlayHints(analysisOf(source), { start: 0, end: 99 }), []);
});
