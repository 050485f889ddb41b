import { byInstruction, knownAbsent } from '../fact.js';
import { entirely } from '../fixes/lines.js';
import { hasChosenShell, programOf, runUses } from '../interpret/processes.js';
import { isSetupOnly } from '../interpret/setup-commands.js';
import type { Step } from '../interpret/state.js';
import type { Copy } from '../syntax/model.js';
import { insert, remove } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly step: Step; readonly copies: readonly Copy[] };

export default defineRule<Data>({
  meta: {
    id: 'run-setup-in-shellless-stage',
    summary: 'mkdir, chmod, adduser and the like in a stage without a shell',
    category: 'build',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'A stage without a shell has no mkdir, chmod or adduser either, and the build ends with "exec: "/bin/sh": stat ' +
      '/bin/sh: no such file or directory". COPY does the same work: `--chmod` and `--chown` set mode and owner, a ' +
      'directory prepared in an earlier stage can be copied, and USER takes a number that needs no account.',
    bad: dockerfile`
      FROM gcr.io/distroless/static-debian13:nonroot
      COPY app /app
      RUN chmod 0755 /app
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --chmod=0755 app /app
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#copy---chown---chmod',
      'https://github.com/GoogleContainerTools/distroless/issues/277',
    ],
  },

  *check({ stages }) {
    for (const stage of stages) {
      const copies = stage.steps
        .map(({ instruction }) => instruction)
        .filter((one): one is Copy => one.kind === 'copy');
      for (const use of runUses(stage)) {
        const step = stage.steps.find(({ instruction }) => instruction === use.instruction);
        if (!step || use.body.form !== 'shell' || !isSetupOnly(step)) continue;
        const shell = programOf(use);
        if (!knownAbsent(shell) || hasChosenShell(use)) continue;
        const base = stage.syntax.from.image;
        const names = [...new Set(step.commands.map(({ words }) => words[0]))].join(', ');
        yield {
          span: use.body.span,
          message: `This stage has no shell to run ${names}; COPY and USER can do it without one.`,
          because: base
            ? [byInstruction(base.span, `The stage is based on '${base.text}'.`), ...shell.because]
            : shell.because,
          data: { step, copies },
        };
      }
    }
  },

  /** One chmod of one file that one COPY before it brought to just that place. */
  fix({ data: { step, copies } }, { file }) {
    const [command, ...others] = step.commands;
    const [name, mode, path, ...rest] = command?.words ?? [];
    const octal = /^[0-7]{3,4}$/.test(mode ?? '') ? mode : /^a?\+x$/.test(mode ?? '') ? '0755' : null;
    if (name !== 'chmod' || others.length > 0 || rest.length > 0 || !octal) return [];
    const copy = copies.filter(({ destination }) => destination?.value === path && path?.startsWith('/'));
    const [only] = copy;
    if (copy.length !== 1 || !only || only.sources.length !== 1 || only.span.start > step.instruction.span.start)
      return [];
    if (only.flags.some((flag) => flag.name === 'chmod')) return [];
    const line = entirely(file.text, step.instruction.span);
    if (!line) return [];
    const edits = [insert(only.keyword.span.end, ` --chmod=${octal}`), remove(line)];
    return [{ title: 'Set the mode with COPY --chmod', edits }];
  },
});
