import type { ImageFacts } from '../../catalog/model.js';
import { interpreterName } from '../../interpret/interpreters.js';
import { linesOf } from '../hover/markdown.js';
import { runtimeTitle } from '../hover/words.js';
import { linesOfLanguage, sameLine } from './fit.js';
import type { Need } from './need.js';

const most = 3;

/** What has to change, or is lost, when the stage moves to the base: the hardest first, at most three. */
export function drawbacks(need: Need, facts: ImageFacts | null): string {
  if (!facts) return [...shellless(need), 'no CA certificates, time zones or accounts'].slice(0, most).join('; ');
  const hasNoShell = facts.shells.known && facts.shells.value.length === 0;
  const parts = [
    ...versionChange(need, facts),
    ...(hasNoShell ? shellless(need) : []),
    ...startChange(need, facts),
    ...libcChange(need, facts),
    ...access(facts),
  ];
  return parts.slice(0, most).join('; ');
}

function versionChange({ runtime, program }: Need, facts: ImageFacts): string[] {
  const other = facts.runtime.known ? facts.runtime.value : null;
  if (!runtime || !other?.version || program) return [];
  if (sameLine(runtime.version, other.version, linesOfLanguage(runtime.name))) return [];
  const version = other.version.split('.').slice(0, linesOfLanguage(runtime.name)).join('.');
  return [`it has ${runtimeTitle({ name: other.name, version })}`];
}

function shellless({ runs, shellUse, shellUses, lines, facts }: Need): string[] {
  const hasShell = facts !== null && !(facts.shells.known && facts.shells.value.length === 0);
  if (!hasShell) return [];
  const moves = runs.length > 0 ? [`RUN on ${linesOf(lines, runs)} has to move to a build stage`] : [];
  const rewrites = shellUse === 'plain' ? [`exec form is needed on ${linesOf(lines, shellUses)}`] : [];
  return [...moves, ...rewrites];
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
  if (starts && first !== '' && !presentStarts(present, starts)) return [`it starts '${path}', so CMD is its arguments`];
  if (own.length === 0 && presentStarts(present, null)) return ['it has no ENTRYPOINT, so CMD has to name the interpreter'];
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

function libcChange({ facts: present, program }: Need, facts: ImageFacts): string[] {
  if (program || !present?.libc.known || !facts.libc.known) return [];
  const [from, to] = [present.libc.value.kind, facts.libc.value.kind];
  return from === to ? [] : [`${to} instead of ${from}, so native code has to be built for it`];
}

function access({ access: who, family, tag }: ImageFacts): string[] {
  if (family === 'chainguard' && tag === 'latest') return ["only the newest version is free, so 'latest' moves"];
  if (who === 'free-login') return ['pulling needs a login with a free account'];
  return who === 'subscription' ? ['pulling needs a subscription'] : [];
}
