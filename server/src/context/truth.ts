/** Whether something holds; null where that is not known. */
export type Truth = boolean | null;

/** Known to be false as soon as one is. */
export function allOf(truths: readonly Truth[]): Truth {
  return truths.includes(false) ? false : truths.includes(null) ? null : true;
}

/** Known to be true as soon as one is. */
export function anyOf(truths: readonly Truth[]): Truth {
  return truths.includes(true) ? true : truths.includes(null) ? null : false;
}

/** What is not known stays so. */
export function not(truth: Truth): Truth {
  return truth === null ? null : !truth;
}
