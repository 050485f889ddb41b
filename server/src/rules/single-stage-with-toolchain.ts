import { byInstruction } from '../fact.js';
import { isWorkshop, lineage, rootFacts, rootStage } from '../interpret/bases.js';
import { finalStage } from '../interpret/processes.js';
import { startsProduct, startsScript, startsToolchain } from '../interpret/product.js';
import type { CommandStep, Stage } from '../interpret/state.js';
import { defineRule, dockerfile } from './rule.js';

const builds: Readonly<Record<string, readonly string[]>> = {
  go: ['build', 'install'],
  cargo: ['build', 'install'],
  mvn: ['package', 'install', 'verify'],
  './mvnw': ['package', 'install', 'verify'],
  gradle: ['build', 'bootJar', 'assemble', 'installDist', 'shadowJar'],
  './gradlew': ['build', 'bootJar', 'assemble', 'installDist', 'shadowJar'],
  dotnet: ['publish', 'build'],
  swift: ['build'],
  stack: ['build', 'install'],
  cabal: ['build', 'install'],
};

export default defineRule<Stage>({
  meta: {
    id: 'single-stage-with-toolchain',
    summary: 'The image ships the toolchain that built it',
    category: 'size',
    severity: 'warning',
    fix: 'none',
  },

  docs: {
    why:
      'The compiler, its caches, the sources and hundreds of packages that only the build needs stay in the image: ' +
      'larger to pull, more to patch, more for an intruder to use. Build in one stage and copy the result into a small ' +
      'one.',
    bad: dockerfile`
      FROM golang:1.26
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /app ./cmd/app
      USER 65532:65532
      CMD ["/app"]
    `,
    good: dockerfile`
      FROM golang:1.26 AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /app ./cmd/app

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /app /app
      CMD ["/app"]
    `,
    references: [
      'https://docs.docker.com/build/building/multi-stage/',
      'https://docs.docker.com/build/building/best-practices/#use-multi-stage-builds',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    const facts = stage && rootFacts(stage);
    // A development variant is reported as such.
    if (!stage || facts?.purpose !== 'build' || facts.flavor !== null || isWorkshop(stage)) return;
    if (!startsProduct(stage) || startsToolchain(stage)) return;
    const build = lineage(stage)
      .flatMap(({ steps }) => steps.flatMap(({ commands }) => commands))
      .find(isBuild);
    const { image } = rootStage(stage).syntax.from;
    if (!build || !image) return;
    const command = build.words.slice(0, 2).join(' ');
    yield {
      span: (stage.syntax.from.image ?? image).span,
      message: `The final image is '${image.text}' with its whole toolchain, which '${command}' needs and the finished program does not.`,
      because: [byInstruction(build.command.span, `'${command}' builds the program here.`), ...facts.runtime.because],
      data: stage,
      // A script may call the toolchain.
      severity: startsScript(stage) ? 'information' : 'warning',
    };
  },
});

/** `go install example.com/tool@v1` brings somebody else's tool; whatever calls it may need the toolchain too. */
function isBuild({ words }: CommandStep): boolean {
  const [program, ...rest] = words;
  const actions = program && Object.hasOwn(builds, program) ? builds[program] : undefined;
  const isTool = words.some((word) => word === null || word.includes('@')) || rest.includes('--version');
  const isCrate = program === 'cargo' && rest.includes('install') && !rest.includes('--path');
  return !isTool && !isCrate && (actions?.some((action) => rest.includes(action)) ?? false);
}
