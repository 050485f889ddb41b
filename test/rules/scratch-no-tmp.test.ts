import { test } from 'node:test';
import rule from '../../server/src/rules/scratch-no-tmp.js';
import { checkRule, checkSilent } from '../support/checks.js';

const build = 'FROM golang:1.26 AS build\nRUN CGO_ENABLED=0 go build -o /app .\n';

test('reports scratch without the directory, at its FROM', () => {
  checkRule(
    rule,
    `
FROM golang:1.26 AS build
RUN CGO_ENABLED=0 go build -o /app .
FROM scratch AS base
COPY --from=build /app /app
FROM base
#    ^^^^ This image has no /tmp: a program that makes a temporary file fails at that moment.
ENTRYPOINT ["/app"]
`,
  );
});

test('is silent where the directory comes, or another one is named', () => {
  const steps = [
    'COPY --from=build /tmp /tmp',
    'COPY --from=build /rootfs/ /',
    'COPY --chmod=1777 empty /tmp/',
    'WORKDIR /tmp',
    'VOLUME /tmp',
    'VOLUME ["/data", "/tmp"]',
    'ENV TMPDIR=/data',
    'ADD rootfs.tar.gz /',
  ];
  for (const step of steps)
    checkSilent(rule, `${build}FROM scratch\n${step}\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]\n`);
});

test('is silent about other bases, known or not', () => {
  for (const base of ['gcr.io/distroless/static-debian13', 'alpine:3.22', 'registry.example.com/base', '$BASE'])
    checkSilent(rule, `${build}FROM ${base}\nCOPY --from=build /app /app\nENTRYPOINT ["/app"]\n`);
});

test('is silent about images that only carry files, or programs that were not followed', () => {
  checkSilent(rule, `${build}FROM scratch\nCOPY --from=build /app /app\n`);
  checkSilent(rule, 'FROM scratch\nCOPY app /app\nENTRYPOINT ["/app"]\n');
});
