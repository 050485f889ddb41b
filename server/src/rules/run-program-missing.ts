import { byDocker, knownPresent } from '../fact.js';
import { installPrograms } from '../fixes/install-package.js';
import { basedOn } from '../interpret/bases.js';
import { missingPrograms } from '../interpret/missing-programs.js';
import { programFact } from '../interpret/query.js';
import type { Stage, Step } from '../interpret/state.js';
import { insert, newlineOf } from '../text/edit.js';
import { list } from '../text/list.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

type Data = { readonly stage: Stage; readonly step: Step; readonly programs: readonly string[] };

export default defineRule<Data>({
  meta: {
    id: 'run-program-missing',
    summary: 'RUN calls a program that the stage does not have',
    category: 'build',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Small images leave out what larger ones have: debian and the slim images come without curl, wget and git, Alpine ' +
      'without curl, git, make and bash, and Node.js 26 without Yarn and Corepack. The build ends with "curl: not found" ' +
      'and exit code 127. In a pipe such as `curl … | sh` it goes on as if nothing had happened, so that is a warning. ' +
      'Install the program first, or use one that is there: ADD fetches a file, and BusyBox has a wget.',
    bad: dockerfile`
      FROM debian:13-slim
      RUN curl -fsSLo /usr/local/bin/tool https://downloads.example.com/tool
    `,
    good: dockerfile`
      FROM debian:13-slim
      ADD --chmod=0755 https://downloads.example.com/tool /usr/local/bin/tool
    `,
    references: [
      'https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08',
      'https://docs.docker.com/reference/dockerfile/#add',
      'https://github.com/nodejs/docker-node/issues/2407',
    ],
  },

  *check(analysis) {
    for (const stage of analysis.stages) {
      const told = new Set<string>();
      for (const step of stage.steps) {
        const missing = missingPrograms(step, analysis.file.text).filter(({ program }) => !told.has(program));
        const [first] = missing;
        if (!first) continue;
        const { isFatal } = first;
        const all = missing.filter((one) => one.isFatal === isFatal);
        const programs = all.map(({ program }) => program);
        programs.forEach((program) => told.add(program));
        yield {
          span: first.command.wordSpans[0] ?? first.command.command.span,
          message: wording(programs, isFatal),
          because: [
            ...basedOn(stage),
            ...all.flatMap(({ because }) => because),
            ...(isFatal ? [] : [byDocker('A pipe fails where its last command fails, unless pipefail is set.')]),
          ],
          data: { stage, step, programs },
          severity: isFatal ? 'error' : 'warning',
        };
      }
    }
  },

  fix({ data: { stage, step, programs } }, { file }) {
    return [...installPrograms(stage, programs, file.text), ...installWithNpm(step, programs, file.text)];
  },
});

function wording(programs: readonly string[], isFatal: boolean): string {
  const all = list(programs.map((program) => `'${program}'`));
  const are = programs.length > 1 ? 'are' : 'is';
  return isFatal
    ? `${all} ${are} not in this stage.`
    : `${all} ${are} not in this stage, and the pipe goes on all the same.`;
}

/** What the images of Node.js 26 no longer have. */
const ofNode = new Set(['corepack', 'pnpm', 'yarn']);

function installWithNpm({ instruction, before }: Step, programs: readonly string[], text: string): Fix[] {
  const isRoot = before.user.known && before.user.value.uid === 0;
  if (!isRoot || !programs.every((name) => ofNode.has(name)) || !knownPresent(programFact(before, 'npm'))) return [];
  const line = `RUN npm install --global ${programs.join(' ')}${newlineOf(text)}`;
  return [{ title: `Install ${programs.join(' and ')} with npm`, edits: [insert(instruction.span.start, line)] }];
}
