import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/go-cgo-dependency-with-cgo-disabled.js';
import { checkNamedFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

const sqlite = {
  'go.mod': 'module example.com/app\n\ngo 1.26\n\nrequire github.com/mattn/go-sqlite3 v1.14.32\n',
  'main.go': `package main

import (
	"database/sql"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	db, _ := sql.Open("sqlite3", "app.db")
	if err := db.Ping(); err != nil {
		panic(err)
	}
}
`,
};

const build = (
  command: string,
  { base = 'golang:1.26', setup = '', final = 'gcr.io/distroless/static-debian13:nonroot' } = {},
) => `
FROM ${base} AS build${setup}
WORKDIR /src
COPY go.mod ./
RUN go mod download
COPY . .
RUN ${command}

FROM ${final}
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`;

const off = build('CGO_ENABLED=0 go build -o /out/app .');

const severities = (source: string, files: Readonly<Record<string, string>>) =>
  findingsOf(rule, source, { files }).map(({ severity }) => severity);

const goMod = (...requires: string[]) =>
  `module example.com/app\n\ngo 1.26\n\nrequire (\n\t${requires.join('\n\t')}\n)\n`;

test('reports a stub with which the program opens its only database', () => {
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app .
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: With cgo off, only a stub of 'github.com/mattn/go-sqlite3' is built: opening a database fails.

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`,
    { files: sqlite },
  );
});

test('names the lines of the source and of go.mod', () => {
  const [finding] = findingsOf(rule, off, { files: sqlite });
  const places = finding?.because.flatMap((it) =>
    it.kind === 'file' ? [`${it.file.path} ${it.file.text.slice(it.span.start, it.span.end)}`] : [],
  );
  assert.deepEqual(places, ['main.go "github.com/mattn/go-sqlite3"', 'go.mod github.com/mattn/go-sqlite3 v1.14.32']);
});

test('follows the imports through the packages of the module', () => {
  const files = {
    'go.mod': sqlite['go.mod'],
    'cmd/server/main.go':
      'package main\n\nimport "example.com/app/internal/store"\n\nfunc main() {\n\tstore.Open()\n}\n',
    'internal/store/store.go': sqlite['main.go'].replace('package main', 'package store').replace('main()', 'Open()'),
  };
  const command = 'CGO_ENABLED=0 go build -o /out/app ./cmd/server';
  assert.deepEqual(severities(build(command), files), ['error']);
  assert.deepEqual(severities(build('cd cmd/server && CGO_ENABLED=0 go build -o /out/app'), files), ['error']);
  assert.deepEqual(severities(build('CGO_ENABLED=0 go build -C cmd/server -o /out/app'), files), ['error']);
  assert.deepEqual(severities(build('CGO_ENABLED=0 go build -o /out/app example.com/app/cmd/server'), files), [
    'error',
  ]);
});

test('is a warning where it is not shown that the database is opened in every run', () => {
  const open = sqlite['main.go'];
  assert.deepEqual(severities(build('CGO_ENABLED=0 go build -o /out/app .'), { ...sqlite, 'main.go': open }), [
    'error',
  ]);
  const files = { ...sqlite, 'main.go': open.replace('main()', 'cache()') };
  assert.deepEqual(severities(build('CGO_ENABLED=0 go build -o /out/app .'), files), ['warning']);
});

test('is silent where the built package does not import it', () => {
  const files = {
    ...sqlite,
    'cmd/ping/main.go': 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println() }\n',
    'cmd/ping/main_test.go': 'package main\n\nimport _ "github.com/mattn/go-sqlite3"\n',
  };
  checkSilent(rule, build('CGO_ENABLED=0 go build -o /out/app ./cmd/ping'), { files });
});

test('knows that Go turns cgo off where it finds no compiler', () => {
  const source = build('go build -o /out/app .', { base: 'golang:1.26-alpine' });
  assert.deepEqual(severities(source, sqlite), ['error']);
  assert.deepEqual(severities(build('go build -o /out/app .'), sqlite), []);
  const withGcc = { base: 'golang:1.26-alpine', setup: '\nRUN apk add --no-cache gcc musl-dev' };
  assert.deepEqual(severities(build('go build -o /out/app .', withGcc), sqlite), []);
});

test('reports a package that cannot be compiled, or used, without cgo', () => {
  const kafka = {
    'go.mod': goMod('github.com/confluentinc/confluent-kafka-go/v2 v2.11.1'),
    'main.go': 'package main\n\nimport "github.com/confluentinc/confluent-kafka-go/v2/kafka"\n',
  };
  const [finding] = findingsOf(rule, off, { files: kafka });
  assert.equal(finding?.severity, 'error');
  assert.match(finding?.message ?? '', /kafka' cannot be used\.$/);
  const blank = { ...kafka, 'main.go': kafka['main.go'].replace('import ', 'import _ ') };
  assert.deepEqual(severities(off, blank), ['warning']);
  const zstd = {
    'go.mod': goMod('github.com/DataDog/zstd v1.5.7'),
    'main.go': 'package main\nimport "github.com/DataDog/zstd"\n',
  };
  assert.deepEqual(severities(off, zstd), ['error']);
});

test('warns where the program may open another database, or none', () => {
  const other = {
    'go.mod': goMod('github.com/mattn/go-sqlite3 v1.14.32', 'github.com/lib/pq v1.10.9'),
    'main.go': sqlite['main.go'].replace('import (', 'import (\n\t_ "github.com/lib/pq"'),
  };
  assert.deepEqual(severities(off, other), ['warning']);
  const unopened = { ...sqlite, 'main.go': sqlite['main.go'].replace('"sqlite3"', 'driver()') };
  assert.deepEqual(severities(off, unopened), ['warning']);
});

test('warns where it is not known which packages are built', () => {
  const files = {
    'go.mod': sqlite['go.mod'],
    'cmd/server/main.go': 'package main\n\nimport "example.com/app/store"\n',
    'store/store.go': sqlite['main.go'].replace('package main', 'package store'),
  };
  assert.deepEqual(severities(build('CGO_ENABLED=0 go build -o /out/ ./...'), files), ['warning']);
  const hidden = build('CGO_ENABLED=0 go build -o /out/app ./cmd/$NAME', { setup: '\nARG NAME' });
  assert.deepEqual(severities(hidden, files), ['warning']);
  assert.deepEqual(severities(build('CGO_ENABLED=0 go build $(flags) -o /out/app .'), sqlite), ['warning']);
  const other = { 'go.mod': sqlite['go.mod'], 'main.go': 'package main\n', 'sub/go.mod': 'module sub\n' };
  checkSilent(rule, build('CGO_ENABLED=0 go build -o /out/ ./...'), {
    files: { ...other, 'sub/x.go': sqlite['main.go'] },
  });
});

test('is silent about what is required indirectly, replaced, or one of two drivers', () => {
  const silent = (mod: string) => checkSilent(rule, off, { files: { 'go.mod': mod, 'main.go': sqlite['main.go'] } });
  const indirect = { 'go.mod': goMod('github.com/mattn/go-sqlite3 v1.14.32 // indirect'), 'main.go': 'package main\n' };
  checkSilent(rule, off, { files: indirect });
  silent(`${goMod('github.com/mattn/go-sqlite3 v1.14.32')}replace github.com/mattn/go-sqlite3 => ./x\n`);
  silent(goMod('github.com/mattn/go-sqlite3 v1.14.32', 'modernc.org/sqlite v1.38.0'));
});

test('is silent where a build tag leaves the import out', () => {
  const tagged = (constraint: string) => ({
    'go.mod': sqlite['go.mod'],
    'main.go': 'package main\n\nfunc main() {}\n',
    'sqlite.go': `//go:build ${constraint}\n\n${sqlite['main.go']}`,
  });
  checkSilent(rule, off, { files: tagged('cgo') });
  checkSilent(rule, off, { files: tagged('sqlite') });
  assert.deepEqual(severities(build('CGO_ENABLED=0 go build -tags sqlite -o /out/app .'), tagged('sqlite')), ['error']);
  const given = build('CGO_ENABLED=0 go build -tags "$TAGS" -o /out/app .', { setup: '\nARG TAGS' });
  assert.deepEqual(severities(given, tagged('sqlite')), ['warning']);
  assert.deepEqual(severities(off, tagged('arm64')), ['warning']);
});

test('is silent where it does not know', () => {
  checkSilent(rule, off);
  checkSilent(rule, off, { files: { 'main.go': sqlite['main.go'] } });
  checkSilent(rule, off, { files: { ...sqlite, '.dockerignore': 'go.mod\n' } });
  checkSilent(rule, build('CGO_ENABLED=$CGO go build -o /out/app .'), { files: sqlite });
  checkSilent(rule, build('CGO_ENABLED=0 go install github.com/other/tool@v1'), { files: sqlite });
  checkSilent(rule, build('CGO_ENABLED=0 GOOS=windows go build -o /out/app.exe .'), { files: sqlite });
  checkSilent(rule, build('CGO_ENABLED=0 go test ./...'), { files: sqlite });
});

test('is no error where the file may be another one, or the command may not run', () => {
  const sed = "sed -i 's/a/b/' main.go && CGO_ENABLED=0 go build -o /out/app .";
  assert.deepEqual(severities(build(sed), sqlite), []);
  assert.deepEqual(severities(build('make generate && CGO_ENABLED=0 go build -o /out/app .'), sqlite), ['warning']);
  assert.deepEqual(severities(build('[ -n "$X" ] || CGO_ENABLED=0 go build -o /out/app .'), sqlite), ['warning']);
});

test('reads what a bind mount shows', () => {
  const source = `
FROM golang:1.26
WORKDIR /src
RUN --mount=type=bind,target=. CGO_ENABLED=0 go build -o /out/app .
`;
  assert.deepEqual(severities(source, sqlite), ['error']);
});

test('fix: builds with cgo, statically against musl', () => {
  const base = 'golang:1.26-alpine';
  const setup = '\nRUN apk add --no-cache gcc musl-dev';
  checkNamedFix(
    rule,
    {
      title: 'Build with cgo and link statically',
      before: build('CGO_ENABLED=0 go build -o /out/app .', { base }),
      after: build("CGO_ENABLED=1 go build -ldflags '-linkmode external -extldflags=-static' -o /out/app .", {
        base,
        setup,
      }),
    },
    { files: sqlite },
  );
  checkNamedFix(
    rule,
    {
      before: build('CGO_ENABLED=0 go build -ldflags="-s -w" -o /out/app .', { base, setup }),
      after: build('CGO_ENABLED=1 go build -ldflags="-linkmode external -extldflags=-static -s -w" -o /out/app .', {
        base,
        setup,
      }),
    },
    { files: sqlite },
  );
  checkNamedFix(
    rule,
    {
      before: build(`go build -ldflags '-s -extldflags "-static"' -o /out/app .`, { base }),
      after: build(`go build -ldflags '-linkmode external -s -extldflags "-static"' -o /out/app .`, { base, setup }),
    },
    { files: sqlite },
  );
});

test('fix: builds with cgo, on a base with the libc of the build', () => {
  checkNamedFix(
    rule,
    {
      title: 'Build with cgo, on distroless base',
      before: off,
      after: build('CGO_ENABLED=1 go build -o /out/app .', { final: 'gcr.io/distroless/base-debian13:nonroot' }),
    },
    { files: sqlite },
  );
  const alpine = { base: 'golang:1.26-alpine', final: 'alpine:3.24' };
  checkNamedFix(
    rule,
    {
      title: 'Build with cgo',
      before: build('go build -o /out/app .', { ...alpine, setup: '\nENV CGO_ENABLED=0' }),
      after: build('go build -o /out/app .', {
        ...alpine,
        setup: '\nRUN apk add --no-cache gcc musl-dev\nENV CGO_ENABLED=1',
      }),
    },
    { files: sqlite },
  );
});

test('fix: none where what would work cannot be seen', () => {
  const titles = (source: string) => fixTitles(rule, source, { files: sqlite });
  assert.deepEqual(titles(build('CGO_ENABLED=0 go build -o /out/app .', { final: 'scratch' })), []);
  assert.deepEqual(titles(build('CGO_ENABLED=0 go build -o /out/app .', { final: 'registry.example.com/x' })), []);
  const hidden = 'ARG LDFLAGS\nRUN CGO_ENABLED=0 go build -ldflags $LDFLAGS -o /out/app .';
  assert.deepEqual(titles(build(`true\n${hidden}`, { base: 'golang:1.26-alpine' })), []);
});
