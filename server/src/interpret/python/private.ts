import { memo } from '../../context/memo.js';
import type { Stage } from '../state.js';
import { isWithin } from './places.js';

/**
 * Whether a path lies below /root in an image that runs as somebody else. The images of all distributions keep /root to
 * root, as Debian's base-files does.
 */
export function isPrivate(stage: Stage, path: string): boolean {
  const { user, os } = stage.end;
  if (!isWithin(path, '/root') || !user.known || !os.known || os.value === null) return false;
  const { uid, name } = user.value;
  const isOther = uid !== null ? uid !== 0 : name !== null && name !== 'root';
  return isOther && !isOpened(stage);
}

const isOpened = memo(({ steps }: Stage): boolean => {
  const commands = steps.flatMap((step) => step.commands);
  return commands.some(
    ({ words }) =>
      /^(chmod|setfacl|chown)$/.test(words[0] ?? '') &&
      words.some((word) => word === null || word === '/' || word.startsWith('/root')),
  );
});
