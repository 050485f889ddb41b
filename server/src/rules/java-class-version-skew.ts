import { onVersion } from '../fixes/builder-version.js';
import { madeHere, placedBundles, type PlacedBundle } from '../interpret/bundles.js';
import { startedJava } from '../interpret/java.js';
import { finalStage } from '../interpret/processes.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly classes: PlacedBundle; readonly built: string; readonly runs: string };

export default defineRule<Data>({
  meta: {
    id: 'java-class-version-skew',
    summary: 'Compiled for a newer Java than the image runs',
    category: 'build',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'javac compiles for its own release unless --release says otherwise, and an older Java refuses the classes: ' +
      '"java.lang.UnsupportedClassVersionError: Main has been compiled by a more recent version of the Java Runtime ' +
      '(class file version 69.0), this version of the Java Runtime only recognizes class file versions up to 65.0". ' +
      'Gradle compiles for the Java it runs on, unless the build names a toolchain or a release, so there it is an ' +
      'information. Maven has a fixed release of its own and is not reported.',
    bad: dockerfile`
      FROM eclipse-temurin:25-jdk AS build
      WORKDIR /src
      COPY Main.java .
      RUN javac -d /out Main.java

      FROM eclipse-temurin:21-jre
      COPY --from=build /out /app
      USER 65532:65532
      ENTRYPOINT ["java", "-cp", "/app", "Main"]
    `,
    good: dockerfile`
      FROM eclipse-temurin:21-jdk AS build
      WORKDIR /src
      COPY Main.java .
      RUN javac -d /out Main.java

      FROM eclipse-temurin:21-jre
      COPY --from=build /out /app
      USER 65532:65532
      ENTRYPOINT ["java", "-cp", "/app", "Main"]
    `,
    references: [
      'https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/lang/UnsupportedClassVersionError.html',
      'https://docs.gradle.org/current/userguide/building_java_projects.html#sec:java_cross_compilation',
      'https://maven.apache.org/plugins/maven-compiler-plugin/compile-mojo.html',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    const here = stage && startedJava(stage);
    if (!stage || !here?.known) return;
    for (const classes of placedBundles(stage, 'java-classes')) {
      const { bundle, path, placedBy } = classes;
      if (!bundle.version.known || Number(bundle.version.value) <= Number(here.value)) continue;
      yield {
        span: placedBy,
        message: `'${path}' is compiled by Java ${bundle.version.value}, and this image runs Java ${here.value}.`,
        because: [...madeHere(classes), ...bundle.version.because, ...here.because],
        data: { classes, built: bundle.version.value, runs: here.value },
        severity: bundle.traits.includes('settled') ? 'warning' : 'information',
      };
    }
  },

  fix({ data: { classes, built, runs } }, analysis) {
    const builder = classes.bundle.stage === null ? undefined : analysis.stages[classes.bundle.stage];
    return onVersion(builder, { name: 'java', from: built, to: runs }, analysis);
  },
});
