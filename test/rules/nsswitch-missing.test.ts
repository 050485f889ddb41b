import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/nsswitch-missing.js';
import { checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

/** A Go program of a builder in a final stage. */
function go(builder: string, final: string, steps = ''): string {
  const build = `FROM ${builder}\nRUN CGO_ENABLED=0 go build -o /app .\n`;
  return `${build}FROM ${final}\n${steps}COPY --from=0 /app /app\nENTRYPOINT ["/app"]\n`;
}

test('reports a program of an old Go on scratch', () => {
  checkRule(
    rule,
    `
ARG GO=1.15
FROM golang:\${GO}-alpine AS build
RUN CGO_ENABLED=0 go build -o /app .
FROM scratch
#    ^^^^^^^ fixable: Without /etc/nsswitch.conf a program of Go before 1.16 asks DNS before it looks into /etc/hosts.
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
  );
});

test('is silent about Go 1.16 and newer', () => {
  for (const version of ['1.16', '1.16.3', '1.26', '1.20-alpine', 'latest'])
    checkSilent(rule, go(`golang:${version}`, 'scratch'));
});

test('is silent where the file is there, or not known to be missing', () => {
  checkSilent(rule, go('golang:1.15', 'scratch', 'COPY nsswitch.conf /etc/nsswitch.conf\n'));
  checkSilent(rule, go('golang:1.15', 'scratch', 'COPY --from=0 /rootfs/ /\n'));
  checkSilent(rule, go('golang:1.15', 'gcr.io/distroless/static-debian13'));
  checkSilent(rule, go('golang:1.15', 'alpine:3.10'));
});

test('is silent where the version is not known', () => {
  checkSilent(rule, go('registry.example.com/golang:1.15', 'scratch'));
  checkSilent(rule, `ARG GO\n${go('golang:$GO', 'scratch')}`);
  checkSilent(rule, 'FROM scratch\nCOPY app /app\nENTRYPOINT ["/app"]\n');
});

test('fix: copies the file from the build stage', () => {
  checkFix(
    rule,
    go('golang:1.15', 'scratch'),
    go('golang:1.15', 'scratch', 'COPY --from=0 /etc/nsswitch.conf /etc/nsswitch.conf\n'),
  );
  assert.deepEqual(fixTitles(rule, go('golang:1.15 AS build', 'scratch')), ["Copy /etc/nsswitch.conf from 'build'"]);
});
