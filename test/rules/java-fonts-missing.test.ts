import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/java-fonts-missing.js';
import { checkSilent, findingsOf } from '../support/checks.js';

const pom = (name: string) => {
  const [group = '', artifact = ''] = name.split(':');
  return `<project><groupId>a</groupId><artifactId>b</artifactId><dependencies><dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId></dependency></dependencies></project>`;
};
const app = (final: string) => `
FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /src
COPY . .
RUN mvn package && jlink --add-modules java.desktop --output /jre
FROM ${final}
COPY --from=build /jre /jre
COPY --from=build /src/target/app.jar /app.jar
ENTRYPOINT ["/jre/bin/java", "-jar", "/app.jar"]
`;
const found = (final: string, name = 'org.apache.poi:poi-ooxml') =>
  findingsOf(rule, app(final), { files: { 'pom.xml': pom(name) } }).map(
    ({ severity, message }) => `${severity} ${message}`,
  );

test('reports a library that draws text in an image without fontconfig', () => {
  assert.deepEqual(found('gcr.io/distroless/cc-debian13'), [
    "information 'org.apache.poi:poi-ooxml' draws text, and this image has no fontconfig.",
  ]);
});

test('is silent where an image for Java is used, or fonts are copied', () => {
  assert.deepEqual(found('gcr.io/distroless/java-base-debian13'), []);
  assert.deepEqual(found('gcr.io/distroless/cc-debian13\nCOPY --from=build /usr/share/fonts /usr/share/fonts'), []);
});

test('reports Debian itself, which has no fontconfig either', () => {
  assert.equal(found('debian:trixie-slim').length, 1);
});

test('is silent where it is not known what is there, and for other libraries', () => {
  assert.deepEqual(found('registry.example.com/base'), []);
  assert.deepEqual(found('gcr.io/distroless/cc-debian13', 'com.example:other'), []);
  checkSilent(rule, app('gcr.io/distroless/cc-debian13'));
});
