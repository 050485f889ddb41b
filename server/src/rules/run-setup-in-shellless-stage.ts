import { knownAbsent } from '../fact.js';
import { entirely } from '../fixes/lines.js';
import { basedOn } from '../interpret/bases.js';
import { chosenShell, programOf, runUses } from '../interpret/processes.js';
import { isSetupOnly } from '../interpret/setup-commands.js';
import type { Stage, Step } from '../interpret/state.js';
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
    for (const stage of stages) yield* reports(stage);
  },

  /** One chmod of one file that one COPY before it brought to just that place. */
  fix({ data: { step, copies } }, { file }) {
    const place = modeOf(step);
    const [copy, ...others] = copies.filter(({ destination }) => destination?.value === place?.path);
    if (!place || !copy || others.length > 0 || copy.sources.length !== 1) return [];
    const isEarlier = copy.span.start < step.instruction.span.start;
    const line = entirely(file.text, step.instruction.span);
    if (!isEarlier || !line || /#/.test(file.text.slice(line.start, line.end))) return [];
    if (copy.flags.some((flag) => flag.name === 'chmod')) return [];
    const edits = [insert(copy.keyword.span.end, ` --chmod=${place.mode}`), remove(line)];
    return [{ title: 'Set the mode with COPY --chmod', edits }];
  },
});

function* reports(stage: Stage) {
  const instructions = stage.steps.map(({ instruction }) => instruction);
  const copies = instructions.filter((one): one is Copy => one.kind === 'copy' && !one.isOnbuild);
  for (const use of runUses(stage)) {
    const { step } = use;
    if (!step || use.body.form !== 'shell' || !isSetupOnly(step) || chosenShell(use) !== null) continue;
    const shell = programOf(use);
    if (!knownAbsent(shell)) continue;
    const names = [...new Set(step.commands.map(({ words }) => `'${words[0] ?? ''}'`))];
    yield {
      span: use.body.span,
      message: `This stage has no shell to run ${names.join(', ').replace(/, (?=[^,]*$)/, ' and ')}.`,
      because: [...basedOn(stage), ...shell.because],
      data: { step, copies },
    };
  }
}

/** The mode and the path of a RUN that is one chmod of one absolute path. */
function modeOf({ commands }: Step): { mode: string; path: string } | null {
  const [command, ...others] = commands;
  const [name, mode, path, ...rest] = command?.words ?? [];
  if (name !== 'chmod' || others.length > 0 || rest.length > 0 || !mode || !path?.startsWith('/')) return null;
  if (/^[0-7]{3,4}$/.test(mode)) return { mode, path };
  return /^a?\+x$/.test(mode) ? { mode: '0755', path } : null;
}
