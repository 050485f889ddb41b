import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/java-entrypoint-is-java-jar.js';
import { checkFix, checkRule, checkSilent, fixTitles } from '../support/checks.js';

test('reports a main class, which is taken for a jar file', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/java21-debian13
COPY --from=build /app/dependencies/ ./
CMD ["-Xmx512m", "org.springframework.boot.loader.launch.JarLauncher"]
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: The ENTRYPOINT of the base image is 'java -jar', so the class 'org.springframework.boot.loader.launch.JarLauncher' is taken for a jar file.
`,
  );
});

test('reports a class path in front of a class, once', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/java21-debian13
CMD ["-cp", "/app/*", "com.example.Main"]
#                     ^^^^^^^^^^^^^^^^^^ fixable: The ENTRYPOINT of the base image is 'java -jar', so the class 'com.example.Main' is taken for a jar file.
`,
  );
  checkRule(
    rule,
    `
FROM gcr.io/distroless/java21-debian13
CMD ["-cp", "/app/*", "Main"]
#    ^^^^^ fixable: The ENTRYPOINT of the base image is 'java -jar', which ignores '-cp'.
`,
  );
});

test('warns about a JVM option after the jar', () => {
  checkRule(
    rule,
    `
FROM gcr.io/distroless/java21-debian13
CMD ["/app.jar", "-Xmx512m"]
#                ^^^^^^^^^^ (warning) The JVM option '-Xmx512m' stands after the jar file, so it goes to the application.
`,
  );
});

test('follows the ENTRYPOINT through a stage and a build argument', () => {
  checkRule(
    rule,
    `
ARG JAVA=25
FROM gcr.io/distroless/java\${JAVA}-debian13:nonroot AS run
FROM run
CMD ["com.example.Main"]
#    ^^^^^^^^^^^^^^^^^^ fixable: The ENTRYPOINT of the base image is 'java -jar', so the class 'com.example.Main' is taken for a jar file.
`,
  );
});

test('jar files, options and class-like jar names are fine', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/java21-debian13\nCMD ["app.jar"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/java21-debian13\nCMD ["-Dfile.encoding=UTF-8", "/app/My.App.jar", "-x"]\n');
  checkSilent(
    rule,
    'FROM gcr.io/distroless/java21-debian13\nCMD ["--add-opens", "java.base/java.lang=ALL-UNNAMED", "a.jar"]\n',
  );
  checkSilent(rule, 'FROM gcr.io/distroless/java21-debian13\nCMD ["-cp", "/app", "/app/server"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/java21-debian13\nCMD ["@/app/args"]\n');
});

test('is silent where the file sets ENTRYPOINT, or the ENTRYPOINT is java without -jar', () => {
  checkSilent(rule, 'FROM gcr.io/distroless/java21-debian13\nENTRYPOINT ["java"]\nCMD ["com.example.Main"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/java21-debian13\nENTRYPOINT []\nCMD ["java", "com.example.Main"]\n');
  checkSilent(rule, 'FROM cgr.dev/chainguard/jre\nCMD ["-cp", "/app", "com.example.Main"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/java-base-debian13\nCMD ["com.example.Main"]\n');
});

test('is silent about images that are not known, shell form and other stages', () => {
  checkSilent(rule, 'FROM registry.example.com/java21\nCMD ["com.example.Main"]\n');
  checkSilent(rule, 'ARG TAG\nFROM gcr.io/distroless/java21-debian13:$TAG\nCMD ["com.example.Main"]\n');
  checkSilent(rule, 'FROM gcr.io/distroless/java21-debian13\nCMD com.example.Main\n');
  checkSilent(rule, 'FROM gcr.io/distroless/java21-debian13 AS a\nCMD ["com.example.Main"]\nFROM alpine:3.22\n');
});

test('fix: starts the class with an ENTRYPOINT of java, keeps the words as written', () => {
  checkFix(
    rule,
    'FROM gcr.io/distroless/java21-debian13\r\n# Layers.\r\nCMD [ "-cp", "/app/*", "com.example.Main" ]\r\n',
    'FROM gcr.io/distroless/java21-debian13\r\n# Layers.\r\nENTRYPOINT [ "/usr/bin/java", "-cp", "/app/*", "com.example.Main" ]\r\n',
  );
});

test('fix: keeps the case of the keyword', () => {
  checkFix(
    rule,
    'from gcr.io/distroless/java21-debian13\ncmd ["com.example.Main"]\n',
    'from gcr.io/distroless/java21-debian13\nentrypoint ["/usr/bin/java", "com.example.Main"]\n',
  );
});

test('fix: where a late option belongs is for the user to say', () => {
  assert.deepEqual(fixTitles(rule, 'FROM gcr.io/distroless/java21-debian13\nCMD ["app.jar", "-Xmx1g"]\n'), []);
});
