import { buildOnLibc } from '../fixes/builder-libc.js';
import { madeHere, placedBundles, startedInside, type PlacedBundle } from '../interpret/bundles.js';
import { finalStage } from '../interpret/processes.js';
import type { Stage } from '../interpret/state.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly java: PlacedBundle; readonly stage: Stage };

export default defineRule<Data>({
  meta: {
    id: 'java-jlink-libc-mismatch',
    summary: 'Java runtime copied to another C library',
    category: 'libc',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'A Java runtime is a native program: what jlink writes, and the JDK of an image, are linked against the libc they ' +
      'were built for. Copied to an image with another libc, or with none, the container ends with "exec ' +
      '/opt/java/bin/java: no such file or directory", although the file is there. Run jlink in an image with the same ' +
      'libc as the final one. A warning where the image does not show that this runtime is what it starts.',
    bad: dockerfile`
      FROM eclipse-temurin:21-jdk-alpine AS jre
      RUN jlink --add-modules java.base --output /jre

      FROM gcr.io/distroless/java-base-debian13:nonroot
      COPY --from=jre /jre /jre
      COPY app.jar /app.jar
      ENTRYPOINT ["/jre/bin/java", "-jar", "/app.jar"]
    `,
    good: dockerfile`
      FROM eclipse-temurin:21-jdk AS jre
      RUN jlink --add-modules java.base --output /jre

      FROM gcr.io/distroless/java-base-debian13:nonroot
      COPY --from=jre /jre /jre
      COPY app.jar /app.jar
      ENTRYPOINT ["/jre/bin/java", "-jar", "/app.jar"]
    `,
    references: [
      'https://github.com/docker-library/docs/tree/master/eclipse-temurin#creating-a-jre-using-jlink',
      'https://github.com/AdoptOpenJDK/openjdk-docker/issues/78',
      'https://github.com/gliderlabs/docker-alpine/issues/11',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage?.end.libc.known) return;
    const here = stage.end.libc;
    for (const java of placedBundles(stage, 'java-runtime')) {
      const { bundle, path, placedBy } = java;
      if (!bundle.libc.known || bundle.libc.value.kind === here.value.kind) continue;
      const [made, runs] = [bundle.libc.value.kind, here.value.kind];
      const isStarted = startedInside(stage, path) !== null && stage.end.blur === null;
      yield {
        span: placedBy,
        message: `The Java runtime '${path}' is linked against ${made}, and this image has ${runs === 'none' ? 'no C library' : runs}.`,
        because: [...madeHere(java), ...bundle.libc.because, ...here.because],
        data: { java, stage },
        severity: isStarted ? 'error' : 'warning',
      };
    }
  },

  fix({ data: { java, stage } }, analysis) {
    const builder = java.bundle.stage === null ? undefined : analysis.stages[java.bundle.stage];
    const runs = stage.end.libc.known ? stage.end.libc.value.kind : 'none';
    return runs === 'none' ? [] : buildOnLibc(builder, { libc: runs }, analysis);
  },
});
