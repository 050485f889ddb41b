import { isWorkshop, rootFacts } from '../../interpret/bases.js';
import type { Analysis, Artifact, Stage } from '../../interpret/state.js';
import type { Copy } from '../../syntax/model.js';

/** What a base is wanted for. */
export type Wish = {
  /** Names of the catalog (`node`, `go`), the likeliest first; empty when nothing tells. */
  readonly languages: readonly string[];
  /** `22`, `3.13`: what other stages have of the first language, or null. */
  readonly version: string | null;
  readonly role: 'build' | 'run' | 'either';
  /** The program that other stages make for it, as far as its linkage is known. */
  readonly program: Artifact | null;
};

/** What the file says about the base of a stage: languages of its other stages, of files copied and of commands run. */
export function readWish(analysis: Analysis, stage: Stage): Wish {
  const votes = new Map<string, number>();
  const vote = (language: string | null, weight: number) => {
    if (language) votes.set(language, (votes.get(language) ?? 0) + weight);
  };
  const versions = new Map<string, string>();
  for (const one of analysis.stages.slice(-mostStages)) {
    const runtime = one === stage ? null : runtimeOf(one);
    vote(runtime?.name ?? null, 4);
    if (runtime?.version) versions.set(runtime.name, runtime.version);
    for (const language of hintsOf(one)) vote(language, one === stage ? 6 : 1);
  }
  const languages = [...votes].sort((a, b) => b[1] - a[1]).map(([language]) => language);
  return {
    languages,
    version: versions.get(languages[0] ?? '') ?? null,
    role: roleOf(analysis, stage),
    program: programOf(analysis, stage),
  };
}

function roleOf({ stages }: Analysis, stage: Stage): Wish['role'] {
  if (isWorkshop(stage)) return 'build';
  if (stages.length === 1) return 'either';
  return stage.isFinal ? 'run' : 'build';
}

/** The last program that is built in another stage. */
function programOf({ stages }: Analysis, stage: Stage): Artifact | null {
  for (const one of stages.slice(-mostStages).reverse()) {
    if (one === stage) continue;
    for (const [, { artifact }] of one.end.files.entries()) {
      if (artifact?.stage === one.index && artifact.built && artifact.linkage.known) return artifact;
    }
  }
  return null;
}

const mostStages = 50;

function runtimeOf(stage: Stage): { name: string; version: string | null } | null {
  const runtime = rootFacts(stage)?.runtime;
  if (!runtime?.known || !runtime.value) return null;
  const { name, version } = runtime.value;
  const language = languageOf(name);
  // The version of a build tool is not that of its language.
  return { name: language, version: buildTools.includes(name) ? null : version };
}

function hintsOf({ steps }: Stage): string[] {
  return steps.slice(0, mostSteps).flatMap(({ instruction, commands }) => {
    if (instruction.kind === 'copy' || instruction.kind === 'add') return hintsOfCopy(instruction);
    const started =
      (instruction.kind === 'cmd' || instruction.kind === 'entrypoint') && instruction.body?.form === 'exec'
        ? (instruction.body.words[0]?.value ?? '')
        : '';
    return [...commands.flatMap(({ words }) => words[0] ?? []), started].flatMap(languageOfProgram);
  });
}

function hintsOfCopy({ sources, destination }: Copy): string[] {
  const served = /\/nginx\//.test(destination?.value ?? '') ? ['nginx'] : [];
  return [...served, ...sources.flatMap(({ value }) => languageOfFile(baseName(value)) ?? [])];
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const mostSteps = 200;

/** The language that an image is made for, also where it is listed under the name of a build tool. */
export function languageOf(runtime: string): string {
  return (Object.hasOwn(languages, runtime) ? languages[runtime] : undefined) ?? runtime;
}

const languages: Readonly<Record<string, string>> = {
  aspnetcore: 'dotnet',
  composer: 'php',
  golang: 'go',
  gradle: 'java',
  maven: 'java',
  nodejs: 'node',
};
const buildTools: readonly string[] = ['composer', 'gradle', 'maven'];

function languageOfFile(name: string): string | null {
  return files.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

const files: readonly (readonly [RegExp, string])[] = [
  [/^bun\.lockb?$/, 'bun'],
  [/^deno\.(jsonc?|lock)$/, 'deno'],
  [/^(package(-lock)?\*?\.json|package\*\.json|yarn\.lock|pnpm-lock\.yaml|\.npmrc)$/, 'node'],
  [/^go\.(mod|sum|work)$/, 'go'],
  [/^(requirements.*\.txt|pyproject\.toml|Pipfile(\.lock)?|poetry\.lock|uv\.lock|setup\.py|.+\.py|.+\.whl)$/, 'python'],
  [/^Cargo\.(toml|lock)$/, 'rust'],
  [/^(pom\.xml|mvnw|build\.gradle(\.kts)?|gradlew|.+\.[jw]ar)$/, 'java'],
  [/^Gemfile(\.lock)?$/, 'ruby'],
  [/^composer\.(json|lock)$/, 'php'],
  [/^.+\.((cs|fs|vb)proj|slnx?)$/, 'dotnet'],
  [/^mix\.(exs|lock)$/, 'elixir'],
  [/^nginx\.conf$/, 'nginx'],
];

function languageOfProgram(program: string): string[] {
  const name = baseName(program);
  const language = Object.hasOwn(programs, name) ? programs[name] : undefined;
  return language ? [language] : [];
}

const programs: Readonly<Record<string, string>> = {
  npm: 'node',
  npx: 'node',
  node: 'node',
  yarn: 'node',
  pnpm: 'node',
  bun: 'bun',
  deno: 'deno',
  go: 'go',
  pip: 'python',
  pip3: 'python',
  python: 'python',
  python3: 'python',
  uv: 'python',
  poetry: 'python',
  cargo: 'rust',
  rustc: 'rust',
  mvn: 'java',
  mvnw: 'java',
  gradle: 'java',
  gradlew: 'java',
  javac: 'java',
  java: 'java',
  bundle: 'ruby',
  gem: 'ruby',
  ruby: 'ruby',
  composer: 'php',
  php: 'php',
  dotnet: 'dotnet',
  mix: 'elixir',
  nginx: 'nginx',
};
