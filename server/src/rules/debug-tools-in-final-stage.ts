import { findPackage } from '../catalog/packages.js';
import type { BuildContext } from '../context/context.js';
import { byDocker, byInstruction, type Evidence } from '../fact.js';
import { listedWord } from '../fixes/lines.js';
import { basedOn, isWorkshop } from '../interpret/bases.js';
import { finalStage } from '../interpret/processes.js';
import { startsProduct, startsScript } from '../interpret/product.js';
import type { InstalledPackage, Stage } from '../interpret/state.js';
import { remove } from '../text/edit.js';
import { defineRule, dockerfile, type Fix, type Report } from './rule.js';

/** `items` are those that the message names; `count` is how many packages their RUN installs. */
type Data = { readonly items: readonly InstalledPackage[]; readonly count: number };

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
    const tools = [...stage.end.packages.entries()].flatMap(([, item]) => {
      const isSure = forPeople.has(item.name);
      if (!item.installed || !item.isCertain || !(isSure || forPeopleMostly.has(item.name))) return [];
      return used.has(item.name) || (mayCall && !isSure) || isUsedLater(stage, item) ? [] : [item];
    });
    const isNamed = tools.length > 0 ? namedByCompose(analysis.context) : null;
    const unnamed = tools.filter(({ name }) => forPeople.has(name) || !isNamed?.has(name));
    for (const layer of byLayer(unnamed)) yield* report(stage, layer);
  },

  fix: ({ data }, { file }) => [...withoutPackages(data, file.text)],
});

/** One finding for a RUN: about the tools for people where there are some, else about the others. */
function* report(stage: Stage, layer: readonly InstalledPackage[]): Iterable<Report<Data>> {
  const sure = layer.filter(({ name }) => forPeople.has(name));
  const items = sure.length > 0 ? sure : layer;
  const [first, ...more] = items;
  if (!first) return;
  const names = listed(items.map(({ name }) => `'${name}'`));
  const [are, tools, stay, them] = more.length > 0 ? ['are', 'tools', 'stay', 'them'] : ['is', 'a tool', 'stays', 'it'];
  const others = layer.filter((item) => !items.includes(item));
  yield {
    span: first.span,
    message:
      sure.length > 0
        ? `${names} ${are} ${tools} for people, and ${stay} in the final image.`
        : `${names} ${stay} in the final image, and neither the start command nor the health check names ${them}.`,
    because: [
      ...items.flatMap(({ name, manager }) => whatItIs(name, manager)),
      ...others.slice(0, 5).map(({ span, name }) => byInstruction(span, `'${name}' stays as well.`)),
      ...basedOn(stage),
    ],
    data: { items, count: countIn(stage, first) },
    severity: sure.length > 0 ? 'warning' : 'information',
  };
}

function whatItIs(name: string, manager: InstalledPackage['manager']): Evidence[] {
  const what = findPackage(name, manager)?.what;
  return what ? [byDocker(`${name}: ${what}`)] : [];
}

function byLayer(items: readonly InstalledPackage[]): Iterable<readonly InstalledPackage[]> {
  const layers = new Map<number, InstalledPackage[]>();
  for (const item of items) {
    const layer = layers.get(item.layer.start);
    if (layer) layer.push(item);
    else layers.set(item.layer.start, [item]);
  }
  return layers.values();
}

function listed(names: readonly string[]): string {
  return names.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

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
  return packagesNamed(processes.flatMap((process) => (process.known ? (process.value?.argv ?? []) : [])));
}

/** A compose file may give the container another command, and a health check that the image does not have. */
function namedByCompose(context: BuildContext): ReadonlySet<string> {
  return packagesNamed(context.composeFiles().map(({ text }) => text));
}

function packagesNamed(texts: readonly string[]): ReadonlySet<string> {
  const words = new Set(texts.flatMap((text) => text.split(/[^\w.-]+/)));
  return new Set(
    [...words].flatMap((word) => [word, ...(Object.hasOwn(packagesOf, word) ? (packagesOf[word] ?? []) : [])]),
  );
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

/** All of them at once, or one by one where two stand so that taking out both would tear the list. */
function* withoutPackages({ items, count }: Data, text: string): Iterable<Fix> {
  if (count <= items.length) return;
  const fixes = items.flatMap(({ name, group, span }) => {
    const isPlain = group === null && text.slice(span.start, span.end).startsWith(name);
    const word = isPlain ? listedWord(text, span) : null;
    return word ? [{ title: `Leave out '${name}'`, edits: [remove(word)] }] : [];
  });
  const edits = fixes.flatMap((fix) => fix.edits).sort((a, b) => a.span.start - b.span.start);
  const isApart = edits.every(({ span }, index) => span.start >= (edits[index - 1]?.span.end ?? 0));
  if (fixes.length < items.length || !isApart) yield* fixes;
  else yield { title: `Leave out ${listed(items.map(({ name }) => `'${name}'`))}`, edits };
}
