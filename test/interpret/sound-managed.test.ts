import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorsOf, testSound, type Case } from '../support/sound.js';

const pom = (inner: string): string =>
  `<project><groupId>x</groupId><artifactId>app</artifactId><properties><maven.compiler.release>21</maven.compiler.release></properties>${inner}</project>`;
const compiler = (inner: string): string =>
  `<build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><configuration>${inner}</configuration></plugin></plugins></build>`;
const boot = (inner: string): string =>
  `<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>2.7.0</version><relativePath/></parent><artifactId>app</artifactId>${inner}</project>`;
const mavenBuild = (run: string, more = ''): string =>
  `FROM maven:3.9-eclipse-temurin-21 AS b\nWORKDIR /src\nCOPY . .\n${more}RUN ${run}\nFROM eclipse-temurin:17-jre\nCOPY --from=b /src/target/app.jar /app.jar\nENTRYPOINT ["java","-jar","/app.jar"]\n`;
const gradleBuild = (run: string): string =>
  `FROM gradle:8-jdk21 AS b\nWORKDIR /src\nCOPY . .\nRUN ${run}\nFROM eclipse-temurin:17-jre\nCOPY --from=b /src/build/libs/app.jar /app.jar\nENTRYPOINT ["java","-jar","/app.jar"]\n`;
const toolchain = 'java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }\n';

const java: readonly Case[] = [
  ['words that are not known', mavenBuild('mvn $OPTIONS package', 'ARG OPTIONS\n'), { 'pom.xml': pom('') }],
  ['MAVEN_ARGS', mavenBuild('mvn package', 'ENV MAVEN_ARGS="-Dmaven.compiler.release=17"\n'), { 'pom.xml': pom('') }],
  ['jvm.config', mavenBuild('mvn package'), { 'pom.xml': pom(''), '.mvn/jvm.config': '-Dmaven.compiler.release=17\n' }],
  ['settings.xml', mavenBuild('mvn -s settings.xml package'), { 'pom.xml': pom(''), 'settings.xml': '<settings/>' }],
  [
    'versions:set-property',
    mavenBuild('mvn versions:set-property -Dproperty=maven.compiler.release -DnewVersion=17 && mvn package'),
    { 'pom.xml': pom('') },
  ],
  [
    'arguments of the compiler',
    mavenBuild('mvn package'),
    { 'pom.xml': pom(compiler('<compilerArgs><arg>--release</arg><arg>17</arg></compilerArgs>')) },
  ],
  [
    'a plugin that rewrites classes',
    mavenBuild('mvn package'),
    {
      'pom.xml': pom(
        '<build><plugins><plugin><artifactId>jvmdowngrader-maven-plugin</artifactId></plugin></plugins></build>',
      ),
    },
  ],
  [
    'a target of its own below Spring Boot',
    mavenBuild('mvn package'),
    {
      'pom.xml': boot(
        '<properties><java.version>21</java.version><maven.compiler.target>17</maven.compiler.target></properties>',
      ),
    },
  ],
  [
    'another Java first on PATH',
    mavenBuild('mvn package').replace('17-jre\n', '17-jre\nADD jdk.tar.gz /opt/\nENV PATH=/opt/jdk-21/bin:$PATH\n'),
    { 'pom.xml': pom(''), 'jdk.tar.gz': '' },
  ],
  ['a convention plugin', gradleBuild('gradle build'), { 'build.gradle': toolchain, 'buildSrc/build.gradle': '' }],
  [
    'a script that is applied',
    gradleBuild('gradle build'),
    { 'build.gradle': `apply from: 'java.gradle'\n${toolchain}` },
  ],
  ['a property of the command line', gradleBuild('gradle build -Pjava=17'), { 'build.gradle': toolchain }],
  [
    'a toolchain for tests',
    gradleBuild('gradle build'),
    {
      'build.gradle':
        'test { javaLauncher = javaToolchains.launcherFor { languageVersion = JavaLanguageVersion.of(21) } }\n',
    },
  ],
];

const project = (inner: string, sdk = 'Microsoft.NET.Sdk.Web'): string =>
  `<Project Sdk="${sdk}"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>${inner}</Project>`;
const publish = (image: string, run = 'dotnet publish -o /app'): string =>
  `FROM mcr.microsoft.com/dotnet/sdk:9.0 AS b\nWORKDIR /src\nCOPY . .\nRUN ${run}\nFROM mcr.microsoft.com/dotnet/${image}\nWORKDIR /app\nCOPY --from=b /app .\nENTRYPOINT ["dotnet","App.dll"]\n`;

const dotnet: readonly Case[] = [
  [
    'options in a file',
    publish('aspnet:9.0'),
    { 'App.csproj': project(''), 'Directory.Build.rsp': '-p:RollForward=Major\n' },
  ],
  ['properties of a user', publish('aspnet:9.0'), { 'App.csproj': project(''), 'App.csproj.user': '<Project/>' }],
  [
    'global.json with folders',
    publish('aspnet:8.0'),
    { 'App.csproj': project(''), 'global.json': '{"sdk":{"version":"10.0.100","paths":[".dotnet"]}}' },
  ],
  [
    'global.json taken away',
    publish('aspnet:8.0', 'rm -f *.json && dotnet publish -o /app'),
    { 'App.csproj': project(''), 'global.json': '{"sdk":{"version":"8.0.100"}}' },
  ],
  [
    'a project that is only built',
    publish('runtime:8.0'),
    {
      'App.csproj': project(
        '<ItemGroup><ProjectReference Include="Web/Web.csproj" ReferenceOutputAssembly="false" /></ItemGroup>',
        'Microsoft.NET.Sdk',
      ),
      'Web/Web.csproj': project(''),
    },
  ],
  [
    'a framework taken away',
    publish('runtime:8.0'),
    { 'App.csproj': project('<ItemGroup><FrameworkReference Remove="Microsoft.AspNetCore.App" /></ItemGroup>') },
  ],
];

testSound('java', java);
testSound('dotnet', dotnet);

test('the plain forms of these projects are errors', () => {
  assert.deepEqual(errorsOf(mavenBuild('mvn package'), { 'pom.xml': pom('') }), ['java-class-version-skew']);
  assert.deepEqual(errorsOf(gradleBuild('gradle build'), { 'build.gradle': toolchain }), ['java-class-version-skew']);
  assert.deepEqual(errorsOf(publish('aspnet:9.0'), { 'App.csproj': project('') }), ['dotnet-framework-version-skew']);
});
