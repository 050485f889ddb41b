import { knownAbsent, type Evidence } from '../fact.js';
import { basedOn } from '../interpret/bases.js';
import { interpreterName } from '../interpret/interpreters.js';
import { finalStage, isArgument, programOf, runUses, startUses, type ProcessUse } from '../interpret/processes.js';
import type { StageState } from '../interpret/state.js';
import { insert, replace } from '../text/edit.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

type Data = { readonly use: ProcessUse; readonly problem: 'outside-path' | 'no-interpreter' };

const scriptEndings: readonly [RegExp, string][] = [
  [/\.(c|m)?js$/, 'node'],
  [/\.py$/, 'python'],
  [/\.jar$/, 'java'],
  [/\.dll$/, 'dotnet'],
];

export default defineRule<Data>({
  meta: {
    id: 'runtime-entrypoint-overridden-wrongly',
    summary: 'Start command without the interpreter or without its path',
    category: 'start',
    severity: 'error',
    fix: 'safe',
  },

  docs: {
    why:
      'Google Distroless keeps Node.js in /nodejs/bin, which is not on PATH: only its own ENTRYPOINT uses the full path, ' +
      'and a bare `node` ends with "exec: "node": executable file not found in $PATH". An ENTRYPOINT that names only ' +
      'the script replaces the interpreter: "exec: "server.js": executable file not found in $PATH". Give the script ' +
      'as CMD, or name the interpreter by its path.',
    bad: dockerfile`
      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      COPY server.js .
      ENTRYPOINT ["node", "server.js"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      COPY server.js .
      ENTRYPOINT ["/nodejs/bin/node", "server.js"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/nodejs/README.md',
      'https://github.com/GoogleContainerTools/distroless/issues/1773',
    ],
  },

  *check(analysis) {
    const final = finalStage(analysis);
    const uses = [...analysis.stages.flatMap(runUses), ...(final ? startUses(final) : [])];
    for (const use of uses) {
      if (use.body.form !== 'exec' || isArgument(use)) continue;
      const outside = outsidePath(use);
      if (outside) yield report(use, outside);
      else if (use.role !== 'run' && lacksInterpreter(use)) yield report(use, null);
    }
  },

  fix({ data: { use, problem } }) {
    return problem === 'outside-path' ? fullPath(use) : namedInterpreter(use);
  },
});

/** A bare interpreter name, present in the image but not in PATH. */
function outsidePath(use: ProcessUse): readonly Evidence[] | null {
  const [program = ''] = use.argv;
  const path = runtimePath(use.at);
  if (program.includes('/') || !path?.endsWith(`/${program}`)) return null;
  const found = programOf(use);
  return knownAbsent(found) ? found.because : null;
}

/** server.js, app.jar, main.py as a program: without a slash it is looked for in PATH and cannot be found. */
function lacksInterpreter(use: ProcessUse): boolean {
  const [program = ''] = use.argv;
  return !program.includes('/') && wantedBy(program) !== undefined && knownAbsent(programOf(use));
}

function report(use: ProcessUse, outside: readonly Evidence[] | null) {
  const [program = ''] = use.argv;
  const keyword = use.instruction.keyword.text.toUpperCase();
  return {
    span: use.body.form === 'exec' ? (use.body.words[0]?.span ?? use.body.span) : use.body.span,
    message: outside
      ? `${keyword} starts '${program}', but this image has it at '${runtimePath(use.at)}', which is not on PATH.`
      : `${keyword} names the script '${program}' without the interpreter that runs it.`,
    because: [...basedOn(use.stage), ...(outside ?? programOf(use).because)],
    data: { use, problem: outside ? ('outside-path' as const) : ('no-interpreter' as const) },
  };
}

function runtimePath({ runtime }: StageState): string | null {
  return runtime.known ? (runtime.value?.path ?? null) : null;
}

function wantedBy(script: string): string | undefined {
  return scriptEndings.find(([ending]) => ending.test(script))?.[1];
}

function fullPath({ body, at }: ProcessUse): Fix[] {
  const path = runtimePath(at);
  const word = body.form === 'exec' ? body.words[0] : undefined;
  if (!path || !word) return [];
  return [{ title: `Start '${path}'`, edits: [replace(word.span, JSON.stringify(path))] }];
}

function namedInterpreter({ body, at, argv }: ProcessUse): Fix[] {
  const path = runtimePath(at);
  const word = body.form === 'exec' ? body.words[0] : undefined;
  const wanted = wantedBy(argv[0] ?? '');
  if (!path || !word || interpreterName(path) !== wanted) return [];
  const options = wanted === 'java' ? ', "-jar"' : '';
  return [
    { title: `Start it with '${path}'`, edits: [insert(word.span.start, `${JSON.stringify(path)}${options}, `)] },
  ];
}
