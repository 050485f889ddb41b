import { interpreterName } from '../interpret/interpreters.js';
import { basedOn } from '../interpret/bases.js';
import { finalUse, type ProcessUse } from '../interpret/processes.js';
import { resolvePath } from '../interpret/query.js';
import { entryAt } from '../interpret/tree.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

const shell = /(^|\/)(ba|da|a|z|k)?sh$/;

export default defineRule<ProcessUse>({
  meta: {
    id: 'debug-tag-busybox-entrypoint',
    summary: 'CMD that the shell of a debug image takes for a script',
    category: 'start',
    severity: 'error',
    fix: 'safe',
  },

  docs: {
    why:
      'The debug variants of distroless static, base and cc set ENTRYPOINT ["/busybox/sh"]; the others set none. A CMD ' +
      'that started the program on the plain image is now the name of a shell script: "/app: line 1: syntax error: ' +
      'unexpected ")"", or "/busybox/sh: can\'t open \'/app\'". Say ENTRYPOINT, which works on both. What may be a ' +
      'script is reported as a warning.',
    bad: dockerfile`
      FROM golang:1.26 AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/app .

      FROM gcr.io/distroless/static-debian13:debug
      COPY --from=build /out/app /app
      CMD ["/app"]
    `,
    good: dockerfile`
      FROM golang:1.26 AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/app .

      FROM gcr.io/distroless/static-debian13:debug
      COPY --from=build /out/app /app
      ENTRYPOINT ["/app"]
    `,
    references: [
      'https://github.com/GoogleContainerTools/distroless/blob/main/static/static.bzl',
      'https://github.com/GoogleContainerTools/distroless/issues/1040',
    ],
  },

  *check(analysis) {
    const use = finalUse(analysis, 'cmd');
    if (use?.body.form !== 'exec') return;
    const { entrypoint } = use.at;
    const process = entrypoint.known ? entrypoint.value : null;
    if (!process || process.instruction || process.argv.length !== 1 || !shell.test(process.argv[0] ?? '')) return;
    const [word = ''] = use.argv;
    if (word === '' || /^[-+]|\.(ba|a)?sh$/.test(word)) return;
    yield {
      span: use.body.words[0]?.span ?? use.body.span,
      message: `The base image starts '${process.argv[0]}', so it takes '${word}' for a shell script.`,
      because: [...basedOn(use.stage), ...entrypoint.because],
      data: use,
      severity: isProgram(use, word) ? 'error' : 'warning',
    };
  },

  fix({ data: { instruction } }) {
    const { text, span } = instruction.keyword;
    return [
      { title: 'Start it with ENTRYPOINT', edits: [replace(span, text === 'cmd' ? 'entrypoint' : 'ENTRYPOINT')] },
    ];
  },
});

/** Known to be no script: a shell, an interpreter, or a program whose making was followed. */
function isProgram({ at }: ProcessUse, word: string): boolean {
  if (shell.test(word) || interpreterName(word) !== null) return true;
  if (!word.includes('/') && !at.workdir.known) return false;
  const entry = entryAt(at, resolvePath(at.workdir.known ? at.workdir.value : '/', word));
  return entry?.kind === 'file' && entry.artifact?.built != null;
}
