import { byInstruction, type Evidence } from '../fact.js';
import { flagOf } from '../fixes/copy-flags.js';
import { isWorkshop, rootBase, rootStage } from '../interpret/bases.js';
import { isMerged } from '../interpret/merged.js';
import { startedProgram } from '../interpret/placed.js';
import { finalStage } from '../interpret/processes.js';
import { startsProduct, startsToolchain } from '../interpret/product.js';
import { resolvePath } from '../interpret/query.js';
import { expand } from '../interpret/scene.js';
import type { Analysis, Stage, Step } from '../interpret/state.js';
import type { Copy, Word } from '../syntax/model.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<null>({
  meta: {
    id: 'whole-context-or-rootfs-into-final',
    summary: 'The sources or a whole file system come into the final image',
    category: 'size',
    severity: 'warning',
    fix: 'none',
  },

  docs: {
    why:
      'The point of a build stage is what it leaves behind: sources, .git, caches, compilers. COPY --from=build / / ' +
      'brings all of it back, and lays the files of one distribution over those of another. Copying the source ' +
      'directory of a compiled program, or the whole build context next to it, ships the sources. Copy the built files ' +
      'by name. A whole file system copied onto scratch, or onto the image it began with, is a known way to make one ' +
      'layer, and is not reported.',
    bad: dockerfile`
      FROM golang:1.26 AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /src/app .

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /src /src
      ENTRYPOINT ["/src/app"]
    `,
    good: dockerfile`
      FROM golang:1.26 AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /src/app .

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /src/app /src/app
      ENTRYPOINT ["/src/app"]
    `,
    references: [
      'https://docs.docker.com/build/building/multi-stage/',
      'https://github.com/hadolint/hadolint/wiki/DL3067',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage || isWorkshop(stage) || analysis.stages.length < 2 || !startsProduct(stage)) return;
    const about = { stage, artifact: startedArtifact(stage), analysis };
    for (const step of stage.steps) {
      const { instruction } = step;
      if ((instruction.kind !== 'copy' && instruction.kind !== 'add') || instruction.isOnbuild) continue;
      const word = instruction.sources[0];
      const found = word && problemOf(step, { ...about, instruction, word });
      if (word && found) yield { span: word.span, ...found, data: null };
    }
  },
});

type Started = ReturnType<typeof startedArtifact>;
type About = { stage: Stage; artifact: Started; instruction: Copy; word: Word; analysis: Analysis };
type Problem = { readonly message: string; readonly because: readonly Evidence[] };

function problemOf(step: Step, { stage, artifact, instruction, word, analysis }: About): Problem | null {
  if (flagOf(instruction, 'exclude')) return null;
  const from = flagOf(instruction, 'from');
  const source = from ? analysis.sources.get(from.valueSpan.start) : null;
  if (!from) return contextProblem(stage, { word, artifact, analysis });
  if (source?.kind !== 'stage') return null;
  const text = expand(step.before, word, analysis);
  const path = text.known ? resolvePath('/', text.value) : null;
  if (path === null) return null;
  if (path === '/') return rootProblem(stage, { source: source.stage, instruction });
  const sources = artifact ? sourcesOf(source.stage, analysis).get(path) : undefined;
  if (!sources) return null;
  return {
    message: `'${path}' holds the sources that the program was built from, and brings all of them.`,
    because: [sources],
  };
}

/** Sources next to a program that was compiled in another stage. */
function contextProblem(
  stage: Stage,
  { word, artifact, analysis }: Omit<About, 'stage' | 'instruction'>,
): Problem | null {
  if (!/^\.?\/?$/.test(word.value) || !artifact || startsToolchain(stage)) return null;
  const project = artifact.language && projectFiles[artifact.language];
  // A context, or a .dockerignore, that leaves the sources out.
  if (project && analysis.context.isSure && analysis.context.kind(project) === null) return null;
  const built = artifact.built;
  return {
    message: 'This copies the whole build context next to a program that is already built.',
    because: built ? [byInstruction(built.span, 'The program is built here.')] : [],
  };
}

/** Onto scratch it is a way to make one layer; where links meet directories the build fails, which is another matter. */
function rootProblem(stage: Stage, { source, instruction }: { source: Stage; instruction: Copy }): Problem | null {
  const target = instruction.destination ? resolvePath('/', instruction.destination.value) : null;
  if (target !== '/' || rootBase(stage).kind === 'scratch' || rootBase(source).kind === 'scratch') return null;
  if (isMerged(stage) === false && isMerged(source) === true) return null;
  const { image } = source.syntax.from;
  // The changes of a stage in one layer, over the image that it began with.
  if (rootStage(stage).syntax.from.image?.text === rootStage(source).syntax.from.image?.text) return null;
  const because = image ? [byInstruction(image.span, `That stage is based on '${image.text}'.`)] : [];
  return { message: 'This lays the whole file system of another stage over that of the image.', because };
}

const projectFiles: Readonly<Partial<Record<string, string>>> = { go: 'go.mod', rust: 'Cargo.toml' };

function startedArtifact(stage: Stage) {
  const artifact = startedProgram(stage)?.artifact;
  return artifact?.built && artifact.language && artifact.stage !== stage.index ? artifact : null;
}

const known = new WeakMap<Stage, ReadonlyMap<string, Evidence>>();

/** The directories into which the build context was copied, with the first instruction that did so. */
function sourcesOf(stage: Stage, analysis: Analysis): ReadonlyMap<string, Evidence> {
  const found = known.get(stage) ?? readSources(stage, analysis);
  known.set(stage, found);
  return found;
}

function readSources({ steps }: Stage, analysis: Analysis): ReadonlyMap<string, Evidence> {
  const found = new Map<string, Evidence>();
  for (const { instruction, before } of steps) {
    if (instruction.kind !== 'copy' || instruction.isOnbuild || flagOf(instruction, 'from')) continue;
    if (!instruction.destination || !instruction.sources.some(({ value }) => /^\.\/?$/.test(value))) continue;
    const target = expand(before, instruction.destination, analysis);
    const workdir = before.workdir.known ? before.workdir.value : null;
    if (!target.known || (workdir === null && !target.value.startsWith('/'))) continue;
    const path = resolvePath(workdir ?? '/', target.value);
    if (path !== null && !found.has(path)) found.set(path, byInstruction(instruction.span, 'The sources come here.'));
  }
  return found;
}
