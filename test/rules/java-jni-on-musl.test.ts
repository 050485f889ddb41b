import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '../../server/src/rules/java-jni-on-musl.js';
import { checkRule, checkSilent, findingsOf } from '../support/checks.js';

const dependency = (name: string, version: string, more = '') => {
  const [group = '', artifact = ''] = name.split(':');
  const number = version === '' ? '' : `<version>${version}</version>`;
  return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId>${number}${more}</dependency>`;
};
const pom = (dependencies: string, more = '') =>
  `<project><groupId>a</groupId><artifactId>b</artifactId>${more}<dependencies>${dependencies}</dependencies></project>`;
const maven = (final = 'eclipse-temurin:21-jre-alpine') => `
FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /src
COPY . .
RUN mvn -B package
FROM ${final}
COPY --from=build /src/target/app.jar /app.jar
ENTRYPOINT ["java", "-jar", "/app.jar"]
`;
const gradle = maven().replace('RUN mvn -B package', 'RUN ./gradlew build').replace('/src/target', '/src/build/libs');
const messages = (source: string, files: Record<string, string>) =>
  findingsOf(rule, source, { files }).map(({ message }) => message);
const snappy = 'org.xerial.snappy:snappy-java';

test('reports a library without code for musl, and points at the pom.xml', () => {
  const files = { 'pom.xml': pom(dependency(snappy, '1.1.10.5')) };
  checkRule(
    rule,
    `
FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /src
COPY . .
RUN mvn package
FROM eclipse-temurin:21-jre-alpine
COPY --from=build /src/target/app.jar /app.jar
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 'org.xerial.snappy:snappy-java' 1.1.10.5 has native code for glibc only, and this image has musl.
`,
    { files },
  );
  const [finding] = findingsOf(rule, maven(), { files });
  const place = finding?.because.find(({ kind }) => kind === 'file');
  assert.ok(place?.kind === 'file');
  assert.equal(place.file.text.slice(place.span.start, place.span.end), 'snappy-java');
});

test('knows since when a library has code for musl', () => {
  const found = (name: string, version: string) =>
    messages(maven(), { 'pom.xml': pom(dependency(name, version)) }).length;
  assert.equal(found(snappy, '1.1.10.7'), 1);
  assert.equal(found(snappy, '1.1.10.8'), 0);
  assert.equal(found(snappy, ''), 0);
  assert.equal(found('org.xerial:sqlite-jdbc', '3.30.1'), 1);
  assert.equal(found('org.xerial:sqlite-jdbc', '3.50.3.0'), 0);
  assert.equal(found('org.duckdb:duckdb_jdbc', '1.2.0'), 1);
  assert.equal(found('org.duckdb:duckdb_jdbc', '1.5.0.0'), 0);
  assert.equal(found('org.rocksdb:rocksdbjni', '5.18.4'), 1);
  assert.equal(found('com.microsoft.onnxruntime:onnxruntime', ''), 1);
  assert.equal(found('org.bytedeco:javacv-platform', '1.5.12'), 1);
  assert.equal(found('org.bytedeco:javacv', '1.5.12'), 0);
});

test('takes versions from properties and from what is managed', () => {
  const managed = `<properties><v>1.1.10.5</v></properties><dependencyManagement><dependencies>${dependency(snappy, '${v}')}</dependencies></dependencyManagement>`;
  assert.equal(messages(maven(), { 'pom.xml': pom(dependency(snappy, ''), managed) }).length, 1);
  assert.equal(messages(maven(), { 'pom.xml': pom(dependency(snappy, '${other}'), managed) }).length, 0);
});

test('reads Gradle: notations, version catalog, lock file, projects', () => {
  const found = (files: Record<string, string>) => messages(gradle, files).length;
  assert.equal(found({ 'build.gradle': `dependencies { implementation '${snappy}:1.1.10.5' }` }), 1);
  assert.equal(
    found({
      'build.gradle':
        "dependencies { implementation group: 'org.xerial.snappy', name: 'snappy-java', version: '1.1.10.5' }",
    }),
    1,
  );
  assert.equal(found({ 'build.gradle.kts': `val v = "1.1.10.5"\ndependencies { implementation("${snappy}:$v") }` }), 1);
  assert.equal(found({ 'build.gradle': `dependencies { testImplementation '${snappy}:1.1.10.5' }` }), 0);
  assert.equal(found({ 'build.gradle': `dependencies { // implementation '${snappy}:1.1.10.5'\n }` }), 0);
  const catalog = `[versions]\ns = "1.1.10.5"\n[libraries]\nsnappy-java = { module = "${snappy}", version.ref = "s" }\n`;
  const build = 'dependencies { implementation(libs.snappy.java) }';
  assert.equal(found({ 'build.gradle.kts': build, 'gradle/libs.versions.toml': catalog }), 1);
  assert.equal(
    found({ 'build.gradle': '', 'gradle.lockfile': `${snappy}:1.1.10.5=compileClasspath,runtimeClasspath\n` }),
    1,
  );
  assert.equal(found({ 'build.gradle': '', 'gradle.lockfile': `${snappy}:1.1.10.5=testRuntimeClasspath\n` }), 0);
  const several = {
    'settings.gradle': "include 'core', 'web'",
    'web/build.gradle': "dependencies { implementation project(':core') }",
    'core/build.gradle': `dependencies { api '${snappy}:1.1.10.5' }`,
  };
  assert.equal(messages(gradle.replace('/src/build', '/src/web/build'), several).length, 1);
});

test('follows modules of Maven, and what was built outside', () => {
  const root =
    '<project><groupId>a</groupId><artifactId>r</artifactId><modules><module>core</module><module>web</module></modules></project>';
  const parent = '<parent><groupId>a</groupId><artifactId>r</artifactId></parent>';
  const files = {
    'pom.xml': root,
    'core/pom.xml': `<project>${parent}<artifactId>core</artifactId><dependencies>${dependency(snappy, '1.1.10.5')}</dependencies></project>`,
    'web/pom.xml': `<project>${parent}<artifactId>web</artifactId><dependencies>${dependency('a:core', '1')}</dependencies></project>`,
  };
  assert.equal(messages(maven().replace('/src/target', '/src/web/target'), files).length, 1);
  const outside = 'FROM eclipse-temurin:21-jre-alpine\nARG JAR=target/*.jar\nCOPY ${JAR} app.jar\n';
  assert.equal(messages(outside, { 'pom.xml': pom(dependency(snappy, '1.1.10.5')), 'target/a.jar': '' }).length, 1);
});

test('says less where a layer for glibc is installed', () => {
  const files = { 'pom.xml': pom(dependency(snappy, '1.1.10.5')) };
  const source = maven('eclipse-temurin:21-jre-alpine\nRUN apk add --no-cache gcompat');
  assert.deepEqual(
    findingsOf(rule, source, { files }).map(({ severity }) => severity),
    ['information'],
  );
});

test('is silent on glibc, for tests, and where the project is not known', () => {
  const files = { 'pom.xml': pom(dependency(snappy, '1.1.10.5')) };
  assert.deepEqual(messages(maven('eclipse-temurin:21-jre'), files), []);
  assert.deepEqual(messages(maven('registry.example.com/jre'), files), []);
  assert.deepEqual(messages(maven(), { 'pom.xml': pom(dependency(snappy, '1.1.10.5', '<scope>test</scope>')) }), []);
  assert.deepEqual(messages(maven(), { 'pom.xml': '<project>' }), []);
  checkSilent(rule, maven());
});
