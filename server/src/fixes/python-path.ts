import type { CopiedPackages } from '../interpret/python/copied.js';
import type { Analysis, Stage } from '../interpret/state.js';
import type { Fix } from '../rules/rule.js';
import { insert, newlineOf } from '../text/edit.js';

/** ENV PYTHONPATH below the instruction that brings the packages; none where the variable is set already. */
export function searchedByPython(
  { file, stages }: Analysis,
  { folder, placedBy }: CopiedPackages,
  stage: Stage,
): Fix[] {
  const isOwn = stage.steps.some(({ instruction }) => instruction.span.start === placedBy.start);
  if (!isOwn || stage.end.env.get('PYTHONPATH') || stages.length === 0 || /[\s$'"\\]/.test(folder)) return [];
  const after = file.text.slice(placedBy.end);
  const ending = /^[ \t]*(\r?\n|$)/.exec(after);
  if (!ending) return [];
  const newline = newlineOf(file.text);
  const text = `${newline}ENV PYTHONPATH=${folder}`;
  return [{ title: `Set PYTHONPATH to '${folder}'`, edits: [insert(placedBy.end, text)] }];
}
