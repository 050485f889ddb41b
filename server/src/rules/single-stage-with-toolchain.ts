import { byInstruction } from '../fact.js';
import { isWorkshop, lineage, rootFacts, rootStage } from '../interpret/bases.js';
import { finalStage, startUses } from '../interpret/processes.js';
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

/** Programs of a toolchain: an image that starts one of them is meant to build or to develop. */
const toolPrograms = [
  'go',
  'cargo',
  'mvn',
  'gradle',
  './mvnw',
  './gradlew',
  'swift',
  'stack',
  'cabal',
  'air',
  'make',
  'bash',
  'sh',
  'gcc',
  'rustc',
  'golangci-lint',
];

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
    if (!stage || facts?.purpose !== 'build' || isWorkshop(stage) || !startsProduct(stage)) return;
    const build = lineage(stage)
      .flatMap(({ steps }) => steps.flatMap(({ commands }) => commands))
      .find(isBuild);
    const { image } = rootStage(stage).syntax.from;
    if (!build || !image) return;
    const command = build.words.slice(0, 2).join(' ');
    yield {
      span: (stage.syntax.from.image ?? image).span,
      message: `The final image is '${image.text}' with its whole toolchain, although only what '${command}' made is started.`,
      because: [byInstruction(build.command.span, `'${command}' builds the program here.`)],
      data: stage,
    };
  },
});

function isBuild({ words }: CommandStep): boolean {
  const [program, ...rest] = words;
  const actions = program && Object.hasOwn(builds, program) ? builds[program] : undefined;
  return actions?.some((action) => rest.includes(action)) ?? false;
}

function startsProduct(stage: Stage): boolean {
  const [use] = startUses(stage).filter(({ role }) => role !== 'healthcheck');
  if (!use || use.body.form !== 'exec')
    return use?.body.form === 'shell' && !toolPrograms.some((tool) => startsWith(use.body, tool));
  const [program, action] = use.argv;
  const isDotnetTool = program === 'dotnet' && ['run', 'watch', 'test'].includes(action ?? '');
  return !isDotnetTool && !toolPrograms.includes(program ?? '');
}

function startsWith(body: { form: 'exec' | 'shell' } & Partial<{ text: { text: string } }>, tool: string): boolean {
  return (body.text?.text.trim().split(/\s+/)[0] ?? '') === tool;
}
