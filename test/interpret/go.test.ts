import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facts } from '../support/facts.js';

type Case = readonly [name: string, base: string, script: string, linkage: string];

/** How /app is linked after `RUN script`, or after the lines given. */
const cases: readonly Case[] = [
  ['Alpine without a compiler', 'golang:1.22-alpine', 'go build -o /app .', 'static'],
  ['Alpine, newest', 'golang:alpine', 'go build -o /app .', 'static'],
  ['Alpine before Go 1.20', 'golang:1.19-alpine', 'go build -o /app .', 'cgo'],
  ['Alpine with gcc', 'golang:1.22-alpine', 'apk add gcc musl-dev && go build -o /app .', 'cgo'],
  ['Alpine with g++', 'golang:1.22-alpine', 'apk add g++ && go build -o /app .', 'cgo'],
  ['Alpine with build-base', 'golang:1.22-alpine', 'apk add --no-cache build-base && go build -o /app .', 'cgo'],
  ['Alpine with git and make', 'golang:1.22-alpine', 'apk add --no-cache git make && go build -o /app .', 'static'],
  ['Alpine, gcc removed again', 'golang:1.22-alpine', 'apk add gcc && apk del gcc && go build -o /app .', 'static'],
  ['Alpine, perhaps gcc', 'golang:1.22-alpine', 'if [ "$X" ]; then apk add gcc; fi; go build -o /app .', 'unknown'],
  ['Alpine after an unknown command', 'golang:1.22-alpine', './setup.sh && go build -o /app .', 'unknown'],
  ['Debian', 'golang:1.21', 'go build -o /app .', 'cgo'],
  ['Debian, newest', 'golang', 'go build -o /app .', 'cgo'],
  ['Debian by name', 'golang:1.22-bookworm', 'go build -o /app .', 'cgo'],
  ['Chainguard', 'cgr.dev/chainguard/go', 'go build -o /app .', 'cgo'],
  ['an image that is not known', 'example.com/go', 'go build -o /app .', 'unknown'],
  ['an image that is not known, prefix', 'example.com/go', 'CGO_ENABLED=0 go build -o /app .', 'static'],
  ['prefix 0', 'golang:1.21', 'CGO_ENABLED=0 go build -o /app .', 'static'],
  ['prefix 1', 'golang:1.22-alpine', 'CGO_ENABLED=1 go build -o /app .', 'cgo'],
  ['env', 'golang:1.21', 'env CGO_ENABLED=0 GOOS=linux go build -o /app .', 'static'],
  ['export', 'golang:1.21', 'export CGO_ENABLED=0 && go build -o /app .', 'static'],
  ['export later', 'golang:1.21', 'CGO_ENABLED=0; export CGO_ENABLED; go build -o /app .', 'static'],
  ['not exported', 'golang:1.21', 'CGO_ENABLED=0; go build -o /app .', 'cgo'],
  ['export in a subshell', 'golang:1.21', '(export CGO_ENABLED=0; go build -o /other .) && go build -o /app .', 'cgo'],
  ['export that may not happen', 'golang:1.21', '[ "$X" ] && export CGO_ENABLED=0; go build -o /app .', 'unknown'],
  ['unset', 'golang:1.21', 'export CGO_ENABLED=0; unset CGO_ENABLED; go build -o /app .', 'cgo'],
  ['go env -w', 'golang:1.21', 'go env -w CGO_ENABLED=0 && go build -o /app .', 'static'],
  [
    'go env -w, and the environment',
    'golang:1.21',
    'go env -w CGO_ENABLED=0 && CGO_ENABLED=1 go build -o /app .',
    'cgo',
  ],
  ['go env -w of another variable', 'golang:1.21', 'go env -w GOPROXY=direct && go build -o /app .', 'cgo'],
  ['an unknown value', 'golang:1.21', 'CGO_ENABLED=$(cat cgo) go build -o /app .', 'unknown'],
  ['a value that Go does not take', 'golang:1.21', 'CGO_ENABLED=false go build -o /app .', 'cgo'],
  ['sourced settings', 'golang:1.21', '. /build.env; go build -o /app .', 'unknown'],
  ['strip flags', 'golang:1.21', "go build -ldflags='-s -w' -o /app .", 'cgo'],
  ['version flags', 'golang:1.21', 'go build -ldflags "-X main.v=$(git describe)" -o /app .', 'cgo'],
  ['hidden flags', 'golang:1.21', 'go build -ldflags "$LDFLAGS" -o /app .', 'cgo'],
  ['hidden flags of a command', 'golang:1.21', 'go build -ldflags "$(./flags)" -o /app .', 'unknown'],
  ['hidden flags, no cgo', 'golang:1.21', 'CGO_ENABLED=0 go build -ldflags "$(./flags)" -o /app .', 'static'],
  [
    'static by the external linker',
    'golang:1.21',
    'go build -ldflags \'-linkmode external -extldflags "-static"\' -o /app .',
    'static',
  ],
  ['static only if external', 'golang:1.21', 'go build -ldflags \'-extldflags "-static"\' -o /app .', 'unknown'],
  [
    'pure and static',
    'golang:1.21',
    "go build -tags netgo,osusergo -ldflags '-extldflags=-static' -o /app .",
    'static',
  ],
  ['pure net only', 'golang:1.21', 'go build -tags netgo -o /app .', 'unknown'],
  ['external linking', 'golang:1.21', 'go build -ldflags="-linkmode=external" -o /app .', 'dynamic'],
  ['race detector', 'golang:1.21', 'go build -race -o /app .', 'dynamic'],
  ['PIE without cgo', 'golang:1.21', 'CGO_ENABLED=0 go build -buildmode=pie -o /app .', 'unknown'],
  ['GOFLAGS', 'golang:1.21', 'GOFLAGS=-race go build -o /app .', 'dynamic'],
  ['GOOS=linux', 'golang:1.21', 'GOOS=linux go build -o /app .', 'cgo'],
  ['GOOS=windows', 'golang:1.21', 'GOOS=windows go build -o /app .', 'unknown'],
  ['GOARCH=amd64', 'golang:1.21', 'GOOS=linux GOARCH=amd64 go build -o /app .', 'cgo'],
  ['GOARCH=arm64', 'golang:1.21', 'GOARCH=arm64 go build -o /app .', 'unknown'],
  ['GOARCH=arm64 without cgo', 'golang:1.21', 'CGO_ENABLED=0 GOARCH=arm64 go build -o /app .', 'static'],
  ['another compiler', 'golang:1.22-alpine', 'CC=clang go build -o /app .', 'unknown'],
  ['xx-go', 'golang:1.21', 'xx-go build -o /app .', 'unknown'],
  ['xx-go without cgo', 'golang:1.21', 'CGO_ENABLED=0 xx-go build -o /app .', 'static'],
  ['by its path', 'golang:1.22-alpine', '/usr/local/go/bin/go build -o /app .', 'static'],
  ['-C', 'golang:1.22-alpine', 'go build -C cmd -o /app .', 'static'],
  ['-o=', 'golang:1.22-alpine', 'go build -o=/app .', 'static'],
  ['-o in a folder', 'golang:1.22-alpine', 'mkdir /out && go build -o /out . && cp /out/x /app', 'static'],
  ['-o folder/', 'golang:1.22-alpine', 'go build -o /out/ ./... && mv /out/x /app', 'static'],
  [
    '-o with a name that is not known',
    'golang:1.22-alpine',
    'go build -o /out/$(basename x) . && mv /out/x /app',
    'static',
  ],
  ['without -o', 'golang:1.22-alpine', 'go build ./cmd/server && mv server /app', 'static'],
  ['without -o, of a file', 'golang:1.22-alpine', 'go build main.go && mv main /app', 'static'],
  ['without -o, of the module', 'golang:1.22-alpine', 'cd /src && go build && mv prog /app', 'static'],
  ['without -o, of everything', 'golang:1.22-alpine', 'cd /src && go build ./... && mv prog /app', 'none'],
  ['go install', 'golang:1.22-alpine', 'go install ./... && mv /go/bin/x /app', 'static'],
  ['go install of an address', 'golang:1.21', 'go install example.com/a/tool/v2@latest && mv /go/bin/tool /app', 'cgo'],
  [
    'go install with GOBIN',
    'golang:1.22-alpine',
    'GOBIN=/bin go install example.com/a/tool@v1 && mv /bin/tool /app',
    'static',
  ],
  ['go test -c', 'golang:1.22-alpine', 'go test -c -o /app .', 'static'],
  ['sh -c', 'golang:1.21', 'sh -c "CGO_ENABLED=0 go build -o /app ."', 'static'],
  ['exec form', 'golang:1.21', '["go", "build", "-o", "/app", "."]', 'cgo'],
  ['two ways that agree', 'golang:1.21', 'if x; then go build -o /app .; else go build -tags a -o /app .; fi', 'cgo'],
  [
    'two ways that differ',
    'golang:1.21',
    'if x; then CGO_ENABLED=0 go build -o /app .; else go build -o /app .; fi',
    'unknown',
  ],
  ['go vet builds nothing', 'golang:1.21', 'go vet ./... && go mod download', 'none'],
];

for (const [name, base, script, linkage] of cases) {
  test(`Go: ${name}`, () => assert.equal(facts(`FROM ${base}\nWORKDIR /src\nRUN ${script}`).linkage('/app'), linkage));
}

/** What stands around `RUN go build`, in place of the dots. */
const settings: readonly [around: string, linkage: string, buildArgs?: Record<string, string>][] = [
  ['FROM golang:1.21\nENV CGO_ENABLED=0\n…', 'static'],
  ['FROM golang:1.21\nENV CGO_ENABLED 0\n…', 'static'],
  ['FROM golang:1.21\nARG CGO_ENABLED=0\n…', 'static'],
  ['FROM golang:1.21\nARG CGO_ENABLED\n…', 'unknown'],
  ['FROM golang:1.21\nARG CGO_ENABLED\n…', 'static', { CGO_ENABLED: '0' }],
  ['FROM golang:1.21\nENV CGO_ENABLED=0\nENV CGO_ENABLED=1\n…', 'cgo'],
  ['FROM golang:1.21 AS base\nENV CGO_ENABLED=0\nFROM base\n…', 'static'],
  ['FROM golang:1.21\n…\nENV CGO_ENABLED=0', 'cgo'],
  ['FROM golang:1.21\nENV GOFLAGS=-tags=netgo\n…', 'unknown'],
  ['FROM golang:1.21\nRUN go env -w CGO_ENABLED=0\n…', 'static'],
];

for (const [around, linkage, buildArgs] of settings) {
  test(`CGO_ENABLED and GOFLAGS: ${JSON.stringify(around)} ${JSON.stringify(buildArgs ?? {})}`, () => {
    const stage = facts(around.replace('…', 'RUN go build -o /app .'), undefined, buildArgs);
    assert.equal(stage.linkage('/app'), linkage);
  });
}

test('flags from a build argument with a default', () => {
  const source = (flags: string) => `FROM golang:1.21\nARG FLAGS="${flags}"\nRUN go build -ldflags "$FLAGS" -o /app .`;
  assert.equal(facts(source('-s -w')).linkage('/app'), 'cgo');
  assert.equal(facts(source('-linkmode=external -extldflags=-static')).linkage('/app'), 'static');
  assert.equal(
    facts('FROM golang:1.21\nARG FLAGS\nRUN go build -ldflags "$FLAGS" -o /app .').linkage('/app'),
    'unknown',
  );
});

test('TARGETOS and TARGETARCH are those of an ordinary build', () => {
  const source = `
    FROM --platform=$BUILDPLATFORM golang:1.22-alpine
    ARG TARGETOS TARGETARCH
    RUN GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /app .
  `;
  assert.equal(facts(source).linkage('/app'), 'static');
});

test('the reasons are the lines that decide', () => {
  const stage = facts(`
    FROM golang:1.22-alpine
    ENV CGO_ENABLED=0
    ENV CGO_ENABLED=1
    RUN apk add gcc && \\
        go build -o /app .
  `);
  assert.equal(stage.linkage('/app'), 'cgo');
  assert.equal(stage.whyLinkage('/app'), '3');
  assert.equal(stage.built('/app'), '5: go build');
  const byDefault = facts('FROM golang:1.22-alpine\nRUN apk add gcc\nRUN go build -o /app .');
  assert.equal(byDefault.whyLinkage('/app'), '2 3');
});

test('the two that people meet first', () => {
  const fine = facts(`
    FROM golang:alpine AS build
    WORKDIR /src
    COPY . .
    RUN go build -o /out/app .
    FROM gcr.io/distroless/static-debian12
    COPY --from=build /out/app /app
    ENTRYPOINT ["/app"]
  `);
  assert.match(fine.artifact('/app'), /^go static from musl/);
  assert.equal(fine.whyLinkage('/app'), '4');
  const bad = facts(`
    FROM golang:1.21 AS build
    RUN go build -o /out/app .
    FROM gcr.io/distroless/static-debian12
    COPY --from=build /out/app /app
  `);
  assert.match(bad.artifact('/app'), /^go cgo from glibc/);
  assert.equal(bad.whyLinkage('/app'), '2');
  assert.equal(bad.built('/app'), '2: go build');
});
