import { finalStage } from '../interpret/processes.js';
import type { EnvironmentAt } from '../interpret/python/copied.js';
import type { Analysis } from '../interpret/state.js';
import type { Fix } from '../rules/rule.js';
import { insert, newlineOf } from '../text/edit.js';
import type { Span } from '../text/span.js';

const folder = '/python';

/** Has uv keep its interpreter in a directory that the final stage copies too. */
export function ownInterpreterFolder(
  analysis: Analysis,
  { environment, copy }: { readonly environment: EnvironmentAt; readonly copy: Span },
): Fix[] {
  const { file, stages } = analysis;
  const builder = stages[environment.place.stage];
  const step = finalStage(analysis)?.steps.find(({ instruction }) => instruction.span.start === copy.start);
  const instruction = step?.instruction;
  if (!builder || instruction?.kind !== 'copy') return [];
  const from = instruction.flags.find(({ name }) => name === 'from')?.value;
  const isTaken = /UV_PYTHON_INSTALL_DIR|XDG_DATA_HOME|\/python[\s/]/.test(file.text);
  const isBuilder = from === builder.name || from === String(builder.index);
  const fromLine = builder.syntax.from.span;
  if (!isBuilder || isTaken || !/^[ \t]*(\r?\n|$)/.test(file.text.slice(fromLine.end))) return [];
  const newline = newlineOf(file.text);
  const edits = [
    insert(fromLine.end, `${newline}ENV UV_PYTHON_INSTALL_DIR=${folder}`),
    insert(copy.start, `COPY --from=${from} ${folder} ${folder}${newline}`),
  ];
  return [{ title: `Keep the interpreter in '${folder}' and copy it`, edits }];
}
