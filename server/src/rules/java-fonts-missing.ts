import { byPackage } from '../context/used-package.js';
import { knownFalse, type Evidence } from '../fact.js';
import { rootFacts } from '../interpret/bases.js';
import { placedBundles } from '../interpret/bundles.js';
import { javaApps } from '../interpret/java-apps.js';
import { drawsText } from '../interpret/java-natives.js';
import { libraryFact } from '../interpret/libraries.js';
import { finalStage } from '../interpret/processes.js';
import type { Stage, StageState } from '../interpret/state.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<null>({
  meta: {
    id: 'java-fonts-missing',
    summary: 'Java library that draws text in an image without fonts',
    category: 'start',
    severity: 'information',
    fix: 'none',
  },

  docs: {
    why:
      'A Java runtime brings no fonts, and finds those of the system through fontconfig and FreeType. Without them a ' +
      'library that draws or measures text ends with "java.lang.NullPointerException at ' +
      'sun.awt.FontConfiguration.getVersion" or "libfreetype.so.6: cannot open shared object file". Install fontconfig ' +
      'and a font, or take an image that has them, such as gcr.io/distroless/java21-debian13 or eclipse-temurin.',
    bad: dockerfile`
      FROM maven:3-eclipse-temurin-21 AS build
      WORKDIR /src
      COPY . .
      RUN mvn package && jlink --add-modules java.desktop,java.sql --output /jre

      FROM gcr.io/distroless/cc-debian13:nonroot
      COPY --from=build /jre /jre
      COPY --from=build /src/target/app.jar /app.jar
      ENTRYPOINT ["/jre/bin/java", "-jar", "/app.jar"]
    `,
    good: dockerfile`
      FROM maven:3-eclipse-temurin-21 AS build
      WORKDIR /src
      COPY . .
      RUN mvn package && jlink --add-modules java.desktop,java.sql --output /jre

      FROM gcr.io/distroless/java-base-debian13:nonroot
      COPY --from=build /jre /jre
      COPY --from=build /src/target/app.jar /app.jar
      ENTRYPOINT ["/jre/bin/java", "-jar", "/app.jar"]
    `,
    files: {
      'pom.xml':
        '<project>\n' +
        '  <groupId>com.example</groupId>\n' +
        '  <artifactId>app</artifactId>\n' +
        '  <version>1</version>\n' +
        '  <dependencies>\n' +
        '    <dependency>\n' +
        '      <groupId>net.sf.jasperreports</groupId>\n' +
        '      <artifactId>jasperreports</artifactId>\n' +
        '      <version>7.0.0</version>\n' +
        '    </dependency>\n' +
        '  </dependencies>\n' +
        '</project>\n',
    },
    references: [
      'https://github.com/docker-library/openjdk/issues/73',
      'https://github.com/GoogleContainerTools/distroless/issues/321',
      'https://github.com/adoptium/temurin-build/issues/693',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    const lacking = stage && whatLacks(stage);
    if (!stage || !lacking) return;
    for (const { packages, placedBy, because } of javaApps(stage, analysis)) {
      const used = packages.find(drawsText);
      if (!used) continue;
      yield {
        span: placedBy,
        message: `'${used.name}' draws text, and this image has no fontconfig.`,
        because: [...because, byPackage(used), ...lacking],
        data: null,
      };
    }
  },
});

/**
 * Why there is no fontconfig; null where there is one, or that is not known. Images that are made for Java have it, or
 * do not tell.
 */
function whatLacks(stage: Stage): readonly Evidence[] | null {
  const library = libraryFact(stage.end, 'fontconfig');
  const isForJava = /java|jre|jdk/.test(rootFacts(stage)?.name ?? 'java');
  if (isForJava || placedBundles(stage, 'java-runtime').length === 0 || hasFonts(stage.end)) return null;
  return knownFalse(library) ? library.because : null;
}

/** Installed, or copied by hand. */
function hasFonts({ packages, files }: StageState): boolean {
  for (const [name, { installed }] of packages.entries()) if (installed && /font|ttf|freetype/.test(name)) return true;
  for (const [path] of files.entries()) if (/font|freetype/i.test(path)) return true;
  return false;
}
