import { readShebang } from '../context/script.js';
import { byFile, knownAbsent, knownPresent, type Evidence } from '../fact.js';
import { installPrograms } from '../fixes/install-package.js';
import { basedOn } from '../interpret/bases.js';
import { textOf } from '../interpret/placements.js';
import { programFact } from '../interpret/query.js';
import { startedFiles, type StartedFile } from '../interpret/start-scripts.js';
import { lookedUpIn } from '../shell/builtins.js';
import type { ShellWord, SimpleCommand } from '../shell/model.js';
import { parseShell } from '../shell/parse.js';
import { literal, unwrap } from '../shell/words.js';
import { mapped } from '../text/mapped.js';
import type { Span } from '../text/span.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly started: StartedFile; readonly program: string };

export default defineRule<Data>({
  meta: {
    id: 'script-program-missing',
    summary: 'A script calls a program that is not in the image',
    category: 'start',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'The script that the image starts calls a program that nothing put there: the container ends with ' +
      '"/entrypoint.sh: line 3: curl: not found" or goes on with half of its work undone. Only programs that the script ' +
      'calls in every run are looked at. Install the program, or do the work in the program that the image is for.',
    bad: dockerfile`
      FROM alpine:3.22
      COPY --chmod=0755 entrypoint.sh /entrypoint.sh
      ENTRYPOINT ["/entrypoint.sh"]
    `,
    good: dockerfile`
      FROM alpine:3.22
      RUN apk add --no-cache curl
      COPY --chmod=0755 entrypoint.sh /entrypoint.sh
      ENTRYPOINT ["/entrypoint.sh"]
    `,
    files: {
      'entrypoint.sh': '#!/bin/sh\nset -e\ncurl -fsS https://config.example.com/app > /tmp/app.conf\nexec httpd -f\n',
    },
    references: ['https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08'],
  },

  *check(analysis) {
    for (const started of startedFiles(analysis)) {
      const [first, ...more] = missingPrograms(started);
      if (!first) continue;
      const { path, span, placed, stage, role } = started;
      const others = more.length > 0 ? ` and ${more.map(({ program }) => `'${program}'`).join(', ')}` : '';
      const are = more.length > 0 ? 'are' : 'is';
      yield {
        span,
        message: `'${path}' calls '${first.program}'${others}, which ${are} not in this ${role === 'run' ? 'stage' : 'image'}.`,
        because: [...[first, ...more].flatMap((one) => one.because), ...(placed?.because ?? []), ...basedOn(stage)],
        data: { started, program: first.program },
      };
    }
  },

  fix({ data: { started, program } }, { file }) {
    return installPrograms(started.stage, [program], file.text);
  },
});

type Missing = { readonly program: string; readonly because: readonly Evidence[] };

/** Each program once, in the order of the script; none for a script that does not start itself. */
function missingPrograms({ placed, at }: StartedFile): Missing[] {
  if (!placed?.isSure) return [];
  const text = textOf(placed);
  const shebang = readShebang(text);
  const shell = shebang && /^(\/usr)?\/bin\/(ba|da|a)?sh$/.test(shebang.interpreter) ? shebang.interpreter : null;
  if (shell === null || !knownPresent(programFact(at, shell))) return [];
  // As if every failure counted: what the script lets pass is told by || and the like.
  const script = parseShell(mapped(text, 0), { errexit: true, pipefail: false });
  if (!script.plain || changesPath(text)) return [];
  const isLookedUp = lookedUpIn(text);
  const found = new Map<string, Missing>();
  const called = script.commands.filter(({ always, decisive, guards }) => always && decisive && guards.length === 0);
  for (const word of called.flatMap(programWords)) {
    const program = literal(word);
    if (!program || found.has(program) || !isLookedUp(program)) continue;
    const fact = programFact(at, program);
    if (knownAbsent(fact))
      found.set(program, { program, because: [...callOf(placed, word.span, program), ...fact.because] });
  }
  return [...found.values()];
}

/** `exec gosu app server` calls two programs. */
function programWords({ words }: SimpleCommand): ShellWord[] {
  const last = unwrap(words);
  return words.slice(0, last + 1).filter((word, index) => index === last || starters.test(literal(word) ?? ''));
}

const starters = /^(gosu|su-exec|sudo|tini|dumb-init|timeout|nice|setsid|nohup)$/;

/** Programs may come from elsewhere, or be installed by the script. */
function changesPath(text: string): boolean {
  return /\bPATH=|\b(apk|apt|apt-get|dnf|microdnf|yum|pip3?|npm)\s+(add|install|i)\b|^\s*(\.|source)\s/m.test(text);
}

function callOf(placed: NonNullable<StartedFile['placed']>, span: Span, program: string): Evidence[] {
  return placed.kind === 'file' ? [byFile(placed.file, span, `'${program}' is called here.`)] : [];
}
