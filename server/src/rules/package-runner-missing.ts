import { knownAbsent } from '../fact.js';
import { startDirectly } from '../fixes/start-script.js';
import { basedOn } from '../interpret/bases.js';
import { operandOf, type Interpreter } from '../interpret/interpreters.js';
import { isOwnScript } from '../interpret/own-script.js';
import {
  baseInterpreter,
  finalStage,
  isArgument,
  programOf,
  startUses,
  type ProcessUse,
} from '../interpret/processes.js';
import { defineRule, dockerfile } from './rule.js';

const runners = 'npm npx yarn pnpm corepack pip pip3 pipenv poetry uv mvn gradle bundle bundler composer'.split(' ');

export default defineRule<ProcessUse>({
  meta: {
    id: 'package-runner-missing',
    summary: 'Start command is a package manager that cannot start here',
    category: 'start',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Runtime images leave npm, npx, yarn, pip and their kin out on purpose, and the container ends with "executable ' +
      'file not found in $PATH". Where the base image starts the interpreter itself, the word is taken for a script, ' +
      'even if the image has the program: "Error: Cannot find module \'/app/npm\'", which is a warning where the files of ' +
      'the image are not all known. Start what the script of ' +
      'package.json (or its like) would start; signals then reach it, too.',
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
    files: {
      'package.json': '{ "scripts": { "start": "node dist/server.js" } }\n',
      'dist/server.js': "require('node:http').createServer((_, answer) => answer.end('ok')).listen(3000);\n",
    },
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
      const interpreter = baseInterpreter(use);
      const found = programOf(use);
      if (isArgument(use) ? !interpreter : !knownAbsent(found)) continue;
      const isScript = interpreter ? isOwnScript(use, interpreter, analysis.context) : false;
      if (isScript) continue;
      yield {
        span: use.body.words[0]?.span ?? use.body.span,
        message: wording(use, interpreter),
        because: [...basedOn(stage), ...(interpreter ? use.at.entrypoint.because : found.because)],
        data: use,
        ...(isScript === null ? { severity: 'warning' as const } : {}),
      };
    }
  },

  fix({ data }, { context }) {
    return startDirectly(data, context);
  },
});

/** After an interpreter's ENTRYPOINT the runner can only be a script, also where the image has it. */
function wording({ instruction, argv }: ProcessUse, interpreter: Interpreter | null): string {
  const [runner = ''] = argv;
  if (!interpreter) return `${instruction.keyword.text.toUpperCase()} starts '${runner}', which is not in this image.`;
  return `The base image starts '${interpreter.path}', so it takes '${runner}' for ${operandOf(interpreter)}.`;
}
