import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goProgram } from '../../server/src/interpret/go-program.js';
import { analysisOf } from '../support/checks.js';
import type { MemoryFiles } from '../support/memory-tree.js';

const module = { 'go.mod': 'module example.com/app\n\nrequire github.com/a/b v1.0.0\n' };
const importing = (...paths: string[]) => `package x\n\nimport (\n${paths.map((path) => `\t"${path}"\n`).join('')})\n`;

/** The program that the last go command of the file builds. */
function programOf(lines: string, files: MemoryFiles) {
  const { stages } = analysisOf(`FROM golang:1.26\nWORKDIR /src\n${lines}\n`, { files: { ...module, ...files } });
  const steps = stages.flatMap((stage) => stage.steps.flatMap(({ commands }) => commands));
  const sources = steps.findLast(({ go }) => go)?.go?.sources;
  return sources ? goProgram(sources) : null;
}

const importsOf = (lines: string, files: MemoryFiles) => [...(programOf(lines, files)?.imports.keys() ?? [])];

test('follows the packages of the module, and no others', () => {
  const files = {
    'main.go': importing('fmt', 'example.com/app/a'),
    'a/a.go': importing('example.com/app/a/b', 'github.com/a/b'),
    'a/b/b.go': importing('net', 'example.com/app'),
    'c/c.go': importing('os/user'),
  };
  const program = programOf('COPY . .\nRUN go build', files);
  assert.deepEqual([...(program?.imports.keys() ?? [])], ['fmt', 'github.com/a/b', 'net']);
  assert.equal(program?.isWhole, true);
});

test('starts from the packages or files that are named', () => {
  const files = { 'main.go': importing('fmt'), 'tool.go': importing('net'), 'cmd/a/a.go': importing('os') };
  assert.deepEqual(importsOf('COPY . .\nRUN go build ./cmd/a', files), ['os']);
  assert.deepEqual(importsOf('COPY . .\nRUN go build -o x main.go', files), ['fmt']);
  assert.deepEqual(importsOf('COPY . .\nRUN go build example.com/app/cmd/a', files), ['os']);
  assert.deepEqual(importsOf('COPY . .\nRUN cd cmd && go build ./a', files), ['os']);
  assert.equal(programOf('COPY . .\nRUN go build ./...', files)?.isWhole, false);
  assert.equal(programOf('COPY . .\nRUN go build github.com/other/tool', files)?.isWhole, false);
});

test('reads what the copies brought, from wherever', () => {
  const files = { 'service/go.mod': 'module example.com/service\n', 'service/main.go': importing('net') };
  assert.deepEqual(importsOf('COPY service/go.mod ./\nCOPY service/*.go ./\nRUN go build', files), ['net']);
  assert.deepEqual(
    importsOf('COPY service /src\nFROM golang:1.26\nCOPY --from=0 /src /x\nRUN cd /x && go build', files),
    ['net'],
  );
  assert.deepEqual(importsOf('COPY go.mod ./\nRUN go build', files), []);
});

test('a module below the module is another one', () => {
  const files = {
    'go.mod': 'module example.com/app\n\nrequire example.com/app/api v0.0.0\nreplace example.com/app/api => ./api\n',
    'main.go': importing('example.com/app/api/v1'),
    'api/v1/x.go': importing('net'),
  };
  assert.deepEqual(importsOf('COPY . .\nRUN go build', files), ['example.com/app/api/v1']);
});

test('files of tests and of other systems do not count, nor do those that may not take part for certain', () => {
  const files = {
    'main.go': importing('fmt'),
    'main_test.go': importing('net'),
    'main_windows.go': importing('os/user'),
    'main_arm64.go': importing('example.com/app/arm'),
    'arm/arm.go': importing('net/http'),
  };
  const program = programOf('COPY . .\nRUN go build', files);
  const found = [...(program?.imports.values() ?? [])].map(({ path, isSure }) => `${path} ${isSure}`);
  assert.deepEqual(found, ['fmt true', 'net/http false']);
});

test('a package that is imported in circles or is missing ends the walk', () => {
  const files = {
    'main.go': importing('example.com/app/a'),
    'a/a.go': importing('example.com/app', 'example.com/app/b'),
  };
  const program = programOf('COPY . .\nRUN go build', files);
  assert.deepEqual([...(program?.imports.keys() ?? [])], []);
  assert.equal(program?.isWhole, false);
});

test('a large program is not read to the end', () => {
  const files: Record<string, string> = { 'main.go': importing('example.com/app/p0') };
  for (let index = 0; index < 300; index++) files[`p${index}/x.go`] = importing(`example.com/app/p${index + 1}`, 'fmt');
  assert.equal(programOf('COPY . .\nRUN go build', files)?.isWhole, false);
  const many = `COPY . .\n${'RUN go build\n'.repeat(100)}`;
  assert.equal(programOf(many, { 'main.go': importing('fmt') }), null);
});
