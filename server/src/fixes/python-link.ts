import type { EnvironmentAt } from '../interpret/python/copied.js';
import { hasName, systemPythons } from '../interpret/python/find.js';
import type { Analysis, Stage } from '../interpret/state.js';
import type { Fix } from '../rules/rule.js';
import { replace } from '../text/edit.js';

/**
 * Makes the environment through a link at the path where the image has its Python, as distroless documents it. Only in
 * official Python images, which have nothing at /usr/bin/python.
 */
export function systemLink(analysis: Analysis, { place }: EnvironmentAt, { end }: Stage): Fix[] {
  const { python, because } = place;
  const there = systemPythons(end).find((one) => one.folder === '/usr/bin' && hasName(one, 'python'));
  const builder = analysis.stages[place.stage];
  const made = because.findLast((reason) => reason.kind === 'instruction');
  if (!there || !builder || made?.kind !== 'instruction' || place.isCopy) return [];
  if (!/^\/usr\/local\/bin\/python3?$/.test(python.path ?? '') || there.version !== python.version) return [];
  const { user, files } = builder.end;
  if (!user.known || user.value.uid !== 0 || files.get('/usr/bin/python')) return [];
  const { start } = made.span;
  const word = /^python3?(?=\s+-m\s+venv\s)/.exec(analysis.file.text.slice(start, made.span.end))?.[0];
  if (word === undefined) return [];
  const link = 'ln -s /usr/local/bin/python /usr/bin/python && /usr/bin/python';
  return [
    {
      title: 'Make the environment through /usr/bin/python',
      edits: [replace({ start, end: start + word.length }, link)],
    },
  ];
}
