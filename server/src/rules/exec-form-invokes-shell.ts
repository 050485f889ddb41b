import { knownAbsent } from '../fact.js';
import { argumentsFor, execForm, execWords, startable } from '../fixes/exec-form.js';
import { basedOn } from '../interpret/bases.js';
import { operandOf, type Interpreter } from '../interpret/interpreters.js';
import { isOwnScript } from '../interpret/own-script.js';
import {
  baseInterpreter,
  finalStage,
  isArgument,
  programOf,
  runUses,
  startUses,
  type ProcessUse,
} from '../interpret/processes.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

const shells = /^(\/(usr\/)?(local\/)?bin\/)?((ba|da|a|z|k|c)?sh|env)$|^\/busybox\/(ash|sh)$/;

export default defineRule<ProcessUse>({
  meta: {
    id: 'exec-form-invokes-shell',
    summary: 'Exec form that names a shell which cannot start here',
    category: 'start',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Exec form avoids the implicit shell, but this one asks for a shell by name. It is not in the stage, so the ' +
      'container (or the build, for RUN) ends with "exec: "sh": executable file not found in $PATH" or "exec: ' +
      '"/bin/bash": stat /bin/bash: no such file or directory". Where the base image starts an interpreter, the name is ' +
      'taken for a script: "Error: Cannot find module \'/app/sh\'". Start the program itself; read variables in the ' +
      'program, or fix them with ENV.',
    bad: dockerfile`
      FROM gcr.io/distroless/static-debian13:nonroot
      COPY app /app
      ENTRYPOINT ["sh", "-c", "/app --port 8080"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/static-debian13:nonroot
      COPY app /app
      ENTRYPOINT ["/app", "--port", "8080"]
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#exec-form',
      'https://github.com/linkerd/linkerd2/issues/6723',
    ],
  },

  *check(analysis) {
    const final = finalStage(analysis);
    const uses = [...analysis.stages.flatMap(runUses), ...(final ? startUses(final) : [])];
    for (const use of uses) {
      const [program] = use.argv;
      if (use.body.form !== 'exec' || !program || !shells.test(program)) continue;
      const found = programOf(use);
      const interpreter = baseInterpreter(use);
      // An interpreter looks for a script of that name and finds none, whatever is on PATH.
      const isLost = interpreter !== null && !program.startsWith('/');
      if (isLost && isOwnScript(use, interpreter, analysis.context)) continue;
      if (!isLost && (!knownAbsent(found) || (isArgument(use) && !interpreter))) continue;
      yield {
        span: use.body.words[0]?.span ?? use.body.span,
        message: wording(use, interpreter),
        because: [...basedOn(use.stage), ...(interpreter ? use.at.entrypoint.because : found.because)],
        data: use,
      };
    }
  },

  fix({ data: use }) {
    const { argv, body, at } = use;
    const script = argv.length === 3 && /^-l?c$/.test(argv[1] ?? '') ? execWords(argv[2] ?? '') : null;
    if (!script) return [];
    const interpreter = baseInterpreter(use);
    const words = interpreter ? argumentsFor(interpreter, script) : startable(script, at);
    return words ? [{ title: 'Start the program without a shell', edits: [replace(body.span, execForm(words))] }] : [];
  },
});

function wording({ instruction, argv, role }: ProcessUse, interpreter: Interpreter | null): string {
  const keyword = instruction.keyword.text.toUpperCase();
  const [program = ''] = argv;
  if (interpreter)
    return `The base image starts '${interpreter.path}', so it takes '${program}' for ${operandOf(interpreter)}.`;
  return `${keyword} starts '${program}', which is not in this ${role === 'run' ? 'stage' : 'image'}.`;
}
