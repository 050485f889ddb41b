import { readShebang } from '../context/script.js';
import { byFile, knownPresent } from '../fact.js';
import { lineage } from '../interpret/bases.js';
import { textOf } from '../interpret/placements.js';
import { programFact, shellPath } from '../interpret/query.js';
import { startedFiles, type StartedFile } from '../interpret/start-scripts.js';
import { insert, newlineOf } from '../text/edit.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

export default defineRule<StartedFile>({
  meta: {
    id: 'entrypoint-script-crlf',
    summary: 'A script with the line endings of Windows',
    category: 'start',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Where the first line of a script ends in a carriage return, Linux looks for an interpreter whose name ends in ' +
      'one. There is none: "exec /entrypoint.sh: no such file or directory", "/usr/bin/env: \'bash\\r\': No such file or ' +
      'directory" or "/bin/sh: 0: Illegal option -". Git makes such files when it checks out text on Windows: say ' +
      '"*.sh text eol=lf" in .gitattributes and check the file out again, or take the carriage returns away in the image.',
    bad: dockerfile`
      FROM debian:13-slim
      COPY --chmod=0755 entrypoint.sh /entrypoint.sh
      ENTRYPOINT ["/entrypoint.sh"]
    `,
    good: dockerfile`
      FROM debian:13-slim
      COPY --chmod=0755 entrypoint.sh /entrypoint.sh
      RUN sed -i 's/\\r$//' /entrypoint.sh
      ENTRYPOINT ["/entrypoint.sh"]
    `,
    files: { 'entrypoint.sh': '#!/bin/sh\r\nset -e\r\nexec sleep infinity\r\n' },
    references: [
      'https://git-scm.com/docs/gitattributes#_eol',
      'https://github.com/HKUDS/nanobot/issues/2883',
      'https://github.com/bodleian/iiif-static-choices/issues/20',
    ],
  },

  *check(analysis) {
    for (const started of startedFiles(analysis)) {
      const { placed, path, span } = started;
      const shebang = placed && readShebang(textOf(placed));
      if (!placed || !shebang?.endsInCarriageReturn || shebang.forgivesReturn) continue;
      const line = shebang.interpreter.replace(/\r$/, '');
      yield {
        span,
        message: `The first line of '${path}' ends in a carriage return, so '${line}' is not found or gets a wrong argument.`,
        because: [
          ...(placed.kind === 'file' ? [byFile(placed.file, shebang.span, 'This line ends in CR LF.')] : []),
          ...placed.because,
        ],
        data: started,
        severity: placed.isSure ? 'error' : 'warning',
      };
    }
  },

  fix: ({ data: started }, { file }) => stripReturns(started, file.text),
});

/** Behind the instruction that brings the script, where a shell and sed are there and the user may write the file. */
function stripReturns({ placed, path, stage }: StartedFile, text: string): Fix[] {
  const [arrival] = placed?.because ?? [];
  if (arrival?.kind !== 'instruction' || placed?.kind !== 'file' || /[\s'"\\$]/.test(path)) return [];
  const step = lineage(stage)
    .flatMap(({ steps }) => steps)
    .find(({ instruction }) => instruction.span.start === arrival.span.start);
  if (!step || (step.instruction.kind !== 'copy' && step.instruction.kind !== 'add')) return [];
  const { user } = step.after;
  const hasTools = knownPresent(shellPath(step.after)) && knownPresent(programFact(step.after, 'sed'));
  if (!hasTools || !user.known || user.value.uid !== 0) return [];
  const newline = newlineOf(text);
  const line = `${newline}RUN sed -i 's/\\r$//' ${path}`;
  return [{ title: 'Take the carriage returns away', edits: [insert(step.instruction.span.end, line)] }];
}
