import type { ImageFacts } from '../../catalog/model.js';
import { valueOf } from '../../fact.js';
import { interpreterName } from '../../interpret/interpreters.js';
import { shellProgram } from '../../interpret/placed.js';
import type { ProcessUse } from '../../interpret/processes.js';
import type { Span } from '../../text/span.js';
import { presence } from '../hover/contents.js';
import { linesOf } from '../hover/markdown.js';
import { list } from '../../text/list.js';
import { runtimeTitle } from '../hover/words.js';
import { isOlder, sameLine } from '../hover/versions.js';
import { hasNoShell, linesOfLanguage } from './fit.js';
import type { Need } from './need.js';
import { startChange } from './start-change.js';

/**
 * Something against a base, as a phrase. `weight` is 1 for a small change or something that was not read, 3 for what may
 * not be possible.
 */
export type Drawback = { readonly text: string; readonly weight: 1 | 2 | 3 };

const most = 3;

/** What has to change, or is lost, when the stage moves to the base: the hardest first. Null stands for scratch. */
export function drawbacksOf(need: Need, facts: ImageFacts | null): readonly Drawback[] {
  if (!facts)
    return [...small(shellless(need, null)), ...small(['no CA certificates, time zones or accounts'])].sort(byWeight);
  const hasShell = !hasNoShell(facts);
  const parts = [
    ...versionChange(need, facts),
    ...small(hasShell ? movedHere(need, facts) : shellless(need, facts)),
    ...small(missingTools(need, facts)),
    ...small(startChange(need, facts)),
    ...packageChange(need, facts),
    ...small(hasShell ? [...missingRunTools(need, facts), ...rootForRun(need, facts)] : []),
    ...small(missingAccounts(need, facts)),
    ...libcChange(need, facts),
    ...small(missingData(need, facts)),
    ...small(missingCompiler(need, facts)),
    ...small(unreadLibraries(need, facts)),
    ...small(port(need, facts)),
    ...access(facts),
    ...moving(need, facts),
  ];
  return parts.sort(byWeight);
}

/** At most three of them, as one phrase. */
export function drawbackText(drawbacks: readonly Drawback[]): string {
  return drawbacks
    .slice(0, most)
    .map(({ text }) => text)
    .join('; ');
}

/** The runtime of an image, `Node.js 26`, where its version is not the present one; null where it is, or is not known. */
export function otherVersion({ runtime, program, isBuild }: Need, facts: ImageFacts): string | null {
  const other = facts.runtime.known ? facts.runtime.value : null;
  if (!runtime || !other?.version || (program && !isBuild) || runtime.name === 'nginx') return null;
  const parts = linesOfLanguage(runtime.name);
  if (sameLine(runtime.version, other.version, parts)) return null;
  return runtimeTitle({ name: other.name, version: other.version.split('.').slice(0, parts).join('.') });
}

function byWeight(a: Drawback, b: Drawback): number {
  return b.weight - a.weight;
}

function small(texts: readonly string[]): Drawback[] {
  return texts.map((text) => ({ text, weight: 1 }));
}

function versionChange(need: Need, facts: ImageFacts): Drawback[] {
  const title = otherVersion(need, facts);
  if (title !== null) return [{ text: `it has ${title}`, weight: need.runtime?.version ? 3 : 1 }];
  const other = facts.runtime.known ? facts.runtime.value : null;
  if (!other || other.version !== null || !need.runtime || (need.program && !need.isBuild)) return [];
  if (need.runtime.name === 'nginx' || facts.name === need.facts?.name) return [];
  return [
    {
      text: `its version of ${runtimeTitle({ name: other.name, version: null })} was not read`,
      weight: need.runtime.version ? 2 : 1,
    },
  ];
}

function shellless(need: Need, facts: ImageFacts | null): string[] {
  if (need.facts && hasNoShell(need.facts)) return [];
  const shellForms = need.uses.filter((use) => use.body.form === 'shell' && !isMissing(need, facts, use));
  const spans = shellForms.map(({ instruction }) => instruction.span);
  const rewrites = spans.length > 0 ? [`exec form is needed on ${linesOf(need.lines, spans)}`] : [];
  return [...movedRuns(need, facts), ...rewrites];
}

/** The program is built in this very stage, which a small image is not for. */
function movedHere(need: Need, facts: ImageFacts): string[] {
  return need.isBuiltHere && !need.isBuild && facts.purpose !== 'build' ? movedRuns(need, facts) : [];
}

/** RUN that only installs what the other base has already can simply go. */
function movedRuns({ runs, lines }: Need, facts: ImageFacts | null): string[] {
  const moved = runs.filter(({ packages }) => !packages?.every((name) => facts && presence(facts, name)));
  const spans = moved.map(({ span }) => span);
  return spans.length > 0 ? [`RUN on ${linesOf(lines, spans)} has to move to a build stage`] : [];
}

/** Programs that CMD, ENTRYPOINT or HEALTHCHECK name, that this base has and the other lacks, or may lack. */
function missingTools(need: Need, facts: ImageFacts): string[] {
  return need.uses.flatMap((use) => {
    const program = programOf(use);
    const found = program === null || !isOwnTool(need, program) ? true : presence(facts, program);
    if (found === true) return [];
    const what = `'${program ?? ''}' for ${use.role.toUpperCase()} on ${linesOf(need.lines, [use.instruction.span])}`;
    return [found === null ? `whether it has ${what} is not known` : `it has no ${what}`];
  });
}

function isOwnTool({ facts: present }: Need, program: string): boolean {
  if (program.includes('/') || interpreterName(program)) return false;
  return present !== null && presence(present, program) === true;
}

function isMissing(need: Need, facts: ImageFacts | null, use: ProcessUse): boolean {
  const program = programOf(use);
  return program !== null && facts !== null && isOwnTool(need, program) && presence(facts, program) === false;
}

function programOf({ body, argv }: ProcessUse): string | null {
  if (body.form === 'exec') return argv[0] ?? null;
  return shellProgram({ argv, form: 'shell', instruction: null })?.name ?? null;
}

/** Packages that the stage installs and that the other base brings or installs in another way, or not at all. */
function packageChange(need: Need, facts: ImageFacts): Drawback[] {
  const { packages, lines, runs, isBuild } = need;
  const missing = packages.filter(({ name }) => presence(facts, name) !== true);
  const [first] = missing;
  if (!first || !facts.packageManager.known || facts.packageManager.value === first.manager) return [];
  const spans = runs.filter(({ installs }) => installs).map(({ span }) => span);
  const where = spans.length > 0 ? `RUN on ${linesOf(lines, spans)}` : '';
  const other = facts.packageManager.value;
  if (other !== null)
    return [
      { text: `it installs with ${other}, not ${first.manager}${where && `, so ${where} has to change`}`, weight: 2 },
    ];
  if (isBuild) return [{ text: `it has no package manager${where && ` for ${where}`}`, weight: 3 }];
  const names = shortList(missing.map(({ name }) => `'${name}'`));
  const verb = missing.length === 1 ? 'has' : 'have';
  const doubt = missing.some(({ name }) => presence(facts, name) === null) ? ', unless the image has it' : '';
  return [{ text: `${names} ${verb} to come from a build stage${doubt}`, weight: 3 }];
}

function shortList(names: readonly string[]): string {
  return list(names.length > 2 ? [...names.slice(0, 2), `${names.length - 2} more`] : names);
}

function missingRunTools({ tools, lines, facts: present }: Need, facts: ImageFacts): string[] {
  const missing = tools.filter(({ name }) => !isManager(name) && presence(facts, name) === false);
  if (!present || missing.length === 0) return [];
  const spans: Span[] = missing.flatMap((one) => one.spans);
  return [`it has no ${shortOr(missing.map(({ name }) => `'${name}'`))} for RUN on ${linesOf(lines, spans)}`];
}

function shortOr(names: readonly string[]): string {
  return list([...new Set(names)].slice(0, 3), 'or');
}

/** Whether an installer is missing is told by the package manager. */
function isManager(name: string): boolean {
  return /^(apt|apt-get|apk|dnf|microdnf|yum|tdnf|zypper|pacman)$/.test(name);
}

/** An image that starts as another user cannot install anything before USER root. */
function rootForRun({ runs, lines, facts: present, stage }: Need, { user }: ImageFacts): string[] {
  const isRoot = (fact: ImageFacts['user']) => fact.known && (fact.value.uid === 0 || fact.value.name === 'root');
  if (!user.known || isRoot(user) || !present || !isRoot(present.user)) return [];
  if (stage.steps.some(({ instruction }) => instruction.kind === 'user')) return [];
  const spans = runs.filter(({ installs }) => installs).map(({ span }) => span);
  return spans.length > 0 ? [`RUN on ${linesOf(lines, spans)} needs USER root there`] : [];
}

function missingAccounts({ accounts, lines }: Need, { accounts: theirs, namedUsers, user }: ImageFacts): string[] {
  const names = [...(theirs.known ? theirs.value : namedUsers).map(({ name }) => name), valueOf(user)?.name];
  const missing = accounts.filter(({ name }) => !names.includes(name));
  const [first] = missing;
  if (!first) return [];
  const spans = missing.filter(({ name }) => name === first.name).flatMap((one) => one.spans);
  const use = `account '${first.name}' for ${first.keyword} on ${linesOf(lines, spans)}`;
  return [theirs.known ? `it has no ${use}` : `whether it has the ${use} is not known`];
}

function missingCompiler({ runs, lines, facts: present, isBuiltHere, isBuild }: Need, facts: ImageFacts): string[] {
  const spans = runs.filter(({ packages }) => packages === null).map(({ span }) => span);
  if (!present || (isBuiltHere && !isBuild) || spans.length === 0 || hasNoShell(facts)) return [];
  const isLost = presence(present, 'gcc') === true && presence(facts, 'gcc') === false;
  return isLost ? [`RUN on ${linesOf(lines, spans)} finds no compiler there`] : [];
}

const data: readonly (readonly [string, string])[] = [
  ['ca-certificates', 'CA certificates'],
  ['tzdata', 'time zones'],
  ['icu', 'ICU'],
];

function missingData({ facts: present, isBuild }: Need, facts: ImageFacts): string[] {
  const lost = data.filter(([key]) => present && presence(present, key) === true && presence(facts, key) === false);
  if (lost.length === 0 || isBuild) return [];
  const titles = lost.map(([, title]) => title);
  return [`it has no ${list(titles, 'or')}`];
}

/** What a dynamic program asks for and the source of the other base does not tell. */
export function unreadLibraries({ program, isBuild }: Need, facts: ImageFacts): string[] {
  const { linkage, language } = program?.artifact ?? {};
  if (isBuild || !linkage?.known || linkage.value === 'static') return [];
  const wanted = language === 'c++' ? ['libgcc', 'libstdc++'] : language === 'rust' ? ['libgcc'] : [];
  const unread = wanted.filter((name) => presence(facts, name) === null);
  const libraries = unread.length > 0 ? [`whether it has ${list(unread)} is not known`] : [];
  const isVague = facts.libc.known && facts.libc.value.kind === 'glibc' && facts.libc.value.version === null;
  return isVague ? [...libraries, 'its version of glibc was not read'] : libraries;
}

/** Only languages whose packages bring native code of their own care about the libc version. */
const withNativePackages = ['node', 'python', 'ruby', 'php', 'perl'];

function libcChange({ facts: present, program, runtime, isBuild }: Need, facts: ImageFacts): Drawback[] {
  if (!present || (program && !isBuild) || runtime?.name === 'nginx') return [];
  if (!present.libc.known || !facts.libc.known) return [];
  const [from, to] = [present.libc.value, facts.libc.value];
  if (from.kind === 'none') return [];
  const name = runtime?.name ?? '';
  const isScripted = withNativePackages.includes(name);
  if (from.kind !== to.kind) {
    // What is compiled for a virtual machine runs on any of them.
    if (isBuild && ['java', 'maven', 'gradle', 'dotnet', 'aspnetcore'].includes(name)) return [];
    const code = isScripted ? 'native code built there needs it too' : 'programs linked there need it too';
    const native = runtime ? 'native code has to be built for it' : 'programs have to be built for it';
    const kind = to.kind === 'none' ? 'no libc' : to.kind;
    return [{ text: `${kind} instead of ${from.kind}, so ${isBuild ? code : native}`, weight: 2 }];
  }
  if (isBuild || !isScripted || !isOlder(to.version, from.version)) return [];
  return [{ text: `its glibc ${to.version ?? ''} is older, so native code has to be built for it`, weight: 1 }];
}

/** See the documentation of each: they do not run as root, and their own configuration avoids port 80. */
const nginxOn8080 = ['cgr.dev/chainguard/nginx', 'dhi.io/nginx', 'nginxinc/nginx-unprivileged'];

function port({ facts: present }: Need, { name }: ImageFacts): string[] {
  return present?.name === 'nginx' && nginxOn8080.includes(name)
    ? ['its own configuration listens on 8080, not on 80']
    : [];
}

function access({ access: who }: ImageFacts): Drawback[] {
  if (who === 'free-login') return [{ text: 'it needs a login with a free account', weight: 1 }];
  if (who === 'subscription') return [{ text: 'it needs a subscription', weight: 3 }];
  if (who !== 'public' && who !== null) return [{ text: 'it is pulled from a catalog of your own', weight: 3 }];
  return [];
}

/** Where the language counts, a tag that names no version brings another one some day. */
function moving({ runtime, program, isBuild }: Need, { family, tag, name }: ImageFacts): Drawback[] {
  if (!runtime?.version || (program && !isBuild) || /\d/.test(tag) || /\d/.test(name.replace(/^[^/]*\//, '')))
    return [];
  const why = family === 'chainguard' ? 'only the newest version is free, so ' : '';
  return [{ text: `${why}'${tag}' moves${why ? '' : ' from version to version'}`, weight: 1 }];
}
