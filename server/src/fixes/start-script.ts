import type { BuildContext } from '../context/context.js';
import { interpreterName, interpreterOf } from '../interpret/interpreters.js';
import { packageScript } from '../interpret/node-start.js';
import { isArgument, type ProcessUse } from '../interpret/processes.js';
import type { Fix } from '../rules/rule.js';
import { replace } from '../text/edit.js';

/** What `npm start` and its like would start, as package.json has it: only where that is one plain node command. */
export function startDirectly(use: ProcessUse, context: BuildContext): Fix[] {
  const { argv: asked, at, body } = use;
  const [program = '', ...args] = packageScript(asked, at, context)?.words ?? [];
  if (interpreterName(program) !== 'node' || args.length === 0) return [];
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
