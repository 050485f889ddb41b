import { byInstruction, type Evidence } from '../fact.js';
import type { UserId } from '../catalog/model.js';
import { entirely } from '../fixes/lines.js';
import { modeMark, ownerBelow, ownerMark } from '../interpret/access.js';
import { lineage } from '../interpret/bases.js';
import { readPackageCommand } from '../interpret/commands/packages.js';
import { accountFact, programFact, searchPath } from '../interpret/query.js';
import type { CommandStep, Stage, StageState, Step } from '../interpret/state.js';
import { currentEntry } from '../interpret/tree.js';
import { insert, newlineOf } from '../text/edit.js';
import type { Span } from '../text/span.js';
import { defineRule, dockerfile } from './rule.js';

type Data = { readonly stage: Stage; readonly step: Step; readonly user: UserId };

export default defineRule<Data>({
  meta: {
    id: 'package-install-as-nonroot',
    summary: 'Package install as a user who is not root',
    category: 'build',
    severity: 'error',
    fix: 'safe',
  },

  docs: {
    why:
      'Package managers write to directories that belong to root. Hardened images start as another user, also in their ' +
      '-dev variants, and an earlier USER has the same effect: "ERROR: Unable to lock database: Permission denied" from ' +
      'apk, "Could not open lock file … Permission denied" from apt-get. Become root for the install and go back ' +
      'afterwards.',
    bad: dockerfile`
      FROM cgr.dev/chainguard/python:latest-dev AS build
      RUN apk add --no-cache gcc
    `,
    good: dockerfile`
      FROM cgr.dev/chainguard/python:latest-dev AS build
      USER root
      RUN apk add --no-cache gcc
      USER 65532
    `,
    references: [
      'https://github.com/chainguard-images/images/issues/298',
      'https://docs.docker.com/reference/dockerfile/#user',
    ],
  },

  *check({ stages }) {
    for (const stage of stages) {
      for (const step of stage.steps) {
        const { user } = step.before;
        const install = isNonRoot(step.before) ? firstInstall(step) : null;
        if (!install || !user.known) continue;
        yield {
          span: install.wordSpans[0] ?? install.command.span,
          message: `'${install.words[0]}' needs root, and this RUN runs as ${nameOf(user.value)}.`,
          because: reasons(stage, user.because),
          data: { stage, step, user: user.value },
          cause: nameOf(user.value),
          ...(mayBeRoot(step.before) || mayBeAllowed(install) ? { severity: 'warning' as const } : {}),
        };
      }
    }
  },

  fix({ data: { stage, step, user } }, { file }) {
    const line = installsAround(stage, step, file.text);
    if (!line) return [];
    const newline = newlineOf(file.text);
    const endsLine = /[\r\n]$/.test(file.text.slice(line.start, line.end));
    const back = `USER ${writtenUser(stage, step) ?? user.uid ?? user.name}`;
    const edits = [
      insert(line.start, `USER root${newline}`),
      insert(line.end, endsLine ? `${back}${newline}` : `${newline}${back}`),
    ];
    return [{ title: `Install as root, then return to ${nameOf(user)}`, edits }];
  },
});

/** The lines of the RUN, and of the installs directly above and below it. */
function installsAround({ steps }: Stage, step: Step, text: string): Span | null {
  const linesOf = (at: number) => {
    const one = steps[at];
    return one && (one === step || firstInstall(one)) ? entirely(text, one.instruction.span) : null;
  };
  const at = steps.indexOf(step);
  const own = linesOf(at);
  if (!own) return null;
  let { start, end } = own;
  for (let index = at - 1, above = linesOf(index); above?.end === start; above = linesOf(--index)) start = above.start;
  for (let index = at + 1, below = linesOf(index); below?.start === end; below = linesOf(++index)) end = below.end;
  return { start, end };
}

/** The user as the last USER before the step has it; null when the base image sets it. */
function writtenUser(stage: Stage, step: Step): string | null {
  const { start } = step.instruction.span;
  const before = stage.steps.filter(({ instruction }) => instruction.span.start < start);
  const parents = lineage(stage).slice(0, -1);
  const users = [...parents.flatMap(({ steps }) => steps), ...before].flatMap(({ instruction }) =>
    instruction.kind === 'user' && !instruction.isOnbuild && instruction.user ? [instruction.user.text] : [],
  );
  return users.at(-1) ?? null;
}

function isNonRoot(state: StageState): boolean {
  const { user } = state;
  if (!user.known) return false;
  const { uid, name } = user.value;
  if (uid !== null) return uid !== 0;
  if (name === null || name === 'root') return false;
  const account = accountFact(state, name);
  return !(account.known && account.value?.uid === 0);
}

/** An account that this file may have given the number of root. */
function mayBeRoot(state: StageState): boolean {
  const { user } = state;
  const name = user.known && user.value.uid === null ? user.value.name : null;
  const account = name === null ? null : accountFact(state, name);
  return [account, name === null ? null : state.closed.accounts].some(
    (fact) => fact?.known === false && fact.because.some(({ kind }) => kind === 'instruction'),
  );
}

/** Whether this file made another program of it, gave it the rights of root, or gave the system's files away. */
function mayBeAllowed({ before, words: [name = ''] }: CommandStep): boolean {
  const programs = (name ?? '').startsWith('/')
    ? [name ?? '']
    : (searchPath(before) ?? []).map((folder) => `${folder}/${name}`);
  const isOther = programs.some((path) =>
    currentEntry(before, path)?.because.some(({ kind }) => kind === 'instruction'),
  );
  const owners = systemFolders.flatMap((path) => [ownerMark(before, path), ownerBelow(before, path)]);
  return isOther || owners.some((mark) => mark?.isMeant) || programs.some((path) => modeMark(before, path) !== null);
}

const systemFolders = ['/', '/etc', '/lib', '/usr', '/var', '/var/lib', '/etc/apk', '/lib/apk', '/usr/lib/apk'];

function nameOf({ name, uid }: UserId): string {
  return name && !/^\d+$/.test(name) ? `'${name}'` : `uid ${uid}`;
}

/** An install that decides about the RUN, of a manager that is there. */
function firstInstall({ commands }: Step): CommandStep | null {
  for (const step of commands) {
    const { always, decisive } = step.command;
    const read = readPackageCommand(step.words);
    if (read?.action !== 'install' || !always || !decisive || isElevated(step) || isElsewhere(step)) continue;
    const program = programFact(step.before, step.words[0] ?? '');
    const { packageManager, blur } = step.before;
    const isOfImage = packageManager.known && packageManager.value === read.manager && blur === null;
    if (program.known ? program.value !== null : isOfImage) return step;
  }
  return null;
}

/** sudo and its like stand before the command word. */
function isElevated({ command, words }: CommandStep): boolean {
  const before = command.words.slice(0, command.words.length - words.length);
  return before.some(({ raw }) => /(^|\/)(sudo|doas|gosu|su-exec|fakeroot)$/.test(raw));
}

/** Nothing is written to the system: a dry run, or a root directory that may belong to the user. */
function isElsewhere({ words }: CommandStep): boolean {
  return words.some(
    (word) =>
      word === null || /^(--root|--installroot|--usermode|--simulate|--dry-run|--print-uris|-s|-p)(=|$)/.test(word),
  );
}

function reasons({ syntax }: Stage, because: readonly Evidence[]): readonly Evidence[] {
  if (because.some(({ kind }) => kind === 'instruction') || !syntax.from.image) return because;
  return [
    byInstruction(syntax.from.image.span, `The user comes from the base image '${syntax.from.image.text}'.`),
    ...because,
  ];
}
