import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/go-dynamic-binary-in-static-base.js';
import { checkFix, checkNamedFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

const build = (
  commands: string,
  { base = 'golang:1.26', final = 'gcr.io/distroless/static-debian13:nonroot' } = {},
) => `
FROM ${base} AS build
WORKDIR /src
COPY . .
${commands}
FROM ${final}
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`;

const isSilent = (commands: string, bases: { base?: string; final?: string } = {}) =>
  checkSilent(rule, build(commands, bases));

test('warns of a program built with cgo, in scratch and in a static base', () => {
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
RUN go build -o /out/app .
FROM scratch
COPY --from=build /out/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) The Go program '/app' is built with cgo on, so it needs a libc that this image does not have as soon as it uses net or os/user.
ENTRYPOINT ["/app"]
`,
  );
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
RUN go build -o /out/app .
FROM cgr.dev/chainguard/static
COPY --from=build /out/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) The Go program '/app' is built with cgo on, so it needs a libc that this image does not have as soon as it uses net or os/user.
ENTRYPOINT ["/app"]
`,
  );
});

test('is certain where the flags make the program dynamic', () => {
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
RUN go build -race -o /out/app .
FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /out/app /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: The Go program '/app' is linked dynamically, and this image has no libc to load.
ENTRYPOINT ["/app"]
`,
  );
});

test('follows the program through copies and stages', () => {
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
RUN go build -o /out/app ./cmd/app && mv /out/app /usr/local/bin/server
FROM build AS tested
FROM gcr.io/distroless/static-debian13:nonroot AS base
FROM base
COPY --from=tested /usr/local/bin/server /bin/
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (warning) The Go program '/bin/server' is built with cgo on, so it needs a libc that this image does not have as soon as it uses net or os/user.
CMD ["/bin/server"]
`,
  );
});

test('is silent where cgo is off, wherever that is said', () => {
  isSilent('RUN CGO_ENABLED=0 go build -o /out/app .');
  isSilent('ENV CGO_ENABLED=0\nRUN go build -o /out/app .');
  isSilent('RUN export CGO_ENABLED=0 && go build -o /out/app .');
  isSilent('RUN go env -w CGO_ENABLED=0\nRUN go build -o /out/app .');
  isSilent('ARG CGO_ENABLED=0\nRUN go build -o /out/app .');
});

test('is silent where the value of CGO_ENABLED is not known', () => {
  isSilent('ARG CGO\nRUN CGO_ENABLED=$CGO go build -o /out/app .');
});

test('is silent where the linker makes a static program, or might', () => {
  isSilent(`RUN go build -ldflags '-linkmode external -extldflags "-static"' -o /out/app .`);
  isSilent('RUN go build -tags netgo,osusergo -o /out/app .');
  isSilent('ARG LDFLAGS\nRUN go build -ldflags "$LDFLAGS" -o /out/app .');
});

test('is silent about Alpine without a C compiler, where Go turns cgo off', () => {
  isSilent('RUN go build -o /out/app .', { base: 'golang:1.26-alpine' });
});

test('is silent about cross builds and about images that are not known', () => {
  isSilent('RUN GOARCH=arm64 go build -o /out/app .');
  isSilent('RUN GOOS=darwin go build -o /out/app .');
  isSilent('RUN go build -o /out/app .', { base: 'registry.example.com/golang' });
  isSilent('RUN go build -o /out/app .', { final: 'registry.example.com/static' });
});

test('is silent about images that have a libc', () => {
  isSilent('RUN go build -o /out/app .', { final: 'gcr.io/distroless/base-debian13' });
  isSilent('RUN go build -o /out/app .', { final: 'debian:trixie-slim' });
});

test('names the build command as the first reason', () => {
  const [finding] = findingsOf(rule, build('RUN go build -o /out/app .'));
  assert.equal(finding?.because[0]?.note, "'go build' builds it here.");
});

test('fix: builds without cgo, where the command stands', () => {
  checkFix(
    rule,
    build('RUN GOFLAGS=-mod=vendor go build -o /out/app . && \\\n    # Fails early.\n    echo built'),
    build('RUN CGO_ENABLED=0 GOFLAGS=-mod=vendor go build -o /out/app . && \\\n    # Fails early.\n    echo built'),
  );
  checkFix(
    rule,
    'FROM golang:1.26 AS build\r\nRUN cd /src && \\\r\n  go build -o /app .\r\nFROM scratch\r\nCOPY --from=build /app /app\r\nCMD ["/app"]\r\n',
    'FROM golang:1.26 AS build\r\nRUN cd /src && \\\r\n  CGO_ENABLED=0 go build -o /app .\r\nFROM scratch\r\nCOPY --from=build /app /app\r\nCMD ["/app"]\r\n',
  );
});

test('fix: offers the base with glibc, and nothing else where the file asks for cgo', () => {
  const wanted = 'RUN CGO_ENABLED=1 go build -o /out/app .';
  assert.deepEqual(fixTitles(rule, build(wanted)), ['Use distroless base, which has glibc']);
  checkNamedFix(rule, {
    title: 'Use distroless base, which has glibc',
    before: build(wanted),
    after: build(wanted, { final: 'gcr.io/distroless/base-debian13:nonroot' }),
  });
});

test('offers no base that is older than the builder or has another libc', () => {
  const run = 'RUN CGO_ENABLED=1 go build -o /out/app .';
  assert.deepEqual(fixTitles(rule, build(run, { final: 'gcr.io/distroless/static-debian12' })), []);
  assert.deepEqual(fixTitles(rule, build(run, { final: 'scratch' })), []);
  assert.deepEqual(fixTitles(rule, build(`RUN apk add gcc musl-dev\n${run}`, { base: 'golang:1.26-alpine' })), []);
});

const importing = (...paths: string[]) => ({
  'go.mod': 'module example.com/app\n\nrequire github.com/mattn/go-sqlite3 v1.14.32\n',
  'main.go': `package main\n\nimport (\n${paths.map((path) => `\t_ "${path}"\n`).join('')})\n`,
});

test('is certain where the sources show that the program needs libc', () => {
  const source = build('RUN go build -o /out/app .');
  const messages = (files: Readonly<Record<string, string>>) =>
    findingsOf(rule, source, { files }).map(({ severity, message }) => `${severity}: ${message}`);
  assert.deepEqual(messages(importing('fmt', 'net/http')), [
    "error: The Go program '/app' imports 'net/http' and is built with cgo on: it is linked dynamically, and this image has no libc to load.",
  ]);
  assert.deepEqual(messages(importing('net/http', 'github.com/mattn/go-sqlite3')), [
    "error: The Go program '/app' imports 'github.com/mattn/go-sqlite3', which is C code: it is linked dynamically, and this image has no libc to load.",
  ]);
  const [other = ''] = messages(importing('example.com/other'));
  assert.match(other, /^warning: The Go program '\/app' is built with cgo on/);
});

test('is silent where the sources show that the program needs no libc', () => {
  const source = build('RUN go build -o /out/app .');
  checkSilent(rule, source, { files: importing('fmt', 'net/url', 'encoding/json') });
  const dot = { ...importing('fmt'), '.dockerignore': 'main.go\n' };
  assert.equal(findingsOf(rule, source, { files: dot }).length, 1);
});

test('fix: does not turn cgo off for C code', () => {
  const source = build('RUN go build -o /out/app .');
  const titles = (...paths: string[]) => fixTitles(rule, source, { files: importing(...paths) });
  assert.deepEqual(titles('net/http'), ['Build without cgo', 'Use distroless base, which has glibc']);
  assert.deepEqual(titles('github.com/mattn/go-sqlite3'), ['Use distroless base, which has glibc']);
  const race = build('RUN go build -race -o /out/app .');
  assert.deepEqual(fixTitles(rule, race, { files: importing('net/http') }), ['Use distroless base, which has glibc']);
});
