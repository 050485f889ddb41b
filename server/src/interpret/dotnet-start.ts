import { placedBundles, startedInside, type PlacedBundle } from './bundles.js';
import { interpreterName } from './interpreters.js';
import { startedNames } from './placed.js';
import { resolvePath } from './query.js';
import type { Process, Stage, StageState } from './state.js';

/** A published .NET program that the image surely starts. */
export type StartedProgram = {
  readonly app: PlacedBundle;
  /** The host or the assembly that is started. */
  readonly path: string;
  /** Words between `dotnet` and the assembly, such as --roll-forward; empty for a host. */
  readonly options: readonly string[];
};

/** The published programs that ENTRYPOINT and CMD start, by their own host or as `dotnet app.dll`. */
export function startedPrograms(stage: Stage): StartedProgram[] {
  const { end } = stage;
  return placedBundles(stage, 'dotnet').flatMap((app) => {
    const host = startedInside(stage, app.path);
    if (host) return [{ app, path: host, options: [] }];
    const started = startedAssembly(end);
    const isInside = started && (started.path === app.path || started.path.startsWith(`${app.path}/`));
    return isInside ? [{ app, ...started }] : [];
  });
}

/** `dotnet app.dll`; also with the assembly in CMD behind an ENTRYPOINT of dotnet. */
function startedAssembly(end: StageState): { path: string; options: string[] } | null {
  const words = startWords(end);
  if (!words || interpreterName(words[0] ?? '') !== 'dotnet' || !startedNames(end).includes(words[0] ?? ''))
    return null;
  const at = words.findIndex((word) => /\.dll$/i.test(word));
  const assembly = words[at];
  if (assembly === undefined || !end.workdir.known) return null;
  return { path: resolvePath(end.workdir.value, assembly), options: words.slice(1, at) };
}

function startWords({ entrypoint, cmd }: StageState): readonly string[] | null {
  if (!entrypoint.known || !cmd.known) return null;
  const own = argvOf(entrypoint.value);
  return own ? [...own, ...(entrypoint.value?.form === 'exec' ? (argvOf(cmd.value) ?? []) : [])] : argvOf(cmd.value);
}

function argvOf(process: Process | null): readonly string[] | null {
  return process?.form === 'exec' ? process.argv : null;
}
