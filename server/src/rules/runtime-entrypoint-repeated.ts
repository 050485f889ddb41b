import { byInstruction } from '../fact.js';
import { interpreterName, interpreterOf } from '../interpret/interpreters.js';
import { finalStage } from '../interpret/processes.js';
import { fileFact, resolvePath } from '../interpret/query.js';
import type { StageState } from '../interpret/state.js';
import type { CommandBody } from '../syntax/model.js';
import { remove } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly body: CommandBody; readonly repeated: number };

export default defineRule<Data>({
  meta: {
    id: 'runtime-entrypoint-repeated',
    summary: 'CMD repeats the interpreter that the base image starts',
    category: 'start',
    severity: 'error',
    fix: 'safe',
  },

  docs: {
    why:
      'CMD is appended to ENTRYPOINT. Where the base image already starts the interpreter, its name becomes the script ' +
      'to run: "Error: Cannot find module \'/app/node\'", "can\'t open file \'/app/python\'" or "Unable to access jarfile ' +
      'java". Google Distroless and Chainguard images have such an ENTRYPOINT; Docker Hardened Images of Node.js, ' +
      'Python and Java have only CMD, where naming the interpreter is right.',
    bad: dockerfile`
      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      COPY server.js .
      CMD ["node", "server.js"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      COPY server.js .
      CMD ["server.js"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/nodejs/README.md',
      'https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage?.end.entrypoint.known || !stage.end.cmd.known) return;
    const entrypoint = stage.end.entrypoint.value;
    const interpreter = interpreterOf(entrypoint);
    const cmd = stage.end.cmd.value;
    // An ENTRYPOINT of the file itself was chosen together with CMD.
    if (!interpreter || !cmd || entrypoint?.instruction || cmd.form !== 'exec' || !cmd.instruction?.body) return;
    const { body } = cmd.instruction;
    const [first, ...rest] = cmd.argv;
    if (body.form !== 'exec' || !first || interpreterName(first) !== interpreter.name || isOwnFile(stage.end, first))
      return;
    const options = interpreter.options.every((option, index) => rest[index] === option)
      ? interpreter.options.length
      : 0;
    const base = stage.syntax.from.image;
    yield {
      span: body.words[0]?.span ?? body.span,
      message: `The base image already starts '${interpreter.path}', so it takes '${first}' for ${objectOf(interpreter.name)}.`,
      because: [
        ...(base
          ? [byInstruction(base.span, `'${base.text}' sets ENTRYPOINT ${JSON.stringify(entrypoint?.argv ?? [])}.`)]
          : []),
        ...stage.end.entrypoint.because,
      ],
      data: { body, repeated: 1 + options },
    };
  },

  fix({ data: { body, repeated } }) {
    if (body.form !== 'exec') return [];
    const [first] = body.words;
    const next = body.words[repeated];
    if (!first || !next) return [];
    return [
      { title: 'Leave the interpreter out of CMD', edits: [remove({ start: first.span.start, end: next.span.start })] },
    ];
  },
});

/** A file called `node` that the image really holds would be the script. */
function isOwnFile(state: StageState, word: string): boolean {
  if (!state.workdir.known) return !word.startsWith('/');
  const entry = state.files.get(resolvePath(state.workdir.value, word));
  const isInterpreterItself = word.startsWith('/') && fileFact(state, word).known;
  return !isInterpreterItself && entry?.kind === 'file';
}

function objectOf(name: string): string {
  if (name === 'java') return 'a jar file or a class';
  return name === 'nginx' ? 'an argument' : 'the script to run';
}
