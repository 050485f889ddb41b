import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/final-stage-runs-as-root.js';
import { checkFix, checkNamedFix, fixTitles } from '../support/checks.js';

test('fix: takes the tag of the same image for another user', () => {
  checkFix(
    rule,
    `
FROM gcr.io/distroless/base-debian13:latest AS final
COPY app /app
ENTRYPOINT ["/app"]
`,
    `
FROM gcr.io/distroless/base-debian13:nonroot AS final
COPY app /app
ENTRYPOINT ["/app"]
`,
  );
});

test('fix: puts USER before the start command and the comment above it', () => {
  checkFix(
    rule,
    `
FROM debian:trixie-slim
RUN apt-get update

# Start the server.
ENTRYPOINT ["/app"]
CMD ["--verbose"]
`,
    `
FROM debian:trixie-slim
RUN apt-get update

USER 65532:65532
# Start the server.
ENTRYPOINT ["/app"]
CMD ["--verbose"]
`,
  );
});

test('fix: takes a user that the base image has for the purpose', () => {
  checkNamedFix(rule, {
    title: "Run as 'node' (uid 1000), a user of the base image",
    before: 'FROM node:24\r\nCMD ["node", "app.js"]\r\n',
    after: 'FROM node:24\r\nUSER 1000:1000\r\nCMD ["node", "app.js"]\r\n',
  });
});

test('offers no fix where a USER says root, or where a RUN follows the start command', () => {
  assert.deepEqual(fixTitles(rule, 'FROM alpine:3.24\nUSER root\nCMD ["/app"]\n'), []);
  assert.deepEqual(fixTitles(rule, 'FROM alpine:3.24\nCMD ["/app"]\nRUN mkdir /data\n'), []);
});

test('fix: refuses another user where the program listens on a low port', () => {
  const text = (port: number) => `FROM gcr.io/distroless/static-debian13\nENTRYPOINT ["/app", "--port=${port}"]\n`;
  assert.deepEqual(fixTitles(rule, text(80)), []);
  assert.deepEqual(fixTitles(rule, text(8080)), ["Use the tag 'nonroot'", 'Run as uid 65532']);
});

test('fix: leaves the tag alone where the start command is relative to its working directory', () => {
  const text = (lines: string) => `FROM gcr.io/distroless/cc-debian13\n${lines}CMD ["./app"]\n`;
  assert.deepEqual(fixTitles(rule, text('COPY app /\n')), ['Run as uid 65532']);
  assert.deepEqual(fixTitles(rule, text('WORKDIR /srv\nCOPY app .\n')), ["Use the tag 'nonroot'", 'Run as uid 65532']);
});
