import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/debug-or-dev-variant-in-final.js';
import { checkFix, checkNamedFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports the debug tags of Google Distroless', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/base-debian13:debug-nonroot
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: The final image is 'gcr.io/distroless/base-debian13:debug-nonroot', a debug variant, which has a shell.
COPY app /app
ENTRYPOINT ["/app"]
`,
  );
});

test('reports development variants of Chainguard, Docker Hardened Images and .NET', () => {
  checkRule(
    rule,
    `
FROM cgr.dev/chainguard/python:latest-dev
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: The final image is 'cgr.dev/chainguard/python:latest-dev', a development variant, made for build stages.
COPY app.py /app.py
CMD ["/app.py"]
`,
  );
  checkRule(
    rule,
    `
FROM dhi.io/python:3.13-dev
#    ^^^^^^^^^^^^^^^^^^^^^^ fixable: The final image is 'dhi.io/python:3.13-dev', a development variant, made for build stages.
COPY app.py /app.py
CMD ["python3", "/app.py"]
`,
  );
  checkRule(
    rule,
    `
FROM mcr.microsoft.com/dotnet/sdk:10.0
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The final image is 'mcr.microsoft.com/dotnet/sdk:10.0', a development variant, made for build stages.
COPY app /app
ENTRYPOINT ["dotnet", "/app/app.dll"]
`,
  );
});

test('follows the base image through a named stage', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian13:debug AS base
FROM base
#    ^^^^ The final image is 'gcr.io/distroless/static-debian13:debug', a debug variant, which has a shell.
COPY app /app
ENTRYPOINT ["/app"]
`,
  );
});

test('names the image that a build argument stands for', () => {
  checkRule(
    rule,
    `
ARG BASE_IMAGE=cgr.dev/chainguard/python:latest-dev
FROM \${BASE_IMAGE}
#    ^^^^^^^^^^^^^ The final image is 'cgr.dev/chainguard/python:latest-dev', a development variant, made for build stages.
COPY app.py /app.py
CMD ["/app.py"]
`,
  );
});

test('is silent about JDKs whose publisher has no other image', () => {
  for (const image of ['mcr.microsoft.com/openjdk/jdk:21-ubuntu', 'mcr.microsoft.com/openjdk/jdk:21-azurelinux'])
    checkSilent(rule, `FROM ${image}\nCOPY app.jar /app.jar\nCMD ["java", "-jar", "/app.jar"]\n`);
  for (const image of ['ghcr.io/graalvm/jdk-community:21', 'ghcr.io/graalvm/native-image-community:25'])
    checkSilent(rule, `FROM ${image}\nCOPY app.jar /app.jar\nENTRYPOINT ["java", "-jar", "/app.jar"]\n`);
});

test('is silent about build stages and about stages named for the purpose', () => {
  checkSilent(
    rule,
    `
FROM cgr.dev/chainguard/go:latest-dev AS build
RUN go build -o /app .
FROM cgr.dev/chainguard/static:latest
COPY --from=build /app /app
ENTRYPOINT ["/app"]
`,
  );
  checkSilent(
    rule,
    `
FROM gcr.io/distroless/base-debian13:debug AS debug
COPY app /app
ENTRYPOINT ["/app"]
`,
  );
});

test('is silent about images that start a shell or a build tool on purpose', () => {
  checkSilent(
    rule,
    `
FROM cgr.dev/chainguard/python:latest-dev
ENTRYPOINT ["/bin/bash", "-l"]
`,
  );
  checkSilent(
    rule,
    `
FROM mcr.microsoft.com/dotnet/sdk:10.0
ENTRYPOINT ["dotnet", "watch", "run"]
`,
  );
});

test('is silent where the tag is not known, and about images without variants', () => {
  checkSilent(
    rule,
    `
ARG TAG
FROM gcr.io/distroless/base-debian13:$TAG
ENTRYPOINT ["/app"]
`,
  );
  checkSilent(
    rule,
    `
FROM debian:trixie-slim
ENTRYPOINT ["/app"]
`,
  );
});

test('fix: names the same user without the shell', () => {
  checkFix(
    rule,
    `
FROM gcr.io/distroless/static-debian13:debug-nonroot
COPY app /app
ENTRYPOINT ["/app"]
`,
    `
FROM gcr.io/distroless/static-debian13:nonroot
COPY app /app
ENTRYPOINT ["/app"]
`,
  );
});

test('fix: offers both users where the debug tag runs as root', () => {
  const before = `
FROM gcr.io/distroless/static-debian13:debug AS final
COPY app /app
ENTRYPOINT ["/app"]
`;
  assert.deepEqual(fixTitles(rule, before), ["Use the tag 'nonroot'", "Use the tag 'latest'"]);
  checkNamedFix(rule, { title: "Use the tag 'latest'", before, after: before.replace(':debug', ':latest') });
});

test('fix: takes -dev off the tag', () => {
  checkFix(
    rule,
    `
FROM --platform=linux/amd64 dhi.io/node:24-alpine3.23-dev
COPY app.js /app.js
CMD ["node", "/app.js"]
`,
    `
FROM --platform=linux/amd64 dhi.io/node:24-alpine3.23
COPY app.js /app.js
CMD ["node", "/app.js"]
`,
  );
});

test('offers no fix where the stage runs a shell, or the image is named by a variable or a digest', () => {
  const offered = (from: string, rest: string) => fixTitles(rule, `${from}\n${rest}\nCOPY app /app\n`);
  const image = 'gcr.io/distroless/base-debian13:debug';
  assert.deepEqual(offered(`FROM ${image}`, 'ENTRYPOINT ["/app"]').length, 2);
  assert.deepEqual(offered(`FROM ${image}`, 'RUN ["/busybox/mkdir", "/x"]\nENTRYPOINT ["/app"]'), []);
  assert.deepEqual(offered(`FROM ${image}`, 'HEALTHCHECK CMD ["/busybox/wget", "-q", "x"]\nENTRYPOINT ["/app"]'), []);
  assert.deepEqual(offered(`FROM ${image}`, 'HEALTHCHECK CMD ["wget", "-q", "x"]\nENTRYPOINT ["/app"]'), []);
  assert.deepEqual(offered(`FROM ${image}`, 'SHELL ["/busybox/sh", "-c"]\nCMD /app'), []);
  assert.deepEqual(offered(`ARG TAG=debug\nFROM gcr.io/distroless/base-debian13:$TAG`, 'ENTRYPOINT ["/app"]'), []);
  assert.deepEqual(offered(`FROM ${image}@sha256:${'0'.repeat(64)}`, 'ENTRYPOINT ["/app"]'), []);
});

test('fix: refuses where the interpreter is started by a name that is not on PATH', () => {
  const start = (words: string) =>
    fixTitles(rule, `FROM gcr.io/distroless/nodejs24-debian13:debug-nonroot\nENTRYPOINT [${words}]\n`);
  assert.deepEqual(start('"node", "/server.js"'), []);
  assert.deepEqual(start('"/nodejs/bin/node", "/server.js"'), ["Use the tag 'nonroot'"]);
});
