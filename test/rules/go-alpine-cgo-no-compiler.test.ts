import { test } from 'node:test';
import rule from '../../server/src/rules/go-alpine-cgo-no-compiler.js';
import { checkFix, checkRule, checkSilent } from '../support/checks.js';

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
