import type { ImageFacts } from '../../catalog/model.js';
import { interpreterName } from '../../interpret/interpreters.js';
import type { Need } from './need.js';

/** What ENTRYPOINT of the other base makes of the present start command, as phrases. */
export function startChange(need: Need, facts: ImageFacts): string[] {
  const { entrypoint, cmd, isBuild } = need;
  if (isBuild) return [];
  if (entrypoint?.instruction) return lostPath(entrypoint.argv[0] ?? '', facts);
  if (facts.entrypoint.known) return cmdChange(need, facts.entrypoint.value ?? []);
  return cmd ? ['its ENTRYPOINT was not read'] : [];
}

/** What becomes of CMD behind another ENTRYPOINT. */
function cmdChange({ cmd, facts: present }: Need, own: readonly string[]): string[] {
  const [path = ''] = own;
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

/** An interpreter that is at another place, or at one that PATH does not name. */
function lostPath(program: string, { runtime, env, files }: ImageFacts): string[] {
  const path = runtime.known ? runtime.value?.path : null;
  if (interpreterName(program) === null || program === path || files.includes(program)) return [];
  if (!path) return program.startsWith('/') ? [`whether it has '${program}' is not known`] : [];
  const folders = (env.known ? env.value['PATH'] : undefined)?.split(':');
  const isFound = !program.startsWith('/') && folders?.includes(path.slice(0, path.lastIndexOf('/')));
  return isFound || !folders ? [] : [`ENTRYPOINT has to name '${path}'`];
}

function presentStarts(facts: ImageFacts | null, name: string | null): boolean {
  const program = facts?.entrypoint.known ? facts.entrypoint.value?.[0] : undefined;
  const starts = program === undefined ? null : interpreterName(program);
  return name === null ? starts !== null : starts === name;
}
