import { basedOn } from '../interpret/bases.js';
import { argumentsFor } from '../fixes/exec-form.js';
import { interpreterName, operandOf, type Interpreter } from '../interpret/interpreters.js';
import { isOwnScript } from '../interpret/own-script.js';
import { baseInterpreter, finalUse, type ProcessUse } from '../interpret/processes.js';
import { remove, replace } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly use: ProcessUse; readonly interpreter: Interpreter };

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
    const use = finalUse(analysis, 'cmd');
    if (use?.body.form !== 'exec') return;
    // An ENTRYPOINT of the file itself was chosen together with CMD.
    const interpreter = baseInterpreter(use);
    const [first] = use.argv;
    if (!interpreter || !first || interpreterName(first) !== interpreter.name) return;
    const isScript = first.startsWith('/') ? false : isOwnScript(use, interpreter, analysis.context);
    if (isScript) return;
    yield {
      span: use.body.words[0]?.span ?? use.body.span,
      message: `The base image already starts '${interpreter.path}', so it takes '${first}' for ${operandOf(interpreter)}.`,
      because: [...basedOn(use.stage), ...use.at.entrypoint.because],
      data: { use, interpreter },
      // Alone it may be the name of a script that is not known; what follows says which one is meant.
      ...(isScript === null && use.argv.length === 1 ? { severity: 'warning' as const } : {}),
    };
  },

  fix({ data: { use, interpreter } }, { file }) {
    const { body, instruction } = use;
    if (body.form !== 'exec') return [];
    const rest = argumentsFor(interpreter, use.argv);
    const [first] = body.words;
    const next = rest && body.words[use.argv.length - rest.length];
    if (first && next) {
      const repeated = { start: first.span.start, end: next.span.start };
      const hasComment = file.text.slice(repeated.start, repeated.end).includes('#');
      return hasComment ? [] : [{ title: 'Leave the interpreter out of CMD', edits: [remove(repeated)] }];
    }
    // A class or a module is started by java without the -jar of the base image.
    if (interpreter.name !== 'java' || use.argv.length < 2 || !first) return [];
    const keyword = instruction.keyword.text === 'cmd' ? 'entrypoint' : 'ENTRYPOINT';
    const edits = [replace(instruction.keyword.span, keyword), replace(first.span, JSON.stringify(interpreter.path))];
    return [{ title: 'Start it with ENTRYPOINT', edits }];
  },
});
