import type { Stage } from '../state.js';
import { systemPythons } from './find.js';
import type { Python } from './places.js';
import { runningPython } from './search.js';
import { pythonStart } from './start.js';

/**
 * Every interpreter of the finished stage, the one that it starts first; null where one of them has no known version, or
 * where there may be others.
 */
export function imagePythons(stage: Stage): readonly Python[] | null {
  const { end } = stage;
  const start = pythonStart(stage);
  const run = start && runningPython(end, start);
  const placed = [...end.python.entries()].flatMap(([, place]) => (place.kind === 'interpreter' ? [place.python] : []));
  const all = [...(run ? [{ ...run.python, version: run.version }] : []), ...systemPythons(end), ...placed];
  if (all.length === 0 || all.some(({ version }) => version === null)) return null;
  return run || !end.blur ? all : null;
}

/** Whether no interpreter of the image has the version; false where one of them is not known. */
export function isOtherVersion(stage: Stage, version: string | null): boolean {
  const pythons = imagePythons(stage);
  return version !== null && pythons !== null && !pythons.some((python) => python.version === version);
}
