import { onVersion } from '../fixes/builder-version.js';
import { madeHere, placedBundles, type PlacedBundle } from '../interpret/bundles.js';
import { outsideApps } from '../interpret/java-apps.js';
import { startedJava, startsClasses } from '../interpret/java.js';
import { finalStage } from '../interpret/processes.js';
import type { Stage } from '../interpret/state.js';
import { defineRule, dockerfile, type Severity } from './rule.js';

/** `classes` is null for what was built outside. */
type Data = { readonly classes: PlacedBundle | null; readonly built: string; readonly runs: string };

export default defineRule<Data>({
  meta: {
    id: 'java-class-version-skew',
    summary: 'Compiled for a newer Java than the image runs',
    category: 'build',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'javac compiles for its own release unless --release says otherwise, and an older Java refuses the classes: ' +
      '"java.lang.UnsupportedClassVersionError: Main has been compiled by a more recent version of the Java Runtime ' +
      '(class file version 69.0), this version of the Java Runtime only recognizes class file versions up to 65.0". ' +
      'The release that pom.xml or build.gradle names counts where those files are known. Without one, Gradle compiles ' +
      'for the Java it runs on, unless a plugin of the build says otherwise, so that is an information; Maven has a fixed ' +
      'release of its own and is not reported. It is a warning where the image does not show that it starts those classes.',
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
      if (!bundle.version.known || !isNewer(bundle.version.value, here.value)) continue;
      yield {
        span: placedBy,
        message: message(path, bundle.version.value, here.value),
        because: [...madeHere(classes), ...bundle.version.because, ...here.because],
        data: { classes, built: bundle.version.value, runs: here.value },
        severity: severityOf(classes, stage),
      };
    }
    for (const { path, placedBy, because, release } of outsideApps(stage, analysis.context)) {
      if (!release.known || !isNewer(release.value, here.value)) continue;
      yield {
        span: placedBy,
        message: message(path, release.value, here.value),
        because: [...because, ...release.because, ...here.because],
        data: { classes: null, built: release.value, runs: here.value },
        severity: 'warning',
      };
    }
  },

  fix({ data: { classes, built, runs } }, analysis) {
    if (!classes) return [];
    const isPinned = classes.bundle.version.because.some(({ kind }) => kind === 'file');
    const { stage } = classes.bundle;
    const builder = stage === null || isPinned ? undefined : analysis.stages[stage];
    const finals = isPinned
      ? onVersion(finalStage(analysis) ?? undefined, { name: 'java', from: runs, to: built }, analysis)
      : [];
    return [
      ...onVersion(builder, { name: 'java', from: built, to: runs }, analysis),
      ...finals.map((fix) => ({ ...fix, title: fix.title.replace(/^Build on/, 'Use') })),
    ];
  },
});

function isNewer(built: string, runs: string): boolean {
  return Number(built) > Number(runs);
}

function message(path: string, built: string, runs: string): string {
  return `'${path}' is compiled for Java ${built}, and this image runs Java ${runs}.`;
}

function severityOf({ bundle, path }: PlacedBundle, stage: Stage): Severity {
  if (!bundle.traits.includes('settled')) {
    return bundle.version.because.some(({ kind }) => kind === 'file') ? 'warning' : 'information';
  }
  return startsClasses(stage, path) && stage.end.blur === null ? 'error' : 'warning';
}
