import { findPackage } from '../catalog/packages.js';
import { isWorkshop, rootFacts } from '../interpret/bases.js';
import { finalStage, startUses } from '../interpret/processes.js';
import { startProcess } from '../interpret/query.js';
import type { InstalledPackage, Stage } from '../interpret/state.js';
import { remove } from '../text/edit.js';
import { defineRule, dockerfile, type Fix } from './rule.js';

type Data = { readonly item: InstalledPackage; readonly count: number };

/** Tools that scripts use as well as people: with a script as start command they may be needed. */
const scripted = [
  'bash',
  'curl',
  'wget',
  'procps',
  'netcat-openbsd',
  'netcat-traditional',
  'netcat',
  'bind-tools',
  'dnsutils',
  'iputils-ping',
  'iputils',
  'iproute2',
  'net-tools',
  'sudo',
  'openssh-client',
  'openssh-server',
  'openssh',
  'jq',
  'git',
];

const tools = new Set([
  ...scripted,
  'zsh',
  'fish',
  'vim',
  'vim-tiny',
  'nano',
  'emacs-nox',
  'less',
  'htop',
  'telnet',
  'nmap',
  'tcpdump',
  'strace',
  'gdb',
  'man-db',
  'lsof',
  'socat',
  'tmux',
  'screen',
  'tree',
  'ncdu',
  'iotop',
  'sysstat',
  'traceroute',
  'mtr',
]);

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
      'an image that holds them, or a debug variant on a developer machine.',
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
    if (!stage || isWorkshop(stage) || isTool(stage)) return;
    const used = wordsOfStart(stage);
    const mayScript = startsScript(stage);
    const found = [...stage.end.packages.entries()]
      .map(([, item]) => item)
      .filter((item) => item.installed && tools.has(item.name));
    for (const item of found) {
      if (used.includes(item.name) || (mayScript && scripted.includes(item.name)) || isRunTool(stage, item)) continue;
      const what = findPackage(item.name, item.manager)?.what;
      yield {
        span: item.span,
        message: `'${item.name}'${what ? ` (${what})` : ''} is for people, not for the program this image starts.`,
        because: [],
        data: { item, count: countIn(stage, item) },
        severity: scripted.includes(item.name) ? 'information' : 'warning',
      };
    }
  },

  fix: ({ data }, { file }) => [...withoutPackage(data, file.text)],
});

function isTool(stage: Stage): boolean {
  const process = startProcess(stage.end);
  if (!process.known || process.value === null) return true;
  const program = process.value.argv[0] ?? '';
  return process.value.form === 'exec' && (/(^|\/)(ba|z|fi)?sh$/.test(program) || tools.has(program));
}

/** Everything the start command and the health check say; programs are looked for in it by name. */
function wordsOfStart(stage: Stage): readonly string[] {
  const names: Readonly<Record<string, string>> = {
    nc: 'netcat-openbsd',
    ps: 'procps',
    pgrep: 'procps',
    ping: 'iputils-ping',
    ssh: 'openssh-client',
    sshd: 'openssh-server',
  };
  const words = startUses(stage).flatMap(({ argv }) => argv.flatMap((word) => word.split(/[^\w.-]+/)));
  return words.flatMap((word) => [word, names[word] ?? word]);
}

/** A shell-form command, a .sh file or a program of unknown kind may call other programs. */
function startsScript(stage: Stage): boolean {
  const { entrypoint, cmd } = stage.end;
  return [entrypoint, cmd].some((process) => {
    if (!process.known) return true;
    if (!process.value) return false;
    return process.value.form === 'shell' || /(\.sh$|entrypoint|\/(init|run|start)$)/.test(process.value.argv[0] ?? '');
  });
}

/** Used by a later RUN of the same stage, so that taking it out breaks the build. */
function isRunTool(stage: Stage, item: InstalledPackage): boolean {
  if (rootFacts(stage)?.purpose === 'application') return false;
  return stage.steps.some(({ commands }) =>
    commands.some(({ command, words }) => command.span.start > item.span.end && words[0] === item.name),
  );
}

function countIn(stage: Stage, item: InstalledPackage): number {
  return [...stage.end.packages.entries()].filter(([, other]) => other.layer.start === item.layer.start).length;
}

/** Takes the word out together with the white space before it, where other packages stay. */
function* withoutPackage({ item, count }: Data, text: string): Iterable<Fix> {
  if (count < 2 || item.group !== null) return;
  const before = /[ \t]+$/.exec(text.slice(0, item.span.start));
  const after = text[item.span.end] ?? '\n';
  if (!before || !/\s/.test(after) || /(\\|`)[ \t]*\r?\n[ \t]*$/.test(text.slice(0, item.span.start))) return;
  yield {
    title: `Leave out '${item.name}'`,
    edits: [remove({ start: item.span.start - before[0].length, end: item.span.end })],
  };
}
