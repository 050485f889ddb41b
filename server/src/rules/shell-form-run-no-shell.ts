import { knownAbsent } from '../fact.js';
import { execWords, inExecForm } from '../fixes/exec-form.js';
import { basedOn } from '../interpret/bases.js';
import { chosenShell, programOf, runUses, type ProcessUse } from '../interpret/processes.js';
import { isSetupOnly } from '../interpret/setup-commands.js';
import type { Stage } from '../interpret/state.js';
import { causeOfShell } from './causes.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<ProcessUse>({
  meta: {
    id: 'shell-form-run-no-shell',
    summary: 'Shell-form RUN in a stage without a shell',
    category: 'build',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Shell-form RUN is executed by `/bin/sh -c` inside the stage that is being built. Without a shell the build ends ' +
      'with "runc run failed: unable to start container process: exec: "/bin/sh": stat /bin/sh: no such file or ' +
      'directory". The `:debug` tags of Google Distroless have a shell at /busybox/sh but no /bin/sh, so they fail the ' +
      'same way unless SHELL names it. Do the work in a stage that has a shell, and copy the result.',
    bad: dockerfile`
      FROM gcr.io/distroless/base-debian13:nonroot
      COPY app /app
      RUN /app --self-test
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/base-debian13:nonroot
      COPY app /app
      RUN ["/app", "--self-test"]
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#shell-and-exec-form',
      'https://github.com/GoogleContainerTools/distroless/issues/419',
    ],
  },

  *check({ stages }) {
    for (const stage of stages) yield* reports(stage);
  },

  fix({ data: { body, at } }, { file }) {
    const words = body.form === 'shell' ? execWords(body.text.text) : null;
    const program = words?.[0] ?? '';
    // Exec form only helps where the program itself is there.
    if (!words || !program.startsWith('/') || !at.files.get(program)) return [];
    const edits = inExecForm(body, file.text, words);
    return edits ? [{ title: 'Rewrite RUN in exec form', edits }] : [];
  },
});

function* reports(stage: Stage) {
  const setup = new Set(stage.steps.filter(isSetupOnly).map((step) => step.instruction));
  for (const use of runUses(stage)) {
    if (use.body.form !== 'shell' || (setup.has(use.instruction) && chosenShell(use) === null)) continue;
    const shell = programOf(use);
    if (!knownAbsent(shell)) continue;
    yield {
      span: use.body.span,
      message: `Shell-form RUN needs '${use.argv[0] ?? '/bin/sh'}', which this stage does not have.`,
      because: [...basedOn(stage), ...shell.because],
      data: use,
      ...causeOfShell(use),
    };
  }
}
