import { basedOn } from '../interpret/bases.js';
import { operandOf } from '../interpret/interpreters.js';
import { baseInterpreter, finalStage, startUses, type ProcessUse } from '../interpret/processes.js';
import { isInit } from '../interpret/inits.js';
import { isStarter, missingStarter } from '../interpret/starters.js';
import { remove } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

/** `index` is that of the word in exec form; null in shell form. */
type Data = { readonly use: ProcessUse; readonly index: number | null };

export default defineRule<Data>({
  meta: {
    id: 'init-binary-missing',
    summary: 'Init process or su-exec that the image does not have',
    category: 'start',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'tini, dumb-init, gosu and su-exec come from packages that few base images hold; in a new base they are often ' +
      'gone, and the container ends with "exec: "tini": executable file not found in $PATH". Install one in the stage ' +
      'or copy its static build; or let the platform start an init process: `docker run --init`, `init: true` in ' +
      'Compose. A program that handles SIGTERM and starts no children needs none.',
    bad: dockerfile`
      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      COPY server.js .
      ENTRYPOINT ["tini", "--", "/nodejs/bin/node", "server.js"]
    `,
    good: dockerfile`
      FROM gcr.io/distroless/nodejs24-debian13:nonroot
      WORKDIR /app
      COPY server.js .
      ENTRYPOINT ["/nodejs/bin/node", "server.js"]
    `,
    references: [
      'https://docs.docker.com/engine/containers/multi-service_container/',
      'https://github.com/GoogleContainerTools/distroless/issues/550',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage) return;
    for (const use of startUses(stage)) {
      const found = use.role === 'healthcheck' ? null : missingStarter(use);
      if (!found) continue;
      const { name, index, absence } = found;
      const word = use.body.form === 'exec' && index !== null ? use.body.words[index] : undefined;
      const interpreter = index === 0 ? baseInterpreter(use) : null;
      const keyword = use.instruction.keyword.text.toUpperCase();
      yield {
        span: word?.span ?? use.body.span,
        message: interpreter
          ? `The base image starts '${interpreter.path}', so it takes '${name}' for ${operandOf(interpreter)}.`
          : `${keyword} starts '${name}', which is not in this image.`,
        because: [...basedOn(stage), ...absence.because],
        data: { use, index },
      };
    }
  },

  /** A bare init process at the front is left out. */
  fix({ data: { use, index } }, { file }) {
    const { body } = use;
    if (body.form !== 'exec' || index !== 0 || !isInit(use.argv[0] ?? '') || baseInterpreter(use)) return [];
    const from = use.argv.findIndex((word, at) => at > 0 && !word.startsWith('-'));
    const [first, next] = [body.words[0], body.words[from]];
    const options = use.argv.slice(1, from).filter((word) => word !== '--' && word !== '-g');
    if (!first || !next || options.length > 0 || isStarter(next.value)) return [];
    const span = { start: first.span.start, end: next.span.start };
    if (/[#\n]/.test(file.text.slice(span.start, span.end))) return [];
    return [{ title: `Start without '${first.value}'`, edits: [remove(span)] }];
  },
});
