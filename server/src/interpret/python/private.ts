import type { Stage } from '../state.js';
import { isWithin } from './places.js';

/**
 * Whether a path lies below /root in an image that runs as somebody else. The images of all distributions keep /root to
 * root, as Debian's base-files does.
 */
export function isPrivate({ end, steps }: Stage, path: string): boolean {
  const { user, os } = end;
  if (!isWithin(path, '/root') || !user.known || !os.known || os.value === null) return false;
  const isOther =
    user.value.uid !== null ? user.value.uid !== 0 : user.value.name !== null && user.value.name !== 'root';
  const commands = steps.flatMap((step) => step.commands);
  const isOpened = commands.some(
    ({ words }) =>
      /^(chmod|setfacl|chown)$/.test(words[0] ?? '') &&
      words.some((word) => word === null || word === '/' || word.startsWith('/root')),
  );
  return isOther && !isOpened;
}
