import { findPackage } from '../catalog/packages.js';
import { byDocker } from '../fact.js';
import { listedWord } from '../fixes/lines.js';
import { basedOn, isWorkshop } from '../interpret/bases.js';
import { finalStage } from '../interpret/processes.js';
import { startsProduct, startsScript } from '../interpret/product.js';
import type { InstalledPackage, Stage } from '../interpret/state.js';
import { remove } from '../text/edit.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

type Data = { readonly item: InstalledPackage; readonly count: number };

/** Of use to a person at a terminal. */
const forPeople = new Set(
  'zsh fish vim vim-tiny vim-nox neovim nano emacs-nox htop telnet tmux screen tree ncdu iotop man-db strace gdb'.split(
    ' ',
  ),
);

/** Of use to a person, and now and then to a program or a script. */
const forPeopleMostly = new Set(
  (
    'curl wget less sudo lsof socat nmap tcpdump traceroute mtr sysstat netcat netcat-openbsd netcat-traditional ' +
    'bind-tools dnsutils iputils-ping iputils net-tools openssh-server'
  ).split(' '),
);

export default defineRule<Data>({
  meta: {
    id: 'debug-tools-in-final-stage',
    summary: 'Tools for people in the final image',
    category: 'size',
    severity: 'warning',
    fix: 'review',
  },

  docs: {
    why:
      'Editors, network tools and debuggers serve a person in the container, and an intruder as well; each brings ' +
      'packages that must be patched. Bring the tools along when they are needed: `docker debug`, `kubectl debug` with ' +
      'an image that holds them, or a debug variant on a developer machine. Tools that a program may call too, such as ' +
      'curl, are named as information only.',
    bad: dockerfile`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y vim libpq5
      COPY app /usr/local/bin/app
      USER 65532:65532
      CMD ["app"]
    `,
    good: dockerfile`
      FROM debian:trixie-slim
      RUN apt-get update && apt-get install -y libpq5
      COPY app /usr/local/bin/app
      USER 65532:65532
      CMD ["app"]
    `,
    references: [
      'https://docs.docker.com/reference/cli/docker/debug/',
      'https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/#ephemeral-container',
    ],
  },

  *check(analysis) {
    const stage = finalStage(analysis);
    if (!stage || isWorkshop(stage) || !startsProduct(stage)) return;
    const used = wordsOfStart(stage);
    const mayCall = mayCallOthers(stage);
    for (const [, item] of stage.end.packages.entries()) {
      const isCertain = forPeople.has(item.name);
      if (!item.installed || !item.isCertain || !(isCertain || forPeopleMostly.has(item.name))) continue;
      if (used.has(item.name) || (mayCall && !isCertain) || isUsedLater(stage, item)) continue;
      const what = findPackage(item.name, item.manager)?.what;
      yield {
        span: item.span,
        message: isCertain
          ? `'${item.name}' is a tool for people, and stays in the final image.`
          : `'${item.name}' stays in the final image, and neither the start command nor the health check names it.`,
        because: [...(what ? [byDocker(`${item.name}: ${what}`)] : []), ...basedOn(stage)],
        data: { item, count: countIn(stage, item) },
        severity: isCertain ? 'warning' : 'information',
      };
    }
  },

  fix: ({ data }, { file }) => [...withoutPackage(data, file.text)],
});

/** Other packages of which a program is known under another name. */
const packagesOf: Readonly<Record<string, readonly string[]>> = {
  nc: ['netcat', 'netcat-openbsd', 'netcat-traditional'],
  ping: ['iputils-ping', 'iputils'],
  dig: ['bind-tools', 'dnsutils'],
  nslookup: ['bind-tools', 'dnsutils'],
  netstat: ['net-tools'],
  ifconfig: ['net-tools'],
  sshd: ['openssh-server'],
  vi: ['vim', 'vim-tiny', 'vim-nox'],
};

/** The names of all programs that the start command and the health check may mean. */
function wordsOfStart({ end }: Stage): ReadonlySet<string> {
  const processes = [end.entrypoint, end.cmd, end.healthcheck];
  const argv = processes.flatMap((process) => (process.known ? (process.value?.argv ?? []) : []));
  const words = argv.flatMap((word) => word.split(/[^\w.-]+/));
  return new Set(words.flatMap((word) => [word, ...(Object.hasOwn(packagesOf, word) ? (packagesOf[word] ?? []) : [])]));
}

/** A script or a shell-form command may call other programs. */
function mayCallOthers(stage: Stage): boolean {
  const { entrypoint, cmd } = stage.end;
  return (
    startsScript(stage) ||
    [entrypoint, cmd].some((process) => process.known && (process.value?.argv.includes('-c') ?? false))
  );
}

/** Used by a later RUN of the same stage, so that taking it out breaks the build. */
function isUsedLater(stage: Stage, item: InstalledPackage): boolean {
  return stage.steps.some(({ instruction, commands, script: text }) => {
    if (instruction.kind !== 'run' || instruction.span.end < item.span.end) return false;
    if (commands.some(({ command, words }) => command.span.start > item.span.end && words[0] === item.name))
      return true;
    // A script of the project, or text that could not be read, may use it.
    return instruction.span.start > item.span.end && (text === null || !text.plain);
  });
}

function countIn(stage: Stage, item: InstalledPackage): number {
  return [...stage.end.packages.entries()].filter(([, other]) => other.layer.start === item.layer.start).length;
}

function* withoutPackage({ item, count }: Data, text: string): Iterable<Fix> {
  if (count < 2 || item.group !== null || !text.slice(item.span.start, item.span.end).startsWith(item.name)) return;
  const span = listedWord(text, item.span);
  if (span) yield { title: `Leave out '${item.name}'`, edits: [remove(span)] };
}
