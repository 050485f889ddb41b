import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/runtime-entrypoint-repeated.js';
import { allFindings, checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports node after an ENTRYPOINT of node', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/nodejs24-debian13
WORKDIR /app
COPY . .
CMD ["node", "server.js"]
#    ^^^^^^ fixable: The base image already starts '/nodejs/bin/node', so it takes 'node' for the script to run.
`,
  );
});

test('reports python and java under any of their names', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/python3-debian13
CMD ["/usr/bin/python3", "-m", "app"]
#    ^^^^^^^^^^^^^^^^^^ fixable: The base image already starts '/usr/bin/python3.13', so it takes '/usr/bin/python3' for the script to run.
`,
  );
  checkRule(
    rule,
    `
FROM gcr.io/distroless/java21-debian13
CMD ["java", "-jar", "/app.jar"]
#    ^^^^^^ fixable: The base image already starts '/usr/bin/java', so it takes 'java' for a jar file or a class.
`,
  );
});

test('follows the ENTRYPOINT of the base image through a stage and a build argument', () => {
  checkRule(
    rule,
    `
ARG NODE=24
FROM gcr.io/distroless/nodejs\${NODE}-debian13:nonroot AS base
FROM base AS app
CMD ["node"]
#    ^^^^^^ The base image already starts '/nodejs/bin/node', so it takes 'node' for the script to run.
`,
  );
});

test('reports Chainguard images, whose ENTRYPOINT is the interpreter', () => {
  checkRule(
    rule,
    `
FROM cgr.dev/chainguard/python:latest
CMD ["python", "app.py"]
#    ^^^^^^^^ fixable: The base image already starts '/usr/bin/python', so it takes 'python' for the script to run.
`,
  );
});

test('naming the interpreter is right where the base image has only CMD', () => {
  checkSilent(rule, 'FROM dhi.io/node:24\nCMD ["node", "server.js"]\n');
  checkSilent(rule, 'FROM dhi.io/python:3.13\nCMD ["python", "app.py"]\n');
  checkSilent(rule, 'FROM node:24-slim\nCMD ["node", "server.js"]\n');
  checkSilent(rule, 'FROM cgr.dev/chainguard/jdk\nCMD ["java", "-jar", "/app.jar"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/java-base-debian13\nCMD ["java", "-jar", "/app.jar"]\n');
});

test('is silent where the file sets ENTRYPOINT itself, in this stage or a parent', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13\nENTRYPOINT []\nCMD ["node", "a.js"]\n');
  checkSilent(
    rule,
    'FROM gcr.io/distroless/nodejs24-debian13 AS base\nENTRYPOINT ["/nodejs/bin/node"]\nFROM base\nCMD ["node"]\n',
  );
});

test('a file of that name that was copied is the script', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13\nWORKDIR /app\nCOPY node ./node\nCMD ["node", "x"]\n');
});

test('is silent about other first words, shell form and other stages', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13\nCMD ["server.js", "node"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13\nCMD node server.js\n');
  checkSilent(rule, 'FROM gcr.io/distroless/nodejs24-debian13 AS a\nCMD ["node"]\nFROM alpine:3.22\n');
});

test('is silent about images that are not known', () => {
  checkSilent(rule, 'FROM registry.example.com/distroless/nodejs24\nCMD ["node", "server.js"]\n');
  checkSilent(rule, 'ARG TAG\nFROM gcr.io/distroless/nodejs24-debian13:$TAG\nCMD ["node", "server.js"]\n');
});

test('fix: leaves the name and the options out, keeps the rest as written', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/java21-debian13\r\nCMD [ "java", "-jar",  "/app.jar" , "--port=80" ]\r\n',
    'FROM gcr.io/distroless/java21-debian13\r\nCMD [ "/app.jar" , "--port=80" ]\r\n',
  );
  checkFix(
    rule,
    'FROM gcr.io/distroless/nodejs24-debian13\nCMD ["node", \\\n     "server.js"]\n',
    'FROM gcr.io/distroless/nodejs24-debian13\nCMD ["server.js"]\n',
  );
});

test('fix: a class is started with ENTRYPOINT, as CMD would still meet -jar', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/java21-debian13\nCMD ["java", "-cp", "/app/*", "com.example.Main"]\n',
    'FROM gcr.io/distroless/java21-debian13\nENTRYPOINT ["/usr/bin/java", "-cp", "/app/*", "com.example.Main"]\n',
  );
});

test('fix: refuses to lose a comment, and to leave an empty CMD', () => {
  const comment = 'CMD ["node", \\\n# why\n  "server.js"]';
  assert.deepEqual(fixTitles(rule, `FROM gcr.io/distroless/nodejs24-debian13\n${comment}\n`), []);
  assert.deepEqual(fixTitles(rule, 'FROM gcr.io/distroless/nodejs24-debian13\nCMD ["node"]\n'), []);
});

test('a class path after java is one finding', () => {
  const text = 'FROM gcr.io/distroless/java21-debian13:nonroot\nCMD ["java", "-cp", "/app/*", "com.example.Main"]\n';
  assert.deepEqual(
    allFindings(text).map((finding) => finding.rule.meta.id),
    ['runtime-entrypoint-repeated'],
  );
});
