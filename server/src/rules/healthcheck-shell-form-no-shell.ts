import { execWords, inExecForm, startable } from '../fixes/exec-form.js';
import type { ProcessUse } from '../interpret/processes.js';
import { defineRule, dockerfile } from './rule.js';
import { shellFormReport } from './shell-form.js';

export default defineRule<ProcessUse>({
  meta: {
    id: 'healthcheck-shell-form-no-shell',
    summary: 'Shell-form HEALTHCHECK in an image without a shell',
    category: 'health',
    severity: 'error',
    fix: 'safe',
  },

  docs: {
    why:
      'A shell-form HEALTHCHECK is run by /bin/sh. Without a shell the image builds and starts, but every check fails ' +
      'with "OCI runtime exec failed: exec failed: unable to start container process: exec: "/bin/sh": stat /bin/sh: no ' +
      'such file or directory", and the container is unhealthy for good. Exec form runs the program itself. ' +
      '`|| exit 1` is not needed: Docker takes any failure of the program as unhealthy.',
    bad: dockerfile`
      FROM gcr.io/distroless/static-debian13:nonroot
      COPY app /app
      HEALTHCHECK CMD /app healthcheck || exit 1
      ENTRYPOINT ["/app"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/static-debian13:nonroot
      COPY app /app
      HEALTHCHECK CMD ["/app", "healthcheck"]
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#healthcheck',
      'https://github.com/GoogleContainerTools/distroless/issues/183',
    ],
  },

  *check(analysis) {
    const report = shellFormReport(analysis, 'healthcheck');
    if (report) yield report;
  },

  fix({ data: { body, at } }, { file }) {
    if (body.form !== 'shell') return [];
    const words = execWords(body.text.text.replace(/\s*\|\|\s*(exit\s+[1-9]\d*|false)\s*$/, ''));
    // A tool that the image lacks would be missing in exec form as well.
    const fitting = words && startable(words, at);
    const edits = fitting && inExecForm(body, file.text, fitting);
    return edits ? [{ title: 'Rewrite HEALTHCHECK in exec form', edits }] : [];
  },
});
