import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/java-jlink-libc-mismatch.js';
import { checkFix, checkRule, checkSilent, findingsOf, fixTitles } from '../support/checks.js';

const linked = (builder: string, final: string, run = 'RUN jlink --add-modules java.base --output /jre') => `
FROM ${builder} AS jre
${run}
FROM ${final}
COPY --from=jre /jre /opt/java
ENTRYPOINT ["/opt/java/bin/java", "-jar", "/app.jar"]
`;
const glibc = 'gcr.io/distroless/java-base-debian13';

test('reports a runtime of Alpine that a glibc image starts', () => {
  checkRule(
    rule,
    `
FROM eclipse-temurin:21-jdk-alpine AS jre
RUN $JAVA_HOME/bin/jlink --add-modules java.base --strip-debug --output /jre
FROM gcr.io/distroless/java-base-debian13
COPY --from=jre /jre /opt/java
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: The Java runtime '/opt/java' is linked against musl, and this image has glibc.
ENTRYPOINT ["/opt/java/bin/java", "-jar", "/app.jar"]
`,
  );
});

test('finds the started program through PATH and stages', () => {
  checkRule(
    rule,
    `
FROM eclipse-temurin:21-jdk AS jre
RUN jlink --add-modules java.base --output /out/jre
FROM alpine:3.24 AS base
ENV JAVA_HOME=/opt/java PATH=/opt/java/bin:/usr/bin:/bin
COPY --from=jre /out/jre $JAVA_HOME
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: The Java runtime '/opt/java' is linked against glibc, and this image has musl.
FROM base
CMD ["java", "-jar", "/app.jar"]
`,
  );
});

test('reports the JDK of an image, and an image without any libc', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/static-debian13
COPY --from=eclipse-temurin:21-jre-alpine /opt/java/openjdk /opt/java
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The Java runtime '/opt/java' is linked against musl, and this image has no C library.
ENTRYPOINT ["/opt/java/bin/java", "-version"]
`,
  );
});

test('warns where it is not the program that the image surely starts', () => {
  const script = linked('eclipse-temurin:21-jdk-alpine', glibc).replace('/opt/java/bin/java', '/start');
  assert.deepEqual(
    findingsOf(rule, script).map(({ severity }) => severity),
    ['warning'],
  );
});

test('is silent on the same libc', () => {
  checkSilent(rule, linked('eclipse-temurin:21-jdk', glibc));
  checkSilent(rule, linked('eclipse-temurin:21-jdk-alpine', 'alpine:3.24'));
});

test('is silent where something is not known, or may not have happened', () => {
  checkSilent(rule, linked('registry.example.com/jdk', glibc));
  checkSilent(rule, linked('eclipse-temurin:21-jdk-alpine', 'registry.example.com/base'));
  checkSilent(rule, linked('eclipse-temurin:21-jdk-alpine', glibc, 'RUN jlink --output $OUT'));
  checkSilent(rule, linked('eclipse-temurin:21-jdk-alpine', glibc, 'RUN jlink -p /glibc/jmods --output /jre'));
  checkSilent(rule, linked('eclipse-temurin:21-jdk-alpine', glibc, 'RUN test -f x && jlink --output /jre || true'));
  checkSilent(rule, linked('eclipse-temurin:21-jdk-alpine', glibc).replace('/jre /opt/java', '/app.jar /app.jar'));
});

test('is silent where the copied runtime is replaced', () => {
  const replaced = linked('eclipse-temurin:21-jdk-alpine', 'debian:trixie-slim').replace(
    'ENTRYPOINT',
    'RUN rm -rf /opt/java\nENTRYPOINT',
  );
  checkSilent(rule, replaced);
});

test('fix: makes it on the libc of the image', () => {
  checkFix(rule, linked('eclipse-temurin:21-jdk-alpine', glibc), linked('eclipse-temurin:21-jdk', glibc));
  checkFix(
    rule,
    linked('eclipse-temurin:21-jdk', 'alpine:3.24'),
    linked('eclipse-temurin:21-jdk-alpine', 'alpine:3.24'),
  );
});

test('offers no fix without a libc to build for', () => {
  assert.deepEqual(fixTitles(rule, linked('eclipse-temurin:21-jdk', 'gcr.io/distroless/static-debian13')), []);
});
