import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/java-class-version-skew.js';
import { checkFix, checkRule, checkSilent, findingsOf } from '../support/checks.js';

const app = (builder: string, final: string, build = 'RUN javac -d /out Main.java') => `
FROM ${builder} AS build
WORKDIR /src
COPY Main.java .
${build}
FROM ${final}
COPY --from=build /out /app
ENTRYPOINT ["java", "-cp", "/app", "Main"]
`;

test('reports classes of a newer javac', () => {
  checkRule(
    rule,
    `
FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY Main.java .
RUN javac Main.java && jar cfe Main.jar Main Main.class
FROM gcr.io/distroless/java21-debian13
COPY --from=build /src/Main.jar /app.jar
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/app.jar' is compiled by Java 25, and this image runs Java 21.
CMD ["/app.jar"]
`,
  );
});

test('knows the Java of packages, of other images, and of a copied runtime', () => {
  checkRule(
    rule,
    `
FROM debian:trixie-slim AS build
RUN apt-get update && apt-get install -y openjdk-25-jdk-headless
RUN javac --release 24 -d /out /src/Main.java
FROM maven:3-eclipse-temurin-17 AS jre
RUN jlink --add-modules java.base --output /jre
FROM debian:trixie-slim
COPY --from=jre /jre /jre
COPY --from=build /out /app
#^^^^^^^^^^^^^^^^^^^^^^^^^^ '/app' is compiled by Java 24, and this image runs Java 17.
CMD ["/jre/bin/java", "-cp", "/app", "Main"]
`,
  );
});

test('says less of Gradle, whose build may name another Java', () => {
  checkRule(
    rule,
    `
FROM gradle:9-jdk25 AS build
WORKDIR /src
COPY . .
RUN gradle --no-daemon bootJar
FROM eclipse-temurin:21-jre
COPY --from=build /src/build/libs/*.jar /app.jar
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (information) '/app.jar' is compiled by Java 25, and this image runs Java 21.
ENTRYPOINT ["java", "-jar", "/app.jar"]
`,
  );
  const wrapper = app('eclipse-temurin:25-jdk', 'eclipse-temurin:21-jre', 'RUN ./gradlew installDist -x test');
  const found = findingsOf(rule, wrapper.replace('/out /app', '/src/build/libs/a.jar /app/a.jar'));
  assert.deepEqual(
    found.map(({ severity }) => severity),
    ['information'],
  );
});

test('is silent about Maven, which has a release of its own', () => {
  const maven = app('maven:3-eclipse-temurin-25', 'eclipse-temurin:21-jre', 'RUN mvn package');
  checkSilent(rule, maven.replace('/out /app', '/src/target/app.jar /app/'));
});

test('is silent where the release is given, or the image is as new', () => {
  checkSilent(
    rule,
    app('eclipse-temurin:25-jdk', 'eclipse-temurin:21-jre', 'RUN javac --release 21 -d /out Main.java'),
  );
  checkSilent(
    rule,
    app('eclipse-temurin:25-jdk', 'eclipse-temurin:21-jre', 'RUN javac -source 1.8 -target 1.8 -d /out Main.java'),
  );
  checkSilent(rule, app('eclipse-temurin:21-jdk', 'eclipse-temurin:21-jre'));
  checkSilent(rule, app('eclipse-temurin:17-jdk', 'gcr.io/distroless/java21-debian13'));
});

test('is silent where something is not known', () => {
  checkSilent(rule, app('registry.example.com/jdk:25', 'eclipse-temurin:21-jre'));
  checkSilent(rule, app('eclipse-temurin:25-jdk', 'registry.example.com/jre:21'));
  checkSilent(
    rule,
    app('eclipse-temurin:25-jdk', 'eclipse-temurin:21-jre', 'RUN javac --release $R -d /out Main.java'),
  );
  checkSilent(rule, app('eclipse-temurin:25-jdk', 'eclipse-temurin:21-jre', 'RUN javac -version'));
  checkSilent(rule, `ARG V\n${app('eclipse-temurin:$V-jdk', 'eclipse-temurin:21-jre').trimStart()}`);
});

test('is silent where two runtimes lie in the image', () => {
  const two = app('eclipse-temurin:25-jdk', 'eclipse-temurin:21-jre');
  checkSilent(rule, two.replace('ENTRYPOINT', 'COPY --from=build /opt/java/openjdk /jdk\nENTRYPOINT'));
});

test('fix: compiles with the Java that the image runs', () => {
  const final = 'gcr.io/distroless/java21-debian13';
  checkFix(rule, app('eclipse-temurin:25-jdk-noble', final), app('eclipse-temurin:21-jdk-noble', final));
  const gradle = (jdk: string) =>
    app(`gradle:9-jdk${jdk}`, final, 'RUN gradle build').replace('/out', '/src/build/libs');
  checkFix(rule, gradle('25'), gradle('21'));
});
