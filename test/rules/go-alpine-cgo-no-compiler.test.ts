import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/go-alpine-cgo-no-compiler.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

const inAlpine = (lines: string, base = 'golang:1.26-alpine') => `
FROM ${base}
WORKDIR /src
COPY . .
${lines}
`;

const isSilent = (lines: string, base?: string) => checkSilent(rule, inAlpine(lines, base));

test('reports the race detector where there is no C compiler', () => {
  checkRule(
    rule,
    inAlpine(`RUN go test -race ./...
#   ^^^^^^^^^^^^^^^^^^^ fixable: 'go test -race' needs cgo, and this stage has no C compiler.`),
  );
});

test('warns of cgo that is turned on, which a program of plain Go does not need', () => {
  checkRule(
    rule,
    inAlpine(`ENV CGO_ENABLED=1
RUN go build -o /app .
#   ^^^^^^^^^^^^^^^^^^ fixable: (warning) 'go build' runs with cgo on, and this stage has no C compiler.`),
  );
  checkRule(
    rule,
    inAlpine(`RUN CGO_ENABLED=1 GOOS=linux go build -o /app .
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) 'go build' runs with cgo on, and this stage has no C compiler.`),
  );
  checkRule(
    rule,
    inAlpine(`RUN go env -w CGO_ENABLED=1
RUN go install ./...
#   ^^^^^^^^^^^^^^^^ fixable: (warning) 'go install' runs with cgo on, and this stage has no C compiler.`),
  );
});

test('warns of gcc without the headers of the C library', () => {
  checkRule(
    rule,
    inAlpine(`RUN apk add --no-cache git gcc
ENV CGO_ENABLED=1
RUN go build -o /app .
#   ^^^^^^^^^^^^^^^^^^ fixable: (warning) 'go build' runs with cgo on, and this stage has gcc but no C headers (musl-dev).`),
  );
});

test('follows what a parent stage has and lacks, and reports a stage once', () => {
  checkRule(
    rule,
    `
FROM golang:1.26-alpine AS base
RUN apk add --no-cache git
ENV CGO_ENABLED=1
FROM base
RUN go build ./cmd/a
#   ^^^^^^^^^^^^^^^^ fixable: (warning) 'go build' runs with cgo on, and this stage has no C compiler.
RUN go build ./cmd/b
`,
  );
  checkSilent(
    rule,
    `
FROM golang:1.26-alpine AS base
RUN apk add --no-cache build-base
FROM base
RUN CGO_ENABLED=1 go build ./cmd/a
`,
  );
});

test('warns only, before Go 1.20 and where the command may be skipped', () => {
  checkRule(
    rule,
    inAlpine(
      `RUN go test -race ./...
#   ^^^^^^^^^^^^^^^^^^^ fixable: (warning) 'go test -race' needs cgo, and this stage has no C compiler.`,
      'golang:1.19-alpine',
    ),
  );
  checkRule(
    rule,
    inAlpine(`RUN go test -race ./... || true
#   ^^^^^^^^^^^^^^^^^^^ fixable: (warning) 'go test -race' needs cgo, and this stage has no C compiler.`),
  );
});

test('is silent where a compiler is there or may be there', () => {
  isSilent('RUN apk add --no-cache gcc musl-dev\nRUN CGO_ENABLED=1 go build .');
  isSilent('RUN apk add --no-cache build-base\nRUN CGO_ENABLED=1 go build .');
  isSilent('RUN apk add --no-cache gcc libc-dev\nRUN CGO_ENABLED=1 go build .');
  isSilent('RUN apk add --no-cache gcc g++\nRUN CGO_ENABLED=1 go build .');
  isSilent('RUN apk add --no-cache gcc zlib-dev\nRUN CGO_ENABLED=1 go build .');
  isSilent('RUN ./install-toolchain.sh\nRUN CGO_ENABLED=1 go build .');
  isSilent('RUN CGO_ENABLED=1 go build .', 'golang:1.26');
  isSilent('RUN go test -race ./...', 'registry.example.com/golang:alpine');
});

test('is silent where another compiler is chosen, and without cgo', () => {
  isSilent('ENV CC="zig cc"\nRUN CGO_ENABLED=1 go build .');
  isSilent('RUN apk add --no-cache clang musl-dev\nENV CC=clang\nRUN CGO_ENABLED=1 go build .');
  isSilent('RUN go build .');
  isSilent('RUN CGO_ENABLED=0 go build .');
  isSilent('ARG CGO_ENABLED\nRUN go build .');
  isSilent('ENV CGO_ENABLED=1\nRUN go mod download');
});

test('fix: installs the compiler with the headers', () => {
  checkFix(
    rule,
    'FROM golang:1.26-alpine AS test\r\nRUN go test -race ./...\r\n',
    'FROM golang:1.26-alpine AS test\r\nRUN apk add --no-cache gcc musl-dev\r\nRUN go test -race ./...\r\n',
  );
});

test('fix: adds the headers to the compiler', () => {
  checkFix(
    rule,
    'FROM golang:1.26-alpine\nRUN apk add --no-cache gcc git\nRUN CGO_ENABLED=1 go build .\n',
    'FROM golang:1.26-alpine\nRUN apk add --no-cache gcc musl-dev git\nRUN CGO_ENABLED=1 go build .\n',
  );
});

const module = { 'go.mod': 'module example.com/app\n' };
const main = (imported: string) => ({ ...module, 'main.go': `package main\n\nimport "${imported}"\n` });
const cgoOn = inAlpine('RUN CGO_ENABLED=1 go build -o /app .');

test('is certain where the sources show that the program needs cgo, and silent where they show that it does not', () => {
  const severities = (files: Readonly<Record<string, string>>) =>
    findingsOf(rule, cgoOn, { files }).map(({ severity }) => severity);
  assert.deepEqual(severities(main('net/http')), ['error']);
  assert.deepEqual(severities(main('github.com/mattn/go-sqlite3')), ['error']);
  assert.deepEqual(severities(main('fmt')), []);
  assert.deepEqual(severities(main('example.com/other')), ['warning']);
  assert.deepEqual(severities({ ...main('fmt'), 'more.go': 'package main\n\nimport "example.com/app/x"\n' }), [
    'warning',
  ]);
});

const kafka = {
  'go.mod': 'module example.com/app\nrequire github.com/confluentinc/confluent-kafka-go/v2 v2.11.1\n',
  'main.go': 'package main\n\nimport "github.com/confluentinc/confluent-kafka-go/v2/kafka"\n',
};

const withGcc = (command: string) => inAlpine(`RUN apk add --no-cache gcc musl-dev\nRUN ${command}`);

test('reports a Kafka client that is linked with a library for glibc', () => {
  const [finding] = findingsOf(rule, withGcc('go build -o /app .'), { files: kafka });
  assert.equal(finding?.severity, 'error');
  assert.equal(
    finding?.message,
    "'go build' links 'github.com/confluentinc/confluent-kafka-go/v2/kafka' with a library for glibc, and this stage has musl: the build tag musl takes the other one.",
  );
  const options = { files: kafka };
  checkFix(rule, withGcc('go build -o /app .'), withGcc('go build -tags musl -o /app .'), options);
  assert.deepEqual(fixTitles(rule, withGcc('go build -tags netgo -o /app .'), options), []);
});

test('is silent about a Kafka client whose tags choose, or may choose, and about one that brings no library', () => {
  const silent = (command: string, files = kafka) => checkSilent(rule, withGcc(command), { files });
  silent('go build -tags musl -o /app .');
  silent('GOFLAGS=-tags=dynamic go build -o /app .');
  silent('CGO_ENABLED=0 go build -o /app .');
  checkSilent(rule, inAlpine('ARG TAGS\nRUN apk add gcc musl-dev && go build -tags "$TAGS" -o /app .'), {
    files: kafka,
  });
  checkSilent(rule, withGcc('go build -o /app .').replace('-alpine', ''), { files: kafka });
  silent('go build -o /app .', {
    ...kafka,
    'go.mod': kafka['go.mod'].replaceAll('/v2', '').replace('v2.11.1', 'v1.3.0'),
  });
});
