import { knownAbsent } from '../fact.js';
import { execWords, inExecForm, startable } from '../fixes/exec-form.js';
import { basedOn } from '../interpret/bases.js';
import { finalStage, programOf, startUses, type ProcessUse } from '../interpret/processes.js';
import { causeOfShell } from './causes.js';
import { defineRule, dockerfile } from './rule.js';

export default defineRule<ProcessUse>({
  meta: {
    id: 'shell-form-entrypoint-no-shell',
    summary: 'Shell-form ENTRYPOINT in an image without a shell',
    category: 'start',
    severity: 'error',
    fix: 'safe',
  },

  docs: {
    why:
      'Docker stores a shell-form ENTRYPOINT as `["/bin/sh", "-c", "…"]`. Without a shell the container cannot start: ' +
      '"exec: "/bin/sh": stat /bin/sh: no such file or directory". Shell form would also ignore CMD and the arguments of ' +
      '`docker run`. Exec form needs no shell.',
    bad: dockerfile`
      FROM gcr.io/distroless/static-debian13:nonroot
      COPY myapp /myapp
      ENTRYPOINT /myapp --flag
    `,
    good: dockerfile`
      FROM gcr.io/distroless/static-debian13:nonroot
      COPY myapp /myapp
      ENTRYPOINT ["/myapp", "--flag"]
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#shell-form-entrypoint-example',
      'https://github.com/GoogleContainerTools/distroless/blob/main/README.md#entrypoints',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    const use = stage && startUses(stage).find(({ role }) => role === 'entrypoint');
    if (!stage || use?.body.form !== 'shell') return;
    const shell = programOf(use);
    if (!knownAbsent(shell)) return;
    yield {
      span: use.body.span,
      message: `Shell-form ENTRYPOINT runs through '${use.argv[0] ?? '/bin/sh'}', which this image does not have.`,
      because: [...basedOn(stage), ...shell.because],
      data: use,
      ...causeOfShell(use),
    };
  },

  fix({ data: { body, at } }, { file }) {
    const words = body.form === 'shell' ? execWords(body.text.text) : null;
    const fitting = words && startable(words, at);
    const edits = fitting && inExecForm(body, file.text, fitting);
    // Shell form ignores CMD; exec form takes it as arguments.
    const hasCmd = !at.cmd.known || at.cmd.value !== null;
    return edits ? [{ title: 'Rewrite ENTRYPOINT in exec form', edits, safe: !hasCmd }] : [];
  },
});
