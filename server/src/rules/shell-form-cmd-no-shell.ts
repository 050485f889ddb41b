import { argumentsFor, execWords, inExecForm, startable } from '../fixes/exec-form.js';
import { interpreterOf } from '../interpret/interpreters.js';
import type { ProcessUse } from '../interpret/processes.js';
import type { Process } from '../interpret/state.js';
import { defineRule, dockerfile } from './rule.js';
import { shellFormReport } from './shell-form.js';

type Data = { readonly use: ProcessUse; readonly entrypoint: Process | null };

export default defineRule<Data>({
  meta: {
    id: 'shell-form-cmd-no-shell',
    summary: 'Shell-form CMD in an image without a shell',
    category: 'start',
    severity: 'error',
    fix: 'safe',
  },

  docs: {
    why:
      'Docker stores a shell-form CMD as `["/bin/sh", "-c", "…"]`. Without a shell the container cannot start: ' +
      '"exec: "/bin/sh": stat /bin/sh: no such file or directory". Where the base image has an ENTRYPOINT, the three ' +
      'words become arguments of that program instead, and Java answers "Error: Unable to access jarfile /bin/sh". ' +
      'Exec form needs no shell.',
    bad: dockerfile`
      FROM gcr.io/distroless/base-debian13:nonroot
      COPY server /app/server
      CMD /app/server --port 8080
    `,
    good: dockerfile`
      FROM gcr.io/distroless/base-debian13:nonroot
      COPY server /app/server
      CMD ["/app/server", "--port", "8080"]
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#shell-and-exec-form',
      'https://github.com/GoogleContainerTools/distroless/blob/main/README.md#entrypoints',
    ],
  },

  *check(analysis) {
    const report = shellFormReport(analysis, 'cmd');
    if (!report) return;
    const use = report.data;
    const { entrypoint } = use.at;
    const started = entrypoint.known ? entrypoint.value : null;
    yield {
      ...report,
      ...(started ? { message: wording(use, started), because: [...report.because, ...entrypoint.because] } : {}),
      data: { use, entrypoint: started },
      // A program of the user's own may do something with the three words.
      severity: !entrypoint.known || (started && !interpreterOf(started)) ? 'warning' : 'error',
    };
  },

  fix({ data: { use, entrypoint }, severity }, { file }) {
    const words = use.body.form === 'shell' ? execWords(use.body.text.text) : null;
    const fitting = words && fitted(words, use, entrypoint);
    const edits = fitting && inExecForm(use.body, file.text, fitting);
    return edits ? [{ title: 'Rewrite CMD in exec form', edits, safe: severity !== 'warning' }] : [];
  },
});

function wording(use: ProcessUse, entrypoint: Process): string {
  const shell = use.argv[0] ?? '/bin/sh';
  return `Shell-form CMD hands '${shell} -c …' to the ENTRYPOINT '${entrypoint.argv.join(' ')}', and this image has no such shell.`;
}

function fitted(words: readonly string[], { at }: ProcessUse, entrypoint: Process | null): readonly string[] | null {
  if (!entrypoint) return startable(words, at);
  const interpreter = interpreterOf(entrypoint);
  return interpreter ? argumentsFor(interpreter, words) : words;
}
