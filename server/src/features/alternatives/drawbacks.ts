import type { ImageFacts } from '../../catalog/model.js';
import { interpreterName } from '../../interpret/interpreters.js';
import { shellProgram } from '../../interpret/placed.js';
import type { ProcessUse } from '../../interpret/processes.js';
import { presence } from '../hover/contents.js';
import { linesOf, list } from '../hover/markdown.js';
import { runtimeTitle } from '../hover/words.js';
import { isOlder, sameLine } from '../hover/versions.js';
import { linesOfLanguage } from './fit.js';
import type { Need } from './need.js';

const most = 3;

/** What has to change, or is lost, when the stage moves to the base: the hardest first, at most three. */
export function drawbacks(need: Need, facts: ImageFacts | null): string {
  if (!facts) return [...shellless(need, null), 'no CA certificates, time zones or accounts'].slice(0, most).join('; ');
  const parts = [
    ...versionChange(need, facts),
    ...(hasNoShell(facts) ? shellless(need, facts) : need.isBuiltHere ? movedRuns(need, facts) : []),
    ...missingTools(need, facts),
    ...startChange(need, facts),
    ...libcChange(need, facts),
    ...missingData(need, facts),
    ...missingCompiler(need, facts),
    ...javaOnly(need, facts),
    ...port(need),
    ...access(facts),
  ];
  return parts.slice(0, most).join('; ');
}

function versionChange({ runtime, program }: Need, facts: ImageFacts): string[] {
  const other = facts.runtime.known ? facts.runtime.value : null;
  if (!runtime || !other?.version || program || runtime.name === 'nginx') return [];
  if (sameLine(runtime.version, other.version, linesOfLanguage(runtime.name))) return [];
  const version = other.version.split('.').slice(0, linesOfLanguage(runtime.name)).join('.');
  return [`it has ${runtimeTitle({ name: other.name, version })}`];
}

function shellless(need: Need, facts: ImageFacts | null): string[] {
  if (!need.facts || hasNoShell(need.facts)) return [];
  const shellForms = need.uses.filter((use) => use.body.form === 'shell' && !isMissing(need, facts, use));
  const spans = shellForms.map(({ instruction }) => instruction.span);
  const rewrites = spans.length > 0 ? [`exec form is needed on ${linesOf(need.lines, spans)}`] : [];
  return [...movedRuns(need, facts), ...rewrites];
}

/** RUN that only installs what the other base has already can simply go. */
function movedRuns({ runs, lines }: Need, facts: ImageFacts | null): string[] {
  const moved = runs.filter(({ packages }) => !packages?.every((name) => facts && presence(facts, name)));
  const spans = moved.map(({ span }) => span);
  return spans.length > 0 ? [`RUN on ${linesOf(lines, spans)} has to move to a build stage`] : [];
}

/** Programs that CMD, ENTRYPOINT or HEALTHCHECK name, that this base has and the other is known to lack. */
function missingTools(need: Need, facts: ImageFacts): string[] {
  return need.uses.flatMap((use) => {
    if (!isMissing(need, facts, use)) return [];
    return [
      `it has no '${programOf(use) ?? ''}' for ${use.role.toUpperCase()} on ${linesOf(need.lines, [use.instruction.span])}`,
    ];
  });
}

function isMissing({ facts: present }: Need, facts: ImageFacts | null, use: ProcessUse): boolean {
  const program = programOf(use);
  if (!program || !present || !facts || program.includes('/') || interpreterName(program)) return false;
  return presence(present, program) === true && presence(facts, program) === false;
}

function programOf({ body, argv }: ProcessUse): string | null {
  if (body.form === 'exec') return argv[0] ?? null;
  return shellProgram({ argv, form: 'shell', instruction: null })?.name ?? null;
}

function missingCompiler({ runs, lines, facts: present, isBuiltHere }: Need, facts: ImageFacts): string[] {
  const spans = runs.filter(({ packages }) => packages === null).map(({ span }) => span);
  if (!present || isBuiltHere || spans.length === 0 || hasNoShell(facts)) return [];
  const isLost = presence(present, 'gcc') === true && presence(facts, 'gcc') === false;
  return isLost ? [`RUN on ${linesOf(lines, spans)} finds no compiler there`] : [];
}

const data: readonly (readonly [string, string])[] = [
  ['ca-certificates', 'CA certificates'],
  ['tzdata', 'time zones'],
  ['icu', 'ICU'],
];

function missingData({ facts: present }: Need, facts: ImageFacts): string[] {
  const lost = data.filter(([key]) => present && presence(present, key) === true && presence(facts, key) === false);
  return lost.length > 0
    ? [
        `it has no ${list(
          lost.map(([, title]) => title),
          'or',
        )}`,
      ]
    : [];
}

function javaOnly({ runtime, facts: present }: Need, facts: ImageFacts): string[] {
  const isJre = /jre|runtime/.test(`${facts.name}:${facts.tag}`) || facts.family === 'google-distroless';
  const hasJdk =
    present !== null && !/jre|runtime/.test(`${present.name}:${present.tag}`) && present.family !== 'google-distroless';
  return runtime?.name === 'java' && isJre && hasJdk ? ['it holds a JRE, not a JDK'] : [];
}

function hasNoShell({ shells }: ImageFacts): boolean {
  return shells.known && shells.value.length === 0;
}

/** What ENTRYPOINT of the other base makes of the present start command. */
function startChange({ entrypoint, cmd, facts: present }: Need, facts: ImageFacts): string[] {
  if (!facts.entrypoint.known) return [];
  const own = facts.entrypoint.value ?? [];
  const path = own[0] ?? '';
  if (entrypoint?.instruction) return lostPath(entrypoint.argv[0] ?? '', facts);
  if (path.endsWith('/pebble')) return ["it starts Pebble, so CMD begins with 'exec'"];
  const first = cmd?.instruction && cmd.form === 'exec' ? (cmd.argv[0] ?? '') : '';
  const name = interpreterName(first);
  const starts = interpreterName(path);
  if (starts && name === starts) return [`it starts '${path}' itself, so leave '${first}' out of CMD`];
  if (starts && first !== '' && !presentStarts(present, starts))
    return [`it starts '${path}', so CMD is its arguments`];
  if (own.length === 0 && presentStarts(present, null))
    return ['it has no ENTRYPOINT, so CMD has to name the interpreter'];
  return [];
}

/** An interpreter that is there, but at a place that PATH does not name. */
function lostPath(program: string, { runtime, env }: ImageFacts): string[] {
  const path = runtime.known ? runtime.value?.path : null;
  if (!path || interpreterName(program) === null || program === path) return [];
  const folders = (env.known ? env.value['PATH'] : undefined)?.split(':');
  const isFound = !program.startsWith('/') && folders?.includes(path.slice(0, path.lastIndexOf('/')));
  return isFound || !folders ? [] : [`ENTRYPOINT has to name '${path}'`];
}

function presentStarts(facts: ImageFacts | null, name: string | null): boolean {
  const program = facts?.entrypoint.known ? facts.entrypoint.value?.[0] : undefined;
  const starts = program === undefined ? null : interpreterName(program);
  return name === null ? starts !== null : starts === name;
}

/** Only languages whose packages bring native code of their own care about the libc version. */
const withNativePackages = ['node', 'python', 'ruby', 'php', 'perl'];

function libcChange({ facts: present, program, runtime }: Need, facts: ImageFacts): string[] {
  if (program || runtime?.name === 'nginx' || !present?.libc.known || !facts.libc.known) return [];
  const [from, to] = [present.libc.value, facts.libc.value];
  if (from.kind !== to.kind) return [`${to.kind} instead of ${from.kind}, so native code has to be built for it`];
  if (!withNativePackages.includes(runtime?.name ?? '')) return [];
  return isOlder(to.version, from.version)
    ? [`its glibc ${to.version ?? ''} is older, so native code has to be built for it`]
    : [];
}

/** See the documentation of each: none of them runs as root, and their own configuration avoids port 80. */
function port({ runtime }: Need): string[] {
  return runtime?.name === 'nginx' ? ['its own configuration listens on 8080, not on 80'] : [];
}

function access({ access: who, family, tag }: ImageFacts): string[] {
  if (family === 'chainguard' && tag === 'latest') return ["only the newest version is free, so 'latest' moves"];
  if (who === 'free-login') return ['it needs a login with a free account'];
  return who === 'subscription' ? ['it needs a subscription'] : [];
}
