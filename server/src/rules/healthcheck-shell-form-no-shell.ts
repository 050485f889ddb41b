import { knownAbsent } from '../fact.js';
import { execWords, inExecForm, startable } from '../fixes/exec-form.js';
import { basedOn } from '../interpret/bases.js';
import { finalStage, programOf, startUses, type ProcessUse } from '../interpret/processes.js';
import { causeOfShell } from './causes.js';
import { defineRule, dockerfile } from './rule.js';

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
    const stage = finalStage(analysis);
    const use = stage && startUses(stage).find(({ role }) => role === 'healthcheck');
    if (!stage || use?.body.form !== 'shell') return;
    const shell = programOf(use);
    if (!knownAbsent(shell)) return;
    yield {
      span: use.body.span,
      message: `Shell-form HEALTHCHECK runs through '${use.argv[0] ?? '/bin/sh'}', which this image does not have.`,
      because: [...basedOn(stage), ...shell.because],
      data: use,
      ...causeOfShell(use),
    };
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
