import { basedOn, lineage } from '../interpret/bases.js';
import { interpreterName } from '../interpret/interpreters.js';
import { finalStage, startUses, type ProcessUse } from '../interpret/processes.js';
import { misplacedFile } from '../interpret/misplaced.js';
import type { Stage } from '../interpret/state.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly use: ProcessUse; readonly index: number; readonly path: string };

export default defineRule<Data>({
  meta: {
    id: 'relative-exec-after-workdir-change',
    summary: 'Relative path of a program that lies elsewhere',
    category: 'start',
    severity: 'error',
    fix: 'safe',
  },

  docs: {
    why:
      'A relative path is looked for in the working directory that the image ends with. The nonroot tags of distroless ' +
      'change more than the user: they start in /home/nonroot, and the container ends with "exec: "./app": stat ./app: ' +
      'no such file or directory", or "Error: Cannot find module \'/home/nonroot/server.js\'". An absolute path does not ' +
      'depend on WORKDIR.',
    bad: dockerfile`
      FROM golang:1.26 AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/app .

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /out/app /
      CMD ["./app"]
    `,
    good: dockerfile`
      FROM golang:1.26 AS build
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build -o /out/app .

      FROM gcr.io/distroless/static-debian13:nonroot
      COPY --from=build /out/app /
      CMD ["/app"]
    `,
    references: [
      'https://docs.docker.com/reference/dockerfile/#workdir',
      'https://github.com/GoogleContainerTools/distroless/issues/718',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage) return;
    for (const use of startUses(stage)) {
      const index = relativeWord(use);
      const word = use.body.form === 'exec' && index !== null ? use.body.words[index] : undefined;
      const found = word && misplacedFile(use.at, word.value);
      if (!found || index === null) continue;
      yield {
        span: word.span,
        message: `'${word.value}' is looked for in '${found.workdir}', but the file is at '${found.path}'.`,
        because: [...basedOn(stage), ...use.at.workdir.because, ...found.because],
        data: { use, index, path: found.path },
        ...(isOnVolume(stage, found.workdir) ? { severity: 'warning' as const } : {}),
      };
    }
  },

  fix({ data: { use, index, path } }) {
    const word = use.body.form === 'exec' ? use.body.words[index] : undefined;
    return word ? [{ title: `Start '${path}'`, edits: [replace(word.span, JSON.stringify(path))] }] : [];
  },
});

/** What lies in a volume may come from outside of the image. */
function isOnVolume(stage: Stage, folder: string): boolean {
  const instructions = lineage(stage).flatMap(({ steps }) => steps.map(({ instruction }) => instruction));
  const texts = instructions.flatMap((one) => (one.kind === 'volume' ? one.words.map(({ text }) => text) : []));
  const paths = texts.flatMap((text) => text.split(/[[\]",\s]+/)).filter((path) => path.startsWith('/'));
  return (
    texts.some((text) => text.includes('$')) || paths.some((path) => `${folder}/`.startsWith(path.replace(/\/*$/, '/')))
  );
}

/** The word of the instruction that names a program with a slash, or the script of an interpreter, by a relative path. */
function relativeWord({ role, argv, at, body }: ProcessUse): number | null {
  if (body.form !== 'exec') return null;
  const entrypoint = at.entrypoint.known ? at.entrypoint.value : undefined;
  if (entrypoint === undefined || (role === 'cmd' && entrypoint?.form === 'shell')) return null;
  const before = role === 'cmd' && entrypoint ? entrypoint.argv : [];
  const isScriptOfBase = before.some((word) => /entrypoint(\.sh)?$/.test(word)) && entrypoint?.instruction === null;
  const words = isScriptOfBase ? argv : [...before, ...argv];
  const offset = words.length - argv.length;
  const program = words[0] ?? '';
  const at0 = interpreterName(program) ? operandIndex(words, program) : /^(?!\/).*\//.test(program) ? 0 : null;
  const operand = at0 === null ? undefined : words[at0];
  if (at0 === null || operand === undefined || at0 < offset || operand.startsWith('/')) return null;
  return at0 - offset;
}

/** The script or jar, where nothing but plain options stands before it. */
function operandIndex(words: readonly string[], program: string): number | null {
  const name = interpreterName(program);
  const at = words.findIndex((word, index) => index > 0 && !word.startsWith('-'));
  const options = words.slice(1, at);
  if (at < 0 || !/\.(c?m?js|py|jar|dll|rb|php)$/.test(words[at] ?? '')) return null;
  if (name === 'java') {
    const isJar = options.at(-1) === '-jar' && options.slice(0, -1).every((word) => /^-(X|D|ea$|server$)/.test(word));
    return isJar ? at : null;
  }
  return options.every((word) => /^-[uOBEs]$|^--[\w-]+=/.test(word)) ? at : null;
}
