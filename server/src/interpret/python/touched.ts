import type { CommandContext } from '../commands/command.js';
import { pathOf } from '../commands/command.js';
import type { StageState } from '../state.js';
import { isWithin, type Environment } from './places.js';

/** More places than this are not looked at for one command. */
const most = 1000;

/**
 * What a command that edits or replaces files of a virtual environment leaves of it: its scripts may start another
 * interpreter, and what took the place of `bin/python` is not known.
 */
export function touchEnvironments(state: StageState, context: CommandContext): StageState {
  if (!changes(context)) return state;
  let next = state;
  let count = 0;
  for (const [root, place] of state.python.entries()) {
    if (++count > most) break;
    if (place.kind !== 'environment') continue;
    const touched = touch(place, root, context);
    if (touched !== place) next = { ...next, python: next.python.with(root, touched) };
  }
  return next;
}

/** Commands that write into files that are there, or put others in their place. */
function changes({ words, raw }: CommandContext): boolean {
  const [name = ''] = words;
  if (name === 'find') return raw.some((word, index) => /^-(exec|execdir|ok)$/.test(word) && raw[index + 1] !== 'rm');
  return /^(sed|perl|tee|ln|cp|mv|install|rm|patch|ex|ed|awk|dos2unix)$/.test(name ?? '');
}

function touch(place: Environment, root: string, context: CommandContext): Environment {
  const [name = ''] = context.words;
  const isCopy = /^(ln|cp|mv|install)$/.test(name ?? '');
  // What a link or a copy takes from an environment stays as it is.
  const targets = isCopy && name !== 'mv' ? context.words.slice(-1) : context.words.slice(1);
  const paths = targets.flatMap((word) => (word?.startsWith('-') ? [] : [pathOf(context, word)]));
  const bin = `${root}/bin`;
  const isOpen = !isCopy && name !== 'rm' && context.words.some((word) => word === null || /[*?[]/.test(word));
  const isBelow = paths.some((path) => path !== null && (isWithin(path, bin) || (name === 'find' && path === root)));
  if (!isBelow && !isOpen) return place;
  const isPython = paths.some((path) => path === bin || path?.startsWith(`${bin}/python`));
  const { python } = place;
  const hasOther = (isCopy || name === 'rm') && isPython;
  if (name === 'rm' && !hasOther) return place;
  return { ...place, isRelocatable: true, ...(hasOther ? { python: { ...python, path: null, folder: null } } : {}) };
}
