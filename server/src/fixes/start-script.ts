import { readManifest } from '../context/node/package-json.js';
import type { BuildContext } from '../context/context.js';
import { interpreterName, interpreterOf } from '../interpret/interpreters.js';
import { placedAt } from '../interpret/placements.js';
import { isArgument, type ProcessUse } from '../interpret/processes.js';
import { resolvePath } from '../interpret/query.js';
import type { Fix } from '../rules/rule.js';
import { replace } from '../text/edit.js';

/** What `npm start` and its like would start, as package.json has it: only where that is one plain node command. */
export function startDirectly(use: ProcessUse, context: BuildContext): Fix[] {
  const words = scriptOf(use, context);
  const [program = '', ...args] = words ?? [];
  if (interpreterName(program) !== 'node' || args.length === 0) return [];
  const { at, body } = use;
  const own = interpreterOf(at.entrypoint.known ? at.entrypoint.value : null);
  const path = at.runtime.known ? at.runtime.value?.path : null;
  const starts = isArgument(use)
    ? own?.name === 'node' && own.options.length === 0
      ? []
      : null
    : path
      ? [path]
      : null;
  if (!starts) return [];
  const argv = [...starts, ...args].map((word) => JSON.stringify(word)).join(', ');
  return [{ title: `Start ${args.join(' ')} with Node.js itself`, edits: [replace(body.span, `[${argv}]`)] }];
}

/** The words of the script that the runner is asked for; null for what needs a shell, and for scripts with hooks. */
function scriptOf({ argv, at }: ProcessUse, context: BuildContext): readonly string[] | null {
  const name = scriptName(argv);
  if (name === null || !at.workdir.known) return null;
  const placed = placedAt(at, resolvePath(at.workdir.value, 'package.json'), context);
  const scripts = placed?.kind === 'file' ? readManifest(placed.file)?.scripts : undefined;
  const script = scripts?.get(name)?.value;
  if (script === undefined || scripts?.has(`pre${name}`) || scripts?.has(`post${name}`)) return null;
  return /^[\w@%+./:,=-]+( +[\w@%+./:,=-]+)*$/.test(script) ? script.split(/ +/) : null;
}

/** `npm start`, `npm run serve`, `yarn serve`; null where more is asked for. */
function scriptName(argv: readonly string[]): string | null {
  const [runner = '', first, second, ...rest] = argv;
  if (!['npm', 'yarn', 'pnpm'].includes(runner) || first === undefined || rest.length > 0) return null;
  if (first === 'run' || first === 'run-script') return second ?? null;
  const isScript = first === 'start' || (runner !== 'npm' && /^[a-z][\w:-]*$/.test(first));
  return isScript && second === undefined ? first : null;
}
