import type { Copy, Flag } from '../syntax/model.js';
import { insert, replace, type Edit } from '../text/edit.js';

export function flagOf({ flags }: Copy, name: string): Flag | undefined {
  return flags.find((flag) => flag.name === name);
}

/** `--name=value` on a COPY or ADD: in place of the old value, else behind the flags that are there. */
export function setFlag(instruction: Copy, name: string, value: string): Edit {
  const flag = flagOf(instruction, name);
  if (flag?.value !== undefined && flag.value !== null) return replace(flag.valueSpan, value);
  const last = instruction.flags.at(-1);
  return insert((last?.span ?? instruction.keyword.span).end, ` --${name}=${value}`);
}
