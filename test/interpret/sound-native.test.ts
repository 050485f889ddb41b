import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorsOf, testSound, type Case } from '../support/sound.js';

const module = 'module example.com/app\n\ngo 1.24\n\nrequire github.com/DataDog/zstd v1.5.6\n';
const sqlite = 'module example.com/app\n\ngo 1.24\n\nrequire github.com/mattn/go-sqlite3 v1.14.22\n';
const zstd = 'package main\n\nimport "github.com/DataDog/zstd"\n\nfunc main() {\n}\n';
const none = 'package main\n\nfunc main() {\n}\n';
const net = 'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.ListenAndServe("", nil)\n}\n';
const goBuild = (run: string): string =>
  `FROM golang:1.24 AS b\nWORKDIR /src\nCOPY . .\nRUN ${run}\nFROM scratch\nCOPY --from=b /app /app\nENTRYPOINT ["/app"]\n`;
const withoutCgo = goBuild('CGO_ENABLED=0 go build -o /app .');

const go: readonly Case[] = [
  [
    'a file with import "C"',
    withoutCgo,
    { 'go.mod': module, 'main.go': none, 'z.go': 'package main\n\nimport "C"\nimport "github.com/DataDog/zstd"\n' },
  ],
  [
    'an old build line',
    withoutCgo,
    {
      'go.mod': module,
      'main.go': none,
      'z.go': '// +build cgo\n\npackage main\n\nimport "github.com/DataDog/zstd"\n',
    },
  ],
  [
    'package documentation',
    withoutCgo,
    { 'go.mod': module, 'main.go': none, 'z.go': zstd.replace('package main', 'package documentation') },
  ],
  [
    'a workspace',
    withoutCgo,
    { 'go.mod': module, 'main.go': zstd, 'go.work': 'use .\nreplace github.com/DataDog/zstd => ./z\n' },
  ],
  [
    'another go.mod',
    goBuild('CGO_ENABLED=0 go build -modfile=other.mod -o /app .'),
    { 'go.mod': module, 'main.go': zstd },
  ],
  [
    'go mod edit',
    goBuild('go mod edit -replace github.com/DataDog/zstd=./z && CGO_ENABLED=0 go build -o /app .'),
    { 'go.mod': module, 'main.go': zstd },
  ],
  [
    'go generate',
    goBuild('go generate ./... && CGO_ENABLED=0 go build -o /app .'),
    { 'go.mod': module, 'main.go': zstd },
  ],
  [
    'patch',
    goBuild('patch -p1 < fix.patch && CGO_ENABLED=0 go build -o /app .'),
    { 'go.mod': module, 'main.go': zstd },
  ],
  [
    'a database on demand',
    withoutCgo,
    {
      'go.mod': sqlite,
      'main.go':
        'package main\n\nimport (\n\t"database/sql"\n\t_ "github.com/mattn/go-sqlite3"\n)\n\nfunc main() {\n\tif cached {\n\t\tsql.Open("sqlite3", "x")\n\t}\n}\n',
    },
  ],
  [
    'flags of the linker',
    goBuild('CGO_ENABLED=1 CGO_LDFLAGS=-static go build -o /app .'),
    { 'go.mod': 'module a.b/c\n', 'main.go': net },
  ],
  [
    'zig',
    'FROM golang:1.24 AS b\nWORKDIR /src\nCOPY . .\nENV CC="zig cc -target x86_64-linux-musl"\nRUN CGO_ENABLED=1 go build -o /app .\nFROM alpine:3.22\nCOPY --from=b /app /app\nENTRYPOINT ["/app"]\n',
    { 'go.mod': 'module a.b/c\n', 'main.go': net },
  ],
  [
    'build tags for Go alone',
    goBuild('CGO_ENABLED=1 go build -tags netgo,osusergo -o /app .').replace('golang:1.24', 'golang:1.24-alpine'),
    { 'go.mod': 'module a.b/c\n', 'main.go': net },
  ],
];

const crate = '[package]\nname = "app"\n';
const rustBuild = (run: string): string =>
  `FROM rust:1.89 AS b\nWORKDIR /src\nCOPY . .\nRUN ${run}\nFROM scratch\nCOPY --from=b /src/target/release/app /app\nENTRYPOINT ["/app"]\n`;

const rust: readonly Case[] = [
  ['--config', rustBuild('cargo build --release --config ci.toml'), { 'Cargo.toml': crate, 'ci.toml': '' }],
  ['another toolchain', rustBuild('cargo +stable-x86_64-unknown-linux-musl build --release'), { 'Cargo.toml': crate }],
  [
    'another default',
    rustBuild('rustup default stable-x86_64-unknown-linux-musl && cargo build --release'),
    { 'Cargo.toml': crate },
  ],
  [
    'rust-toolchain.toml',
    rustBuild('cargo build --release'),
    { 'Cargo.toml': crate, 'rust-toolchain.toml': '[toolchain]\nchannel = "stable-x86_64-unknown-linux-musl"\n' },
  ],
  [
    'a build script',
    rustBuild('cargo build --release'),
    { 'Cargo.toml': crate, 'build.rs': 'fn main() { println!("cargo:rustc-link-arg=-static"); }\n' },
  ],
  [
    'an alias',
    rustBuild('cargo b --release'),
    { 'Cargo.toml': crate, '.cargo/config.toml': '[alias]\nb = "build --target x86_64-unknown-linux-musl"\n' },
  ],
  [
    'flags of a profile',
    rustBuild('cargo build --release'),
    { 'Cargo.toml': crate, '.cargo/config.toml': '[profile.release]\nrustflags = ["-Ctarget-feature=+crt-static"]\n' },
  ],
];

testSound('go', go);
testSound('rust', rust);

test('the plain forms of these projects are errors', () => {
  assert.deepEqual(errorsOf(withoutCgo, { 'go.mod': module, 'main.go': zstd }), [
    'go-cgo-dependency-with-cgo-disabled',
  ]);
  assert.deepEqual(errorsOf(rustBuild('cargo build --release'), { 'Cargo.toml': crate }), ['scratch-dynamic-binary']);
});
