import { byInstruction, knownAbsent, known } from '../fact.js';
import { execForm, inExecForm } from '../fixes/exec-form.js';
import { finalStage, programOf, startUses, type ProcessUse } from '../interpret/processes.js';
import { programFact } from '../interpret/query.js';
import { plainWords } from '../shell/words.js';
import { replace } from '../text/edit.js';
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
    const base = stage.syntax.from.image;
    yield {
      span: use.body.span,
      message: `Shell-form HEALTHCHECK runs through '${use.argv[0] ?? '/bin/sh'}', which this image does not have.`,
      because: base
        ? [byInstruction(base.span, `The stage is based on '${base.text}'.`), ...shell.because]
        : shell.because,
      data: use,
    };
  },

  /** Only where the program can be there: curl in exec form would fail just the same. */
  fix({ data: { body, at } }, { file }) {
    if (body.form !== 'shell') return [];
    const text = body.text.text.trim();
    const command = text.replace(/\s*\|\|\s*(exit\s+1|false)\s*$/, '');
    const words = plainWords(command);
    const program = words?.[0] ? programFact(at, words[0]) : known(null);
    if (!words || knownAbsent(program)) return [];
    const edits = command === text ? inExecForm(body, file.text) : withoutExit(body.span, words, file.text);
    return edits ? [{ title: 'Rewrite HEALTHCHECK in exec form', edits }] : [];
  },
});

function withoutExit(span: { start: number; end: number }, words: readonly string[], text: string) {
  if (/[\r\n]/.test(text.slice(span.start, span.end))) return null;
  return [replace(span, execForm(words))];
}
