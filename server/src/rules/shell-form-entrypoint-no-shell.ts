import { execWords, inExecForm, startable } from '../fixes/exec-form.js';
import type { ProcessUse } from '../interpret/processes.js';
import { defineRule, dockerfile } from './rule.js';
import { shellFormReport } from './shell-form.js';

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
    const report = shellFormReport(analysis, 'entrypoint');
    if (report) yield report;
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
