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
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: '/app.jar' is compiled for Java 25, and this image runs Java 21.
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
#^^^^^^^^^^^^^^^^^^^^^^^^^^ '/app' is compiled for Java 24, and this image runs Java 17.
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
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ fixable: (information) '/app.jar' is compiled for Java 25, and this image runs Java 21.
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

const pom = (inside: string) => `<project>
  <groupId>com.example</groupId>
  <artifactId>app</artifactId>
  ${inside}
</project>
`;
const inMaven = (jdk: string, jre: string, build = 'RUN mvn package') => `
FROM maven:3-eclipse-temurin-${jdk} AS build
WORKDIR /src
COPY . .
${build}
FROM eclipse-temurin:${jre}-jre
COPY --from=build /src/target/app.jar /app.jar
ENTRYPOINT ["java", "-jar", "/app.jar"]
`;
const release = (value: string) =>
  pom(`<properties><maven.compiler.release>${value}</maven.compiler.release></properties>`);
const levels = (source: string, files: Record<string, string>) =>
  findingsOf(rule, source, { files }).map(({ severity }) => severity);

test('reports what the pom.xml pins, and points at it', () => {
  const [finding, ...more] = findingsOf(rule, inMaven('21', '17'), { files: { 'pom.xml': release('21') } });
  assert.deepEqual(more, []);
  assert.equal(finding?.severity, 'error');
  assert.equal(finding?.message, "'/app.jar' is compiled for Java 21, and this image runs Java 17.");
  const place = finding?.because.find(({ kind }) => kind === 'file');
  assert.ok(place?.kind === 'file');
  assert.equal(place.file.text.slice(place.span.start, place.span.end), '21');
  assert.deepEqual(
    finding?.fixes().map(({ title }) => title),
    ["Use 'eclipse-temurin:21-jre'"],
  );
});

test('knows the ways to name a release in a pom.xml', () => {
  const boot = '<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId>';
  const compiler = (what: string) =>
    `<build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><configuration>${what}</configuration>` +
    '</plugin></plugins></build>';
  for (const inside of [
    `${boot}<version>3.5.0</version></parent><properties><java.version>21</java.version></properties>`,
    '<properties><maven.compiler.target>21</maven.compiler.target></properties>',
    '<properties><jdk>21</jdk><maven.compiler.release>${jdk}</maven.compiler.release></properties>',
    compiler('<release>21</release>'),
    compiler('<source>17</source><target>21</target>'),
  ])
    assert.deepEqual(levels(inMaven('21', '17'), { 'pom.xml': pom(inside) }), ['error'], inside);
  assert.deepEqual(
    levels(inMaven('21', '17', 'RUN mvn package -Dmaven.compiler.release=17'), { 'pom.xml': release('21') }),
    [],
  );
});

test('is silent where the pom.xml names a release that the image runs, or none that is known', () => {
  assert.deepEqual(levels(inMaven('21', '17'), { 'pom.xml': release('17') }), []);
  assert.deepEqual(levels(inMaven('21', '17'), { 'pom.xml': release('1.8') }), []);
  assert.deepEqual(levels(inMaven('21', '17'), { 'pom.xml': release('${from.elsewhere}') }), []);
  assert.deepEqual(levels(inMaven('21', '17'), { 'pom.xml': pom('') }), []);
  assert.deepEqual(levels(inMaven('21', '17'), { 'pom.xml': '<project><unfinished' }), []);
  const profile =
    '<profiles><profile><properties><maven.compiler.release>17</maven.compiler.release></properties></profile></profiles>';
  const both = `<properties><maven.compiler.release>21</maven.compiler.release></properties>${profile}`;
  assert.deepEqual(levels(inMaven('21', '17'), { 'pom.xml': pom(both) }), []);
  const kotlin = '<build><plugins><plugin><artifactId>kotlin-maven-plugin</artifactId></plugin></plugins></build>';
  assert.deepEqual(
    levels(inMaven('21', '17'), {
      'pom.xml': pom(`<properties><maven.compiler.release>21</maven.compiler.release></properties>${kotlin}`),
    }),
    [],
  );
});

test('follows parents and modules of Maven', () => {
  const root = pom(
    '<properties><maven.compiler.release>21</maven.compiler.release></properties><modules><module>web</module></modules>',
  );
  const web =
    '<project><parent><groupId>com.example</groupId><artifactId>app</artifactId></parent><artifactId>web</artifactId></project>';
  const source = inMaven('21', '17').replace('/src/target', '/src/web/target');
  assert.deepEqual(levels(source, { 'pom.xml': root, 'web/pom.xml': web }), ['error']);
  // A parent that is not there may say anything.
  const other = root.replace('<groupId>', '<parent><groupId>a</groupId><artifactId>b</artifactId></parent><groupId>');
  assert.deepEqual(levels(source, { 'pom.xml': other, 'web/pom.xml': web }), ['warning']);
  const library = inMaven('21', '17').replace('target/app.jar', 'target/dependency/jetty.jar');
  assert.deepEqual(levels(library, { 'pom.xml': release('21') }), []);
});

const inGradle = (jdk: string, jre: string) => `
FROM gradle:9-jdk${jdk} AS build
WORKDIR /src
COPY . .
RUN gradle --no-daemon bootJar
FROM eclipse-temurin:${jre}-jre
COPY --from=build /src/build/libs/app.jar /app.jar
ENTRYPOINT ["java", "-jar", "/app.jar"]
`;

test('reports and believes what build.gradle pins', () => {
  for (const text of [
    'java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }',
    'kotlin { jvmToolchain(21) }',
    'sourceCompatibility = JavaVersion.VERSION_21',
    "sourceCompatibility = '17'\ntargetCompatibility = '21'",
    'tasks.withType(JavaCompile) { options.release = 21 }',
    'val jdk = 21\njava { toolchain { languageVersion.set(JavaLanguageVersion.of(jdk)) } }',
  ])
    assert.deepEqual(levels(inGradle('21', '17'), { 'build.gradle.kts': text }), ['error'], text);
  for (const text of [
    'java { toolchain { languageVersion = JavaLanguageVersion.of(17) } }',
    "sourceCompatibility = '1.8'",
    'java { toolchain { languageVersion = JavaLanguageVersion.of(versionOf(project)) } }',
    '// java 21\ntasks { options.release = 17 }',
  ])
    assert.deepEqual(levels(inGradle('21', '17'), { 'build.gradle': text }), [], text);
  const catalog = '[versions]\njava = "21"\n';
  const build = 'java { toolchain { languageVersion = JavaLanguageVersion.of(libs.versions.java.get()) } }';
  assert.deepEqual(levels(inGradle('21', '17'), { 'build.gradle.kts': build, 'gradle/libs.versions.toml': catalog }), [
    'error',
  ]);
  assert.deepEqual(levels(inGradle('21', '17'), { 'build.gradle': 'plugins { id("java") }' }), ['information']);
});

test('is not certain of what another source of Gradle properties decides', () => {
  const files = {
    'build.gradle': 'java { toolchain { languageVersion = JavaLanguageVersion.of(javaVersion) } }',
    'gradle.properties': 'javaVersion=21\n',
  };
  const gradle = (setup: string, command = 'RUN') =>
    inGradle('21', '17').replace('RUN gradle', `${setup}${command} gradle`);
  assert.deepEqual(levels(gradle(''), files), ['error']);
  assert.deepEqual(levels(gradle('ENV ORG_GRADLE_PROJECT_javaVersion=17\n'), files), []);
  assert.deepEqual(levels(gradle('ARG ORG_GRADLE_PROJECT_javaVersion\n'), files), []);
  assert.deepEqual(levels(gradle('', 'RUN ORG_GRADLE_PROJECT_javaVersion=17'), files), []);
  assert.deepEqual(levels(gradle('ENV ORG_GRADLE_PROJECT_other=17\n'), files), ['error']);
  for (const text of [
    gradle('COPY ci.properties /root/.gradle/gradle.properties\n'),
    gradle('RUN echo javaVersion=17 > /root/.gradle/gradle.properties\n'),
    gradle('', 'RUN --mount=type=secret,id=g,target=/root/.gradle/gradle.properties'),
    gradle('ENV GRADLE_USER_HOME=/cache\nCOPY ci.properties /cache/gradle.properties\n'),
    gradle('ARG GRADLE_OPTS\n'),
    gradle('ENV GRADLE_OPTS=-Dorg.gradle.project.javaVersion=17\n'),
  ])
    assert.deepEqual(levels(text, { ...files, 'ci.properties': 'javaVersion=17\n' }), ['warning'], text);
});

test('warns of what was built outside', () => {
  const source = '\nFROM eclipse-temurin:17-jre\nCOPY target/*.jar app.jar\nENTRYPOINT ["java", "-jar", "app.jar"]\n';
  assert.deepEqual(levels(source, { 'pom.xml': release('21'), 'target/a.jar': '' }), ['warning']);
  assert.deepEqual(levels(source, { 'pom.xml': release('17'), 'target/a.jar': '' }), []);
});

test('warns where the image does not show that it starts the classes', () => {
  const source = inMaven('21', '17').replace('["java", "-jar", "/app.jar"]', '["/start.sh"]');
  assert.deepEqual(levels(source, { 'pom.xml': release('21') }), ['warning']);
});
