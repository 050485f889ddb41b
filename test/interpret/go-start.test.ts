import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/go-cgo-dependency-with-cgo-disabled.js';
import { findingsOf } from '../support/checks.js';

const source = `
FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app .

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /out/app /app
ENTRYPOINT ["/app"]
`;

const severities = (files: Readonly<Record<string, string>>) =>
  findingsOf(rule, source, { files }).map(({ severity }) => severity);

test('warns where the program may never open it', () => {
  const main = (body: string, more = '') => ({
    'go.mod': 'module example.com/app\n\ngo 1.26\n\nrequire github.com/mattn/go-sqlite3 v1.14.32\n',
    'main.go': `package main\n\nimport (\n\t"database/sql"\n\t"os"\n\n\t_ "github.com/mattn/go-sqlite3"\n)\n\nfunc main() {\n${body}}\n${more}`,
  });
  const lazy = '\tdb, _ := sql.Open("sqlite3", "app.db")\n';
  const ping = '\tif err := db.Ping(); err != nil {\n\t\tpanic(err)\n\t}\n';
  const open = `${lazy}${ping}`;
  const helper = (body: string) => `\nfunc openStore() (*sql.DB, error) {\n${body}}\n`;
  const plain = `${open}\treturn db, nil\n`;
  assert.deepEqual(severities(main('\tdb, err := openStore()\n', helper(plain))), ['error']);
  assert.deepEqual(severities(main(`\tdb := sqlx.MustConnect("sqlite3", "app.db")\n`)), ['error']);
  for (const files of [
    main(lazy),
    main(`${lazy}\t_ = db.Ping()\n`),
    main(`${lazy}\tif err := db.Ping(); err != nil {\n\t\tlog.Print(err)\n\t}\n`),
    main(`${lazy}\tif *migrate {\n\t${ping}\t}\n`.replace('\n\t\tpanic', '\n\t\t\tpanic')),
    main('\tdb, err := sqlx.Connect("sqlite3", "app.db")\n'),
    main('\tdb, err := openStore()\n', helper('\treturn sql.Open("sqlite3", "app.db")\n')),
    main(`\tif os.Getenv("DB") == "" {\n\t\treturn\n\t}\n${open}`),
    main(`\tif len(os.Args) > 1 {\n\t\tos.Exit(0)\n\t}\n${open}`),
    main(`\tif useDatabase {\n\t${open}\t}\n`),
    main('\tok := *useDatabase && open(sql.Open("sqlite3", "app.db"))\n'),
    main(`\tlog.Print(http.ListenAndServe(":8080", nil))\n${open}`),
    main('\tdb, err := openStore()\n', helper(`\tif path == "" {\n\t\treturn nil, nil\n\t}\n${plain}`)),
    main('\tif quick {\n\t\treturn\n\t}\n\tdb, err := openStore()\n', helper(plain)),
    main('\tdefer openStore()\n', helper(plain)),
    main('\tother.openStore()\n', helper(plain)),
  ])
    assert.deepEqual(severities(files), ['warning'], files['main.go']);
});
