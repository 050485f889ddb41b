import { basedOn } from '../interpret/bases.js';
import { firstAccountProblem, isAccountTool, type AccountProblem } from '../interpret/account-problem.js';
import { createdGroups, forBusybox, forShadow } from '../fixes/accounts.js';
import type { CommandStep, Step } from '../interpret/state.js';
import { replace } from '../text/edit.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly step: Step; readonly found: AccountProblem };

export default defineRule<Data>({
  meta: {
    id: 'shadow-tools-on-busybox',
    summary: 'useradd or adduser as another distribution has it',
    category: 'build',
    severity: 'error',
    fix: 'review',
  },

  docs: {
    why:
      'Alpine and Wolfi create accounts with the adduser and addgroup of BusyBox; useradd, groupadd and usermod come ' +
      'with the package shadow, and without it the build ends with "/bin/sh: groupadd: not found". Debian has useradd, ' +
      'and its adduser is another program: it reads "-D" and "-S" as beginnings of long options and fails with "Option d ' +
      'is ambiguous (debug, disabled-login, disabled-password)". The debian images have had no adduser at all since ' +
      'release 13. A number in USER needs no account.',
    bad: dockerfile`
      FROM node:24-alpine
      RUN groupadd -g 10001 app && useradd -u 10001 -g app app
      USER 10001:10001
    `,
    good: dockerfile`
      FROM node:24-alpine
      RUN addgroup -g 10001 app && adduser -D -H -u 10001 -G app app
      USER 10001:10001
    `,
    references: [
      'https://wiki.alpinelinux.org/wiki/Setting_up_a_new_user',
      'https://manpages.debian.org/trixie/adduser/adduser.8.en.html',
      'https://github.com/bentoml/BentoML/issues/3625',
      'https://github.com/cardano-community/guild-operators/issues/1888',
    ],
  },

  *check({ stages }) {
    for (const stage of stages) {
      for (const step of stage.steps) {
        const found = firstAccountProblem(step);
        if (!found) continue;
        const { command, because } = found;
        yield {
          span: command.wordSpans[0] ?? command.command.span,
          message: wording(found),
          because: [...basedOn(stage), ...because],
          data: { step, found },
          severity: command.command.decisive ? 'error' : 'warning',
        };
      }
    }
  },

  /** All of them in the RUN, or none. */
  fix({ data: { step, found } }) {
    const commands = step.commands.filter(({ words }) => isAccountTool(words[0], found.problem));
    const groups = found.hasBusybox ? createdGroups(commands.map(written)) : null;
    const edits = commands.flatMap((command) => translated(command, groups) ?? []);
    if (edits.length !== commands.length) return [];
    return [{ title: found.hasBusybox ? 'Use adduser and addgroup of BusyBox' : 'Use useradd and groupadd', edits }];
  },
});

function wording({ command: { words, before }, problem, option }: AccountProblem): string {
  const name = words[0] ?? '';
  if (problem === 'no-shadow') return `'${name}' is not in this stage, which has the adduser and addgroup of BusyBox.`;
  if (problem === 'no-adduser') return `'${name}' is not in this stage, which has useradd and groupadd.`;
  const owner = before.os.known && before.os.value?.id === 'ubuntu' ? 'Ubuntu' : 'Debian';
  return problem === 'busybox-option'
    ? `'${name}' of ${owner} does not take '${option}', an option of BusyBox.`
    : `'${name}' of BusyBox does not take '${option}', an option of Debian.`;
}

/** A word with variables keeps its text; the command word itself must be plain. */
function translated(command: CommandStep, groups: ReadonlyMap<string, string> | null) {
  const { words, wordSpans } = command;
  const raw = written(command);
  const next = raw[0] !== words[0] ? null : groups ? forBusybox(raw, groups) : forShadow(raw);
  const [first, last] = [wordSpans[0], wordSpans.at(-1)];
  return next && first && last ? [replace({ start: first.start, end: last.end }, next)] : null;
}

function written({ command, words }: CommandStep): string[] {
  return command.words.slice(command.words.length - words.length).map((word) => word.raw);
}
