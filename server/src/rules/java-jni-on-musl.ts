import { byPackage, type UsedPackage } from '../context/used-package.js';
import { knownFalse, type Evidence } from '../fact.js';
import { javaApps } from '../interpret/java-apps.js';
import { lacksMusl, loadsCpp } from '../interpret/java-natives.js';
import { libraryFact } from '../interpret/libraries.js';
import { finalStage } from '../interpret/processes.js';
import type { StageState } from '../interpret/state.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<null>({
  meta: {
    id: 'java-jni-on-musl',
    summary: 'Java library with native code for glibc on musl',
    category: 'libc',
    severity: 'warning',
    fix: 'none',
  },

  docs: {
    why:
      'Some Java libraries unpack native code when they are used, and many of them have it for glibc only. On Alpine ' +
      'that ends with "java.lang.UnsatisfiedLinkError: Error loading shared library ld-linux-x86-64.so.2: No such file ' +
      'or directory". Take a release of the library that has code for musl, where there is one, or a Java image with ' +
      'glibc. The compatibility layer gcompat helps with some of them, so with it this is an information.',
    bad: dockerfile`
      FROM maven:3-eclipse-temurin-21 AS build
      WORKDIR /src
      COPY . .
      RUN mvn package

      FROM eclipse-temurin:21-jre-alpine
      COPY --from=build /src/target/app.jar /app.jar
      USER 65532:65532
      ENTRYPOINT ["java", "-jar", "/app.jar"]
    `,
    good: dockerfile`
      FROM maven:3-eclipse-temurin-21 AS build
      WORKDIR /src
      COPY . .
      RUN mvn package

      FROM eclipse-temurin:21-jre
      COPY --from=build /src/target/app.jar /app.jar
      USER 65532:65532
      ENTRYPOINT ["java", "-jar", "/app.jar"]
    `,
    files: {
      'pom.xml':
        '<project>\n' +
        '  <groupId>com.example</groupId>\n' +
        '  <artifactId>app</artifactId>\n' +
        '  <version>1</version>\n' +
        '  <dependencies>\n' +
        '    <dependency>\n' +
        '      <groupId>com.microsoft.onnxruntime</groupId>\n' +
        '      <artifactId>onnxruntime</artifactId>\n' +
        '      <version>1.23.0</version>\n' +
        '    </dependency>\n' +
        '  </dependencies>\n' +
        '</project>\n',
    },
    references: [
      'https://github.com/xerial/snappy-java/pull/632',
      'https://github.com/microsoft/onnxruntime/issues/22539',
      'https://github.com/facebook/rocksdb/issues/3848',
      'https://github.com/duckdb/duckdb-java/pull/226',
      'https://github.com/bytedeco/javacpp-presets/issues/1306',
      'https://github.com/xerial/sqlite-jdbc/pull/480',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage?.end.libc.known || stage.end.libc.value.kind !== 'musl') return;
    const { libc } = stage.end;
    const shim = shimOf(stage.end);
    const told = new Set<string>();
    for (const { packages, placedBy, because } of javaApps(stage, analysis)) {
      for (const used of packages) {
        const problem = told.has(used.name) ? null : problemOf(used, stage.end);
        if (!problem) continue;
        told.add(used.name);
        yield {
          span: placedBy,
          message: problem.message,
          because: [...because, byPackage(used), ...problem.because, ...libc.because],
          data: null,
          severity: shim ? 'information' : 'warning',
          cause: used.name,
        };
      }
    }
  },
});

function problemOf(used: UsedPackage, end: StageState): { message: string; because: readonly Evidence[] } | null {
  const name = `'${used.name}'${used.version === null ? '' : ` ${used.version}`}`;
  if (lacksMusl(used))
    return { message: `${name} has native code for glibc only, and this image has musl.`, because: [] };
  const library = loadsCpp(used) ? libraryFact(end, 'libstdc++') : null;
  if (!library || !knownFalse(library)) return null;
  return { message: `${name} loads libstdc++, which this image does not have.`, because: library.because };
}

/** A layer that makes programs for glibc start on musl. */
function shimOf({ packages }: StageState): boolean {
  return ['gcompat', 'libc6-compat'].some((name) => packages.get(name)?.installed === true);
}
