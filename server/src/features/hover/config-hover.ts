import { accountFact, programFact } from '../../interpret/query.js';
import type { Stage, StageState, Step } from '../../interpret/state.js';
import type { Shell, User, Workdir } from '../../syntax/model.js';
import { bullets, code, commandLine, lineOf, linesOf, page, reasons } from './markdown.js';
import { heading, targetNote } from './process-hover.js';
import { startSentence } from './start.js';
import type { View } from './view.js';
import { userTitle } from './words.js';

type Named<T> = Step & { readonly instruction: T };

/** USER: from where to where it holds, which account it is, and what the container starts with it. */
export function userHover({ instruction, before, after }: Named<User>, stage: Stage, view: View): string {
  const later = stage.steps.find(
    (step) => step.instruction.kind === 'user' && step.instruction.span.start > instruction.span.start,
  );
  const until = later ? ` up to ${lineOf(view.lines, later.instruction.span)}` : '';
  const who = after.user.known ? userTitle(after.user) : code(instruction.user?.text ?? '');
  const sentence =
    later || !stage.isFinal
      ? `RUN instructions${until || ' from here on'} run as ${who}.`
      : (startSentence(stage.end) ?? `The container runs as ${who}.`);
  const notes = [
    ...accountNotes(instruction, before, view),
    ...groupNotes(instruction, before),
    ...kubernetesNotes(after, stage, later === undefined),
  ];
  return page(heading, sentence, bullets(notes), later ? null : targetNote(stage, view));
}

/** WORKDIR: the directory it comes to. */
export function workdirHover({ instruction, before, after }: Named<Workdir>, stage: Stage, { lines }: View): string {
  const { workdir } = after;
  if (!workdir.known)
    return page(`The working directory is not known from here on.`, bullets(reasons(workdir.because, lines)));
  const isRelative = !/^[/$]/.test(instruction.path?.value ?? '/');
  const relative = isRelative && before.workdir.known ? [`It is relative to ${code(before.workdir.value)}.`] : [];
  const isLast = stage.end.workdir === workdir;
  const scope = !isLast ? ' until the next WORKDIR' : stage.isFinal ? ', also of the container' : ' from here on';
  return page(
    `**Working directory** ${code(workdir.value)}${scope}. It is created if it is missing.`,
    bullets(relative),
  );
}

/** SHELL: what the shell-form instructions below it become. */
export function shellHover({ instruction, after }: Named<Shell>, stage: Stage, { lines }: View): string | null {
  if (!after.shellPrefix.known) return null;
  const argv = after.shellPrefix.value;
  const below = stage.steps.filter(
    ({ before, instruction: { span } }) =>
      span.start > instruction.span.start && before.shellPrefix === after.shellPrefix,
  );
  const used = below
    .filter((step) => 'body' in step.instruction && step.instruction.body?.form === 'shell')
    .map((step) => step.instruction.span);
  const program = programFact(after, argv[0] ?? '');
  const missing =
    program.known && program.value === null
      ? [`**There is no** ${code(argv[0] ?? '')} in this image at this point.`]
      : [];
  const use = used.length > 0 ? ` on ${linesOf(lines, used)}.` : ', but nothing below it is in shell form.';
  return page(`**Shell form** runs as ${commandLine([...argv, '…'])}${use}`, bullets(missing));
}

function accountNotes({ user }: User, before: StageState, { lines }: View): string[] {
  const name = user?.value.split(':')[0] ?? '';
  if (name === '' || name === 'root' || /^\d+$/.test(name) || name.includes('$')) return [];
  const account = accountFact(before, name);
  if (!account.known) return [`Whether the image has an account ${code(name)} is not known.`];
  if (account.value === null)
    return [`**There is no account** ${code(name)} in this image, so neither RUN nor the container can start.`];
  return reasons(account.because, lines).slice(0, 1);
}

/** See https://docs.docker.com/reference/dockerfile/#user: without a primary group it is the root group. */
function groupNotes({ user }: User, before: StageState): string[] {
  const [name = '', group] = (user?.value ?? '').split(':');
  if (!/^\d+$/.test(name) || group !== undefined || name === '0') return [];
  if (!before.closed.accounts.known || !before.closed.accounts.value || before.blur) return [];
  const accounts = [...before.accounts.entries()].map(([, fact]) => fact);
  const hasAccount = accounts.some(
    (fact) => !fact.known || fact.value?.uid === Number(name) || fact.value?.uid === null,
  );
  return hasAccount
    ? []
    : [`No account has this uid, so the group is root; ${code(`USER ${name}:${name}`)} sets both.`];
}

function kubernetesNotes({ user }: StageState, stage: Stage, isLast: boolean): string[] {
  if (!stage.isFinal || !isLast || !user.known) return [];
  const { name, uid } = user.value;
  if (name === null || uid === 0) return [];
  const number = uid === null ? 'a number' : code(`USER ${uid}`);
  return [`With \`runAsNonRoot\` and no \`runAsUser\` Kubernetes refuses a name; ${number} passes.`];
}
