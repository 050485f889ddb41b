import type { Stage } from '../interpret/state.js';

/** The last stage that begins at or before an offset. */
export function stageAt(stages: readonly Stage[], offset: number): Stage | undefined {
  let low = 0;
  let high = stages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stages[middle]?.syntax.span.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return stages[low - 1];
}
