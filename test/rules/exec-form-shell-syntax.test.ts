import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/exec-form-shell-syntax.js';
import { allFindings, checkFix, checkNamedFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports a variable as argument, and names the part', () => {
  checkRule(
    rule,
    `
FROM python:3.14-slim
CMD ["gunicorn", "-b", "0.0.0.0:$PORT", "app:app"]
#                      ^^^^^^^^^^^^^^^ fixable: (warning) No shell reads exec form, so the program is given '$PORT' and not its value.
`,
  );
});

test('the program is named by the whole word', () => {
  checkRule(
    rule,
    `
FROM alpine:3.22
ENTRYPOINT ["chown -R app \${HOME}", "&&", "/app"]
#           ^^^^^^^^^^^^^^^^^^^^^^ ENTRYPOINT starts a program named 'chown -R app \${HOME}' as it stands, since no shell reads exec form.
`,
  );
});

test('a variable in the name of the program is an error', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian13
ENV APP=/app
ENTRYPOINT ["$\{APP}", "serve"]
#           ^^^^^^^^ fixable: ENTRYPOINT starts a program named '$\{APP}' as it stands, since no shell reads exec form.
`,
  );
});

test('reports operators and patterns', () => {
  checkRule(
    rule,
    `
FROM node:24-slim
CMD ["node", "migrate.js", "&&", "node", "server.js"]
#                          ^^^^ fixable: (warning) No shell reads exec form, so '&&' is given to the program as an argument.
`,
  );
  checkRule(
    rule,
    `
FROM eclipse-temurin:21-jre
ENTRYPOINT ["java", "-jar", "/app/*.jar"]
#                           ^^^^^^^^^^^^ fixable: (warning) No shell reads exec form, so the program is given the pattern '/app/*.jar' and no file name.
`,
  );
  checkRule(
    rule,
    `
FROM alpine:3.24
HEALTHCHECK CMD ["wget", "-q", "-O", "/dev/null", "http://localhost/", "||", "exit", "1"]
#                                                                      ^^^^ fixable: (warning) No shell reads exec form, so '||' is given to the program as an argument.
CMD ["httpd", "-f"]
`,
  );
});

test('follows the entrypoint of the base image and of a parent stage', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/java21-debian13 AS base
ENV JAVA_OPTS="-Xmx512m"
FROM base
CMD ["$JAVA_OPTS", "app.jar"]
#    ^^^^^^^^^^^^ fixable: (warning) No shell reads exec form, so the program is given '$JAVA_OPTS' and not its value.
`,
  );
  checkRule(
    rule,
    `
FROM node:24-alpine
CMD ["node", "server.js", "--port", "$PORT"]
#                                   ^^^^^^^ fixable: (warning) No shell reads exec form, so the program is given '$PORT' and not its value.
`,
  );
});

test('is silent where a shell reads the words', () => {
  checkSilent(rule, 'FROM alpine:3.24\nCMD ["sh", "-c", "exec app --port $PORT && true"]\n');
  checkSilent(rule, 'FROM alpine:3.24\nENTRYPOINT ["/bin/sh", "-c"]\nCMD ["app $PORT"]\n');
  checkSilent(rule, 'FROM alpine:3.24\nENTRYPOINT ["tini", "--", "bash", "-c", "app $PORT"]\n');
  checkSilent(rule, 'FROM alpine:3.24\nENTRYPOINT ["/entrypoint.sh"]\nCMD ["app", "$PORT"]\n');
  checkSilent(rule, 'FROM alpine:3.24\nCMD app --port $PORT && true\n');
  checkSilent(rule, 'FROM alpine:3.24\nENTRYPOINT exec app\nCMD ["$PORT"]\n');
  checkSilent(rule, 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCMD ["powershell", "-Command", "$x = 1"]\n');
});

test('is silent about programs that read variables themselves', () => {
  checkSilent(rule, 'FROM eclipse-temurin:21\nCMD ["java", "-jar", "app.jar", "--server.port=${PORT}"]\n');
  checkSilent(rule, 'FROM eclipse-temurin:21\nCMD ["java", "-Dlog.path=${HOME}/log", "-jar", "app.jar"]\n');
  checkSilent(rule, 'FROM alpine:3.24\nCMD ["make", "run", "PORT=$PORT"]\n');
  checkSilent(rule, 'FROM node:24\nENTRYPOINT []\nCMD ["npm", "start", "--", "--port", "$PORT"]\n');
});

test('is silent about program text, regular expressions and escaped dollars', () => {
  checkSilent(rule, 'FROM php:8.4-cli\nCMD ["php", "-r", "$x = 1; echo $x;"]\n');
  checkSilent(rule, `FROM node:24\nENTRYPOINT ["node", "-e", "console.log(\`$\{process.pid}\`)"]\n`);
  checkSilent(rule, 'FROM alpine:3.24\nCMD ["awk", "{ print $NF }", "/x"]\n');
  checkSilent(rule, 'FROM alpine:3.24\nCMD ["/app", "--match", "^a$b"]\n');
  checkSilent(rule, 'FROM alpine:3.24\nCMD ["/app", "--price", "$5", "--end", "a$"]\n');
  checkSilent(rule, 'FROM alpine:3.24\nCMD ["/app", "$$PORT"]\n');
  checkSilent(rule, 'FROM alpine:3.24\nCMD ["find", "/x", "-exec", "rm", "{}", ";"]\n');
  checkSilent(rule, 'FROM nginx:1.29\nCMD ["nginx", "-g", "daemon off;"]\n');
  checkSilent(rule, 'FROM eclipse-temurin:21\nCMD ["java", "-cp", "lib/*", "com.example.Main"]\n');
  checkSilent(rule, 'FROM node:24\nCMD ["mocha", "test/*.js"]\n');
});

test('is silent where the entrypoint is not known, and in other stages', () => {
  checkSilent(rule, 'FROM registry.example.com/app\nCMD ["--port", "$PORT"]\n');
  checkSilent(rule, 'FROM alpine:3.24 AS a\nCMD ["/app", "$PORT"]\nFROM alpine:3.24\n');
});

test('starts it through a shell where there is one', () => {
  checkFix(
    rule,
    'FROM node:24-slim\nENTRYPOINT []\nCMD ["node", "migrate.js", "&&", "node", "server.js"]\n',
    'FROM node:24-slim\nENTRYPOINT []\nCMD ["sh", "-c", "node migrate.js && node server.js"]\n',
  );
  assert.deepEqual(fixTitles(rule, 'FROM alpine:3.24\nENTRYPOINT ["/app", "$PORT"]\nCMD ["x"]\n'), []);
  assert.deepEqual(fixTitles(rule, 'FROM alpine:3.24\nCMD ["/app", "a b", "$PORT"]\n'), []);
});

test('leaves a needless exit out', () => {
  checkNamedFix(rule, {
    title: "Leave '|| exit 1' out",
    before: 'FROM gcr.io/distroless/static-debian13\nHEALTHCHECK CMD ["/app", "check", "||", "exit", "1"]\n',
    after: 'FROM gcr.io/distroless/static-debian13\nHEALTHCHECK CMD ["/app", "check"]\n',
  });
});

test('leaves no exit out where something else is wrong', () => {
  const check = 'HEALTHCHECK CMD ["/app", "$PORT", "||", "exit", "1"]';
  assert.deepEqual(fixTitles(rule, `FROM gcr.io/distroless/static-debian13\n${check}\n`), []);
});

test('writes the value that ENV gives, in as many words as it has', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/static-debian13\nENV OPTS="-v --port 80"\nENTRYPOINT ["/app", "$OPTS"]\n',
    'FROM gcr.io/distroless/static-debian13\nENV OPTS="-v --port 80"\nENTRYPOINT ["/app", "-v", "--port", "80"]\n',
  );
  assert.deepEqual(fixTitles(rule, 'FROM gcr.io/distroless/static-debian13\nENTRYPOINT ["/app", "$OPTS"]\n'), []);
  assert.deepEqual(
    fixTitles(rule, 'ARG P\nFROM gcr.io/distroless/static-debian13\nARG P\nENV A=$P\nENTRYPOINT ["/app", "$A"]\n'),
    [],
  );
});

test('is one finding', () => {
  const text = 'FROM python:3.14-slim\nUSER 65532\nCMD ["uvicorn", "app:app", "--port", "$PORT"]\n';
  assert.deepEqual(
    allFindings(text).map((finding) => finding.rule.meta.id),
    ['exec-form-shell-syntax'],
  );
});
