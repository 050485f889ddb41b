import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/whole-context-or-rootfs-into-final.js';
import { checkRule, checkSilent, findingsOf } from '../support/checks.js';
import { readFixture } from '../support/fixture.js';

test('reports the directory in which the program was built from its sources', () => {
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o app .
FROM alpine:3.22
ARG DIR=/src
COPY --from=build \${DIR} /opt/app
#                 ^^^^^^ '/src' holds the sources that the program was built from, and brings all of them.
CMD ["/opt/app/app"]
`,
  );
});

test('reports the build context next to a program that is already built', () => {
  checkRule(
    rule,
    `
FROM rust:1 AS build
WORKDIR /src
COPY . .
RUN cargo build --release
FROM debian:13-slim
WORKDIR /app
COPY --from=build /src/target/release/app /usr/local/bin/app
COPY . .
#    ^ This copies the whole build context next to a program that is already built.
CMD ["/usr/local/bin/app"]
`,
  );
});

test('reports one root file system over another', () => {
  checkRule(
    rule,
    `
FROM debian:13 AS build
FROM gcr.io/distroless/cc-debian13
COPY --from=build / /
#                 ^ This lays the whole file system of another stage over that of the image.
ENTRYPOINT ["/app"]
`,
  );
});

test('is silent about one layer on scratch, or on the image it began with', () => {
  checkSilent(rule, 'FROM debian:13 AS build\nFROM scratch\nCOPY --from=build / /\nENTRYPOINT ["/app"]\n');
  checkSilent(rule, 'FROM debian:13 AS build\nFROM debian:13\nCOPY --from=build / /\nENTRYPOINT ["/app"]\n');
  checkSilent(rule, 'FROM scratch AS tree\nFROM debian:13\nCOPY --from=tree / /\nENTRYPOINT ["/app"]\n');
});

test('leaves a copy that cannot be built to what says so', () => {
  checkSilent(
    rule,
    'FROM debian:12 AS a\nFROM gcr.io/distroless/cc-debian12\nCOPY --from=a / /\nENTRYPOINT ["/app"]\n',
  );
});

/** A Go program built in /src, and the steps of the final stage. */
function go(steps: string, name = ''): string {
  const build = 'FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /src/out/app .\n';
  return `${build}FROM alpine:3.22${name}\n${steps}\n`;
}

test('is silent about the built files', () => {
  checkSilent(rule, go('COPY --from=build /src/out /out\nCMD ["/out/app"]'));
  checkSilent(rule, go('COPY --from=build /src/out/app /app\nCMD ["/app"]'));
  checkSilent(rule, go('COPY --from=build /src/out/app /app\nCOPY config/ /etc/app/\nCMD ["/app"]'));
});

test('is silent about interpreted programs, single stages and stages for developers', () => {
  checkSilent(rule, 'FROM node:24 AS build\nFROM node:24-slim\nCOPY . .\nCMD ["node", "server.js"]\n');
  checkSilent(rule, 'FROM golang:1.26\nCOPY . .\nRUN go build -o /app .\nCMD ["/app"]\n');
  checkSilent(rule, go('COPY --from=build /src /src\nCMD ["/src/out/app"]', ' AS dev'));
});

test('is silent where the source, or what is started, is not known', () => {
  checkSilent(rule, 'FROM golang:1.26 AS build\nFROM alpine:3.22\nARG D\nCOPY --from=build $D /app\nCMD ["/app"]\n');
  checkSilent(rule, 'FROM alpine:3.22 AS a\nFROM alpine:3.22\nCOPY --from=registry.example.com/x / /\nCMD ["/app"]\n');
  checkSilent(rule, go('COPY --from=build /src /src\nCMD ["./start.sh"]'));
});

const ignored = `
  FROM golang:1.26 AS build
  WORKDIR /src
  COPY go.mod main.go ./
  RUN CGO_ENABLED=0 go build -o /out/app .
  FROM gcr.io/distroless/static-debian13:nonroot
  WORKDIR /app
  COPY --from=build /out/app /app/app
  COPY . .
  ENTRYPOINT ["/app/app"]
`;

test('a build context without the sources is no problem', () => {
  const files = { 'main.go': '', 'assets/a.css': '' };
  assert.equal(findingsOf(rule, readFixture(ignored).text, { files: { ...files, 'go.mod': '' } }).length, 1);
  assert.equal(
    findingsOf(rule, readFixture(ignored).text, { files: { ...files, 'go.mod': '', '.dockerignore': 'go.mod\n' } })
      .length,
    0,
  );
});
