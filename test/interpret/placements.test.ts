import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placedAt, type Placed } from '../../server/src/interpret/placements.js';
import { analysisOf } from '../support/checks.js';
import { readFixture } from '../support/fixture.js';
import type { MemoryFiles } from '../support/memory-tree.js';

const files: MemoryFiles = {
  'package.json': '{}',
  'package-lock.json': '{"lockfileVersion":3}',
  'server.js': '',
  'docker/entrypoint.sh': '#!/bin/sh\n',
  'docker/other.sh': '#!/bin/sh\n',
  'src/main.go': 'package main',
  'src/deep/x.go': 'package deep',
};

function at(source: string, path: string, given = files): Placed | null {
  const analysis = analysisOf(readFixture(source).text, { files: given });
  const stage = analysis.stages.at(-1);
  assert.ok(stage);
  return placedAt(stage.end, path, analysis.context);
}

/** The path in the context, with a question mark where that is not certain. */
function origin(source: string, path: string): string | null {
  const placed = at(source, path);
  if (!placed) return null;
  return `${placed.kind === 'file' ? placed.path : 'text'}${placed.isSure ? '' : '?'}`;
}

const cases: readonly (readonly [title: string, instructions: string, path: string, from: string | null])[] = [
  ['a file by name', 'COPY server.js /app/server.js', '/app/server.js', 'server.js'],
  ['a file under a new name', 'COPY docker/entrypoint.sh /start', '/start', 'docker/entrypoint.sh'],
  ['into a directory', 'COPY docker/entrypoint.sh /bin/', '/bin/entrypoint.sh', 'docker/entrypoint.sh'],
  ['several into a directory', 'COPY package.json server.js /app/', '/app/server.js', 'server.js'],
  ['below WORKDIR', 'WORKDIR /app\nCOPY package.json ./', '/app/package.json', 'package.json'],
  ['by a pattern', 'WORKDIR /app\nCOPY package*.json ./', '/app/package-lock.json', 'package-lock.json'],
  ['not by another pattern', 'WORKDIR /app\nCOPY package*.json ./', '/app/server.js', null],
  ['all', 'COPY server.js /x\nWORKDIR /app\nCOPY . .', '/app/src/deep/x.go', 'src/deep/x.go'],
  ['what a directory holds', 'COPY src /app', '/app/deep/x.go', 'src/deep/x.go'],
  ['what a directory holds, not under its name', 'COPY src /app/', '/app/src/main.go', null],
  ['with its parents', 'COPY --parents src/main.go /app/', '/app/src/main.go', 'src/main.go'],
  ['through cp', 'COPY . /app\nRUN cp /app/docker/entrypoint.sh /usr/bin/go', '/usr/bin/go', 'docker/entrypoint.sh'],
  ['through mv', 'COPY . /app\nRUN mv /app/docker /scripts', '/scripts/other.sh', 'docker/other.sh'],
  ['not where it was moved from', 'COPY server.js /a/server.js\nRUN mv /a/server.js /b/', '/a/server.js', null],
  ['not after it was removed', 'COPY server.js /a/server.js\nRUN rm -rf /a', '/a/server.js', null],
  ['not after it was written anew', 'COPY server.js /a.js\nRUN echo 1 > /a.js', '/a.js', null],
  ['not after it was edited', "COPY docker/entrypoint.sh /e\nRUN sed -i 's/\\r$//' /e", '/e', null],
  [
    'not after all were edited',
    'COPY . /a\nRUN find /a -name "*.sh" -exec dos2unix {} +',
    '/a/docker/entrypoint.sh',
    null,
  ],
  ['after a look', 'COPY docker/entrypoint.sh /e\nRUN sed -n 1p /e && chmod +x /e', '/e', 'docker/entrypoint.sh'],
  ['less surely after what is not understood', 'COPY server.js /a.js\nRUN ./mystery', '/a.js', 'server.js?'],
  ['less surely after an archive', 'COPY server.js /a/a.js\nRUN tar -xf /x.tar -C /a', '/a/a.js', 'server.js?'],
  ['the last of two', 'COPY docker/entrypoint.sh /e\nCOPY docker/other.sh /e', '/e', 'docker/other.sh'],
  ['kept by a copy beside it', 'COPY . /app\nCOPY src /app/lib', '/app/package.json', 'package.json'],
  ['not what is left out', 'COPY --exclude=*.js . /app', '/app/server.js', null],
  ['but what is not left out', 'COPY --exclude=*.md . /app\nCOPY server.js /x', '/app/server.js', 'server.js'],
  ['not from the web', 'ADD https://example.com/server.js /server.js', '/server.js', null],
  ['not where a name is not known', 'ARG NAME\nCOPY $NAME /server.js', '/server.js', null],
  ['a heredoc', "COPY <<'EOF' /e\n#!/bin/sh\nEOF", '/e', 'text'],
  ['not a heredoc with variables', 'COPY <<EOF /e\n#!$SHELL\nEOF', '/e', null],
  ['not below what a mount shows', 'RUN --mount=type=bind,target=/src true', '/src/server.js', null],
];

for (const [title, instructions, path, expected] of cases) {
  test(title, () => {
    // The named file makes the root of the context certain.
    const source = `FROM alpine:3.22\nCOPY package.json /sure\n${instructions}\n`;
    assert.equal(origin(source, path), expected);
  });
}

test('through a stage and its continuation', () => {
  const source = `
    FROM alpine:3.22 AS files
    WORKDIR /app
    COPY package.json docker/entrypoint.sh ./
    FROM files AS more
    FROM alpine:3.22
    COPY --from=more /app/ /srv/
    COPY --from=more /app/entrypoint.sh /
  `;
  assert.equal(origin(source, '/srv/package.json'), 'package.json');
  assert.equal(origin(source, '/entrypoint.sh'), 'docker/entrypoint.sh');
  assert.equal(at(source, '/entrypoint.sh')?.because.length, 2);
});

test('inside a RUN its mounts are seen', () => {
  const text = 'FROM alpine:3.22\nWORKDIR /app\nRUN --mount=type=bind,source=package.json,target=package.json true\n';
  const analysis = analysisOf(text, { files });
  const step = analysis.stages[0]?.steps.at(-1);
  assert.ok(step);
  const [command] = step.commands;
  assert.ok(command);
  assert.equal(command.cwd, '/app');
  const placed = placedAt(command.before, '/app/package.json', analysis.context);
  assert.equal(placed?.kind === 'file' && placed.path, 'package.json');
  assert.equal(placedAt(step.after, '/app/package.json', analysis.context), null);
});

test('what the build is given may have changed when its root is a guess', () => {
  const text = 'FROM alpine:3.22\nCOPY . /app\n';
  const analysis = analysisOf(text, { files: { 'docker/server.js': '' }, path: 'docker/Dockerfile' });
  const stage = analysis.stages[0];
  assert.ok(stage);
  assert.equal(placedAt(stage.end, '/app/server.js', analysis.context)?.isSure, false);
});

test('a chain of many copies ends', () => {
  const stages = Array.from(
    { length: 60 },
    (_, index) => `FROM alpine:3.22 AS s${index + 1}\nCOPY --from=s${index} /a /a\n`,
  );
  assert.equal(origin(`FROM alpine:3.22 AS s0\nCOPY server.js /a\n${stages.join('')}`, '/a'), null);
});

test('copies that could each be one of many ways are looked at only so often', () => {
  const stages = Array.from({ length: 30 }, (_, index) =>
    [
      `FROM alpine:3.22 AS s${index + 1}`,
      ...['a', 'b', 'c'].map((name) => `COPY --from=s${index} /x/${name} /x/`),
    ].join('\n'),
  );
  assert.equal(origin(`FROM alpine:3.22 AS s0\nCOPY . /x/\n${stages.join('\n')}\n`, '/x/a/b'), null);
});
