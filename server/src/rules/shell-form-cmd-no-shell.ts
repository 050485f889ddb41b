import { byInstruction, knownAbsent } from '../fact.js';
import { inExecForm } from '../fixes/exec-form.js';
import { interpreterName, interpreterOf, type Interpreter } from '../interpret/interpreters.js';
import { finalStage, programOf, startUses, type ProcessUse } from '../interpret/processes.js';
import type { Process } from '../interpret/state.js';
import { defineRule, dockerfile } from './rule.js';

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
    const stage = finalStage(analysis);
    const use = stage && startUses(stage).find(({ role }) => role === 'cmd');
    if (!stage || use?.body.form !== 'shell') return;
    const shell = programOf(use);
    if (!knownAbsent(shell)) return;
    const { entrypoint } = stage.end;
    const started = entrypoint.known ? entrypoint.value : null;
    const because = [...shell.because, ...(started ? entrypoint.because : [])];
    const base = stage.syntax.from.image;
    yield {
      span: use.body.span,
      message: wording(use, started),
      because: base ? [byInstruction(base.span, `The stage is based on '${base.text}'.`), ...because] : because,
      data: { use, entrypoint: started },
      // A program of the user's own may do something with the three words.
      severity: !entrypoint.known || (started && !interpreterOf(started)) ? 'warning' : 'error',
    };
  },

  fix({ data: { use, entrypoint } }, { file }) {
    const interpreter = interpreterOf(entrypoint);
    const edits = inExecForm(use.body, file.text, (words) => withoutInterpreter(words, interpreter));
    return edits ? [{ title: 'Rewrite CMD in exec form', edits }] : [];
  },
});

function wording({ argv }: ProcessUse, entrypoint: Process | null): string {
  const shell = argv[0] ?? '/bin/sh';
  if (!entrypoint) return `Shell-form CMD runs through '${shell}', which this image does not have.`;
  return `Shell-form CMD hands '${shell} -c …' to the ENTRYPOINT '${entrypoint.argv.join(' ')}' as its arguments, and there is no shell here.`;
}

/** The base image already starts the interpreter; naming it again would make it the script. */
function withoutInterpreter(words: string[], interpreter: Interpreter | null): string[] {
  if (!interpreter || interpreterName(words[0] ?? '') !== interpreter.name) return words;
  const rest = words.slice(1);
  return interpreter.options.every((option, index) => rest[index] === option)
    ? rest.slice(interpreter.options.length)
    : rest;
}
