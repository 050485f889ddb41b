import { byDocker, knownAbsent, knownPresent, type Evidence } from '../fact.js';
import { installPrograms } from '../fixes/install-package.js';
import { basedOn } from '../interpret/bases.js';
import { readPackageCommand } from '../interpret/commands/packages.js';
import { programFact, shellPath } from '../interpret/query.js';
import type { CommandStep, Stage, Step } from '../interpret/state.js';
import { lookedUpIn } from '../shell/builtins.js';
import { insert, newlineOf } from '../text/edit.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

type Missing = { readonly program: string; readonly command: CommandStep; readonly because: readonly Evidence[] };
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
        const text = analysis.file.text.slice(step.instruction.span.start, step.instruction.span.end);
        const [first, ...more] = missingPrograms(step, text, analysis.file.text).filter(
          ({ program }) => !told.has(program),
        );
        if (!first) continue;
        const isFatal = first.command.command.decisive;
        const all = [first, ...more.filter(({ command }) => command.command.decisive === isFatal)];
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
  const names = programs.map((program) => `'${program}'`);
  const all = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '');
  const are = names.length > 1 ? 'are' : 'is';
  return isFatal
    ? `${all} ${are} not in this stage.`
    : `${all} ${are} not in this stage, and the pipe goes on all the same.`;
}

/** What every run of the RUN calls, each once, in order; none where something else may bring it along. */
function missingPrograms({ instruction, before, commands }: Step, text: string, file: string): Missing[] {
  if (instruction.kind !== 'run' || instruction.isOnbuild || !knownPresent(shellPath(before))) return [];
  if (commands.some(changesLookup)) return [];
  const isLookedUp = lookedUpIn(text);
  const found = new Map<string, Missing>();
  for (const [index, command] of commands.entries()) {
    const [program] = command.words;
    if (!program || found.has(program) || !isCalled(command, commands) || !isLookedUp(program)) continue;
    if (!command.command.decisive && !isHidden(command, commands[index + 1], file)) continue;
    const fact = programFact(command.before, program);
    if (knownAbsent(fact)) found.set(program, { program, command, because: fact.because });
  }
  return [...found.values()];
}

/** Package managers and the commands for accounts have rules of their own, which know more. */
function isCalled({ command, words }: CommandStep, all: readonly CommandStep[]): boolean {
  if (!command.always || command.guards.some((index) => probes.has(all[index]?.words[0] ?? ''))) return false;
  return !readPackageCommand(words) && !others.test(words[0] ?? '');
}

const probes = new Set(['command', 'which', 'type', 'test', '[', '[[']);
const others =
  /^(apk|apt(-get|-cache)?|dpkg|(micro)?dnf|yum|tdnf|rpm|(user|group)(add|del|mod)|add(user|group)|del(user|group))$/;

/** Programs may come from elsewhere: `. ~/.profile`, `PATH=… make`, `eval "$(…)"`. */
function changesLookup({ command, words }: CommandStep): boolean {
  if (['.', 'source', 'eval', 'alias'].includes(words[0] ?? '')) return true;
  return command.assignments.some(({ name }) => name === 'PATH') || words.some((word) => word?.startsWith('PATH='));
}

/** The command is followed by a pipe, behind which the RUN fails or goes on. */
function isHidden({ command }: CommandStep, next: CommandStep | undefined, file: string): boolean {
  return (
    next?.command.decisive === true &&
    /^\s*(\d?>\S+\s*)*\|(?![|])/.test(file.slice(command.span.end, next.command.span.start))
  );
}

/** What the images of Node.js 26 no longer have. */
const ofNode = new Set(['corepack', 'pnpm', 'yarn']);

function installWithNpm({ instruction, before }: Step, programs: readonly string[], text: string): Fix[] {
  const isRoot = before.user.known && before.user.value.uid === 0;
  if (!isRoot || !programs.every((name) => ofNode.has(name)) || !knownPresent(programFact(before, 'npm'))) return [];
  const line = `RUN npm install --global ${programs.join(' ')}${newlineOf(text)}`;
  return [{ title: `Install ${programs.join(' and ')} with npm`, edits: [insert(instruction.span.start, line)] }];
}
