import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/runtime-entrypoint-overridden-wrongly.js';
import { allFindings, checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports a bare node where PATH does not lead to it', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/nodejs24-debian13
ENTRYPOINT ["node", "server.js"]
#           ^^^^^^ fixable: ENTRYPOINT starts 'node', but this image has it at '/nodejs/bin/node', which is not on PATH.
`,
  );
});

test('reports it in RUN and HEALTHCHECK, and in CMD where ENTRYPOINT was emptied', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/nodejs24-debian13 AS base
ENTRYPOINT []
HEALTHCHECK CMD ["node", "/app/check.js"]
#                ^^^^^^ fixable: HEALTHCHECK starts 'node', but this image has it at '/nodejs/bin/node', which is not on PATH.
FROM base
CMD ["node", "server.js"]
#    ^^^^^^ fixable: CMD starts 'node', but this image has it at '/nodejs/bin/node', which is not on PATH.
`,
  );
  checkRule(
    rule,
    `
FROM gcr.io/distroless/nodejs24-debian13
RUN ["node", "--version"]
#    ^^^^^^ fixable: RUN starts 'node', but this image has it at '/nodejs/bin/node', which is not on PATH.
`,
  );
});

test('reports a script in place of the interpreter', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
COPY . .
ENTRYPOINT ["server.js"]
#           ^^^^^^^^^^^ fixable: ENTRYPOINT names the script 'server.js' without the interpreter that runs it.
`,
  );
  checkRule(
    rule,
    `
FROM gcr.io/distroless/java-base-debian13
CMD ["app.jar"]
#    ^^^^^^^^^ CMD names the script 'app.jar' without the interpreter that runs it.
`,
  );
});

test('is silent where PATH leads to the interpreter, or the path is written', () => {
  checkSilent(
    rule,
    'FROM gcr.io/distroless/nodejs24-debian13\nENV PATH="/nodejs/bin:$PATH"\nENTRYPOINT ["node", "a.js"]\n',
  );
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13\nENTRYPOINT ["/nodejs/bin/node", "a.js"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/python3-debian13\nENTRYPOINT ["python3", "a.py"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/java21-debian13\nENTRYPOINT ["java", "-cp", "/app", "Main"]\n');
});

test('is silent where another node was copied to PATH, or PATH is not known', () => {
  checkSilent(
    rule,
    'FROM gcr.io/distroless/nodejs24-debian13\nCOPY --from=node:24 /usr/local/bin/node /usr/local/bin/\nENTRYPOINT ["node"]\n',
  );
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13\nARG P\nENV PATH=$P\nENTRYPOINT ["node"]\n');
});

test('CMD is the script where the base image has an ENTRYPOINT', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13\nCMD ["server.js"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/java21-debian13\nCMD ["app.jar"]\n');
  checkSilent(rule, 'FROM node:24\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["server.js"]\n');
});

test('a script with a slash may be executable', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/python3-debian13\nENTRYPOINT ["/app/main.py"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/python3-debian13\nENTRYPOINT ["./main.py"]\n');
});

test('is silent about images that are not known, and images not read in full', () => {
  checkSilent(rule, 'FROM registry.example.com/nodejs\nENTRYPOINT ["node", "a.js"]\n');
  checkSilent(rule, 'ARG TAG\nFROM gcr.io/distroless/nodejs24-debian13:$TAG\nENTRYPOINT ["node"]\n');
  checkSilent(rule, 'FROM python:3.13-slim\nENTRYPOINT ["main.py"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13 AS a\nENTRYPOINT ["node"]\nFROM alpine:3.22\n');
});

test('a health check with a bare node is one finding', () => {
  const text = 'FROM gcr.io/distroless/nodejs24-debian13:nonroot\nHEALTHCHECK CMD ["node", "c.js"]\nCMD ["a.js"]\n';
  assert.deepEqual(
    allFindings(text).map((finding) => finding.rule.meta.id),
    ['runtime-entrypoint-overridden-wrongly'],
  );
});

test('fix: names the interpreter by its path', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/nodejs24-debian13\r\n# Start.\r\nENTRYPOINT [ "node", "server.js" ]\r\n',
    'FROM gcr.io/distroless/nodejs24-debian13\r\n# Start.\r\nENTRYPOINT [ "/nodejs/bin/node", "server.js" ]\r\n',
  );
});

test('fix: puts the interpreter before its script', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/java21-debian13\nENTRYPOINT ["app.jar", "--port=80"]\n',
    'FROM gcr.io/distroless/java21-debian13\nENTRYPOINT ["/usr/bin/java", "-jar", "app.jar", "--port=80"]\n',
  );
  assert.deepEqual(fixTitles(rule, 'FROM gcr.io/distroless/nodejs24-debian13\nENTRYPOINT ["main.py"]\n'), []);
});
