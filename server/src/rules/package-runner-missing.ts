import { byInstruction, knownAbsent } from '../fact.js';
import { interpreterOf } from '../interpret/interpreters.js';
import { finalStage, startUses, type ProcessUse } from '../interpret/processes.js';
import { contentFact, programFact } from '../interpret/query.js';
import { defineRule, dockerfile } from './rule.js';

const runners = [
  'npm',
  'npx',
  'yarn',
  'pnpm',
  'corepack',
  'pip',
  'pip3',
  'pipenv',
  'poetry',
  'uv',
  'mvn',
  'gradle',
  'bundle',
  'bundler',
  'composer',
];

export default defineRule<ProcessUse>({
  meta: {
    id: 'package-runner-missing',
    summary: 'Start command is a package manager that the image lacks',
    category: 'start',
    severity: 'error',
    fix: 'none',
  },

  docs: {
    why:
      'Runtime images leave npm, npx, yarn, pip and their kin out on purpose. Where the base image starts the ' +
      'interpreter itself, the word is taken for a script: "Error: Cannot find module \'/app/npm\'"; elsewhere the ' +
      'container ends with "executable file not found in $PATH". Start the program that the script of package.json (or ' +
      'its like) would start; that also lets signals reach it.',
    bad: dockerfile`
      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      COPY . .
      CMD ["npm", "start"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      COPY . .
      CMD ["dist/server.js"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/nodejs/testdata/check_npm.yaml',
      'https://github.com/GoogleContainerTools/distroless/issues/1637',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage) return;
    for (const use of startUses(stage)) {
      const runner = use.argv[0] ?? '';
      if (use.role === 'healthcheck' || use.body.form !== 'exec' || !runners.includes(runner)) continue;
      const evidence = missing(use, runner);
      if (!evidence) continue;
      const base = stage.syntax.from.image;
      yield {
        span: use.body.words[0]?.span ?? use.body.span,
        message: `${use.instruction.keyword.text.toUpperCase()} starts '${runner}', which is not in this image.`,
        because: base ? [byInstruction(base.span, `The stage is based on '${base.text}'.`), ...evidence] : evidence,
        data: use,
      };
    }
  },
});

/** After an interpreter's ENTRYPOINT the runner can only be a script; after any other ENTRYPOINT it may be anything. */
function missing({ role, at }: ProcessUse, runner: string) {
  const entrypoint = at.entrypoint.known ? at.entrypoint.value : undefined;
  if (role === 'cmd' && entrypoint === undefined) return null;
  if (role === 'cmd' && entrypoint && (entrypoint.instruction || !interpreterOf(entrypoint))) return null;
  const content = contentFact(at, runner);
  if (content.known && content.value) return null;
  const found = programFact(at, runner);
  return knownAbsent(found) ? found.because : null;
}
