import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/locale-not-available.js';
import { checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports a locale that the image lacks, once', () => {
  checkRule(
    rule,
    `
FROM debian:13-slim AS base
ENV LANG="en_US.UTF-8" LC_ALL=en_US.UTF-8 LANGUAGE=en_US:en
#        ^^^^^^^^^^^^^ fixable: The image has no locale 'en_US.UTF-8': programs that ask for it go on in C, or fail.
FROM base
COPY app /app
CMD ["/app"]
`,
  );
  checkRule(
    rule,
    `
FROM python:3.13-slim
ENV LC_TIME de_DE
#           ^^^^^ fixable: The image has no locale 'de_DE': programs that ask for it go on in C, or fail.
CMD ["python", "main.py"]
`,
  );
});

/** A Debian image with German, and other steps before. */
function german(steps: string, base = 'debian:13-slim'): string {
  return `FROM ${base}\n${steps}\nENV LANG=de_DE.UTF-8\nCOPY app /app\nCMD ["/app"]\n`;
}

test('is silent where locales are made or come from elsewhere', () => {
  const steps = [
    'RUN apt-get update && apt-get install -y locales && locale-gen de_DE.UTF-8',
    'RUN apt-get update && apt-get install -y locales-all',
    'RUN localedef -i de_DE -f UTF-8 de_DE.UTF-8',
    'COPY --from=build /usr/lib/locale /usr/lib/locale',
    'RUN ./setup.sh',
    'COPY --from=build / /',
  ];
  for (const step of steps) checkSilent(rule, german(step));
});

test('is silent about C and POSIX, and values that are not known', () => {
  for (const value of ['C', 'C.UTF-8', 'C.utf8', 'POSIX', '$WANTED'])
    checkSilent(rule, `FROM debian:13-slim\nENV LANG=${value}\nCOPY app /app\nCMD ["/app"]\n`);
  checkSilent(rule, 'FROM debian:13-slim\nENV LANGUAGE=de_DE\nCOPY app /app\nCMD ["/app"]\n');
});

test('is silent about images that take any name, and those that may have more', () => {
  for (const base of [
    'alpine:3.22',
    'postgres:17',
    'eclipse-temurin:21',
    'registry.example.com/base',
    'fedora:42',
    'scratch',
  ])
    checkSilent(rule, german('', base));
});

test('fix: C.UTF-8 for all of them', () => {
  checkFix(
    rule,
    'FROM debian:13-slim\nENV LANG=en_US.UTF-8 \\\n    LC_ALL="en_US.UTF-8"\nCOPY app /app\nCMD ["/app"]\n',
    'FROM debian:13-slim\nENV LANG=C.UTF-8 \\\n    LC_ALL=C.UTF-8\nCOPY app /app\nCMD ["/app"]\n',
  );
  assert.deepEqual(fixTitles(rule, german('')), ['Use C.UTF-8']);
});
