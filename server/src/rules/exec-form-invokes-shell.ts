import { byInstruction, knownAbsent } from '../fact.js';
import { execForm } from '../fixes/exec-form.js';
import { finalStage, programOf, runUses, startUses, type ProcessUse } from '../interpret/processes.js';
import type { Stage } from '../interpret/state.js';
import { plainWords } from '../shell/words.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

const shells = /(^|\/)(ba|da|a|z|k|c)?sh$/;

export default defineRule<ProcessUse>({
  meta: {
    id: 'exec-form-invokes-shell',
    summary: 'Exec form that starts a shell the stage does not have',
    category: 'start',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Exec form avoids the implicit shell, but this one asks for a shell by name. It is not in the stage, so the ' +
      'container (or the build, for RUN) ends with "exec: "sh": executable file not found in $PATH" or "exec: ' +
      '"/bin/bash": stat /bin/bash: no such file or directory". Start the program itself; read variables in the ' +
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
      if (use.body.form !== 'exec' || !program || !(shells.test(program) || program === '/usr/bin/env')) continue;
      const found = programOf(use);
      if (!knownAbsent(found) || isArgument(use)) continue;
      const base = use.stage.syntax.from.image;
      yield {
        span: use.body.words[0]?.span ?? use.body.span,
        message: `${use.instruction.keyword.text.toUpperCase()} starts '${program}', which is not in this ${use.role === 'run' ? 'stage' : 'image'}.`,
        because: base
          ? [byInstruction(base.span, `The stage is based on '${base.text}'.`), ...found.because]
          : found.because,
        data: use,
      };
    }
  },

  fix({ data: { argv, body } }) {
    if (argv.length !== 3 || !/^-l?c$/.test(argv[1] ?? '')) return [];
    const words = plainWords((argv[2] ?? '').replace(/^\s*exec\s+/, ''));
    if (!words || words.length === 0) return [];
    return [{ title: 'Start the program without a shell', edits: [replace(body.span, execForm(words))] }];
  },
});

/** CMD after an ENTRYPOINT is an argument of that program. */
function isArgument({ role, stage }: ProcessUse): boolean {
  return role === 'cmd' && hasEntrypoint(stage);
}

function hasEntrypoint({ end }: Stage): boolean {
  return !end.entrypoint.known || end.entrypoint.value !== null;
}
